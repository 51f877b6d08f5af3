"""Training 培训: what is to be read, learnt and attended, and what became of it."""

from .attendance import Attendance, AttendanceWindow, Certificate, Feedback, HeadCount, RefusedDevice
from .course_pages import CoursePage, TrainingIndexPage
from .courses import Course, Enrolment, SeriesRule, Session, new_code
from .materials import (
    MaterialFile,
    MaterialIndexPage,
    MaterialPage,
    MaterialPicture,
    MaterialVersion,
    Sheet,
    VersionPart,
)
from .quizzes import Answer, Attempt, Question, QuestionImport, Quiz, QuizRules, QuizVersion
from .reading import ReadingConfirmation, Requirement, SheetShown
from .settings import TrainingSettings
from .shadowing import Shadowing
from .skills import PersonSkill, Skill
from .videos import Video, videos_folder
from .whom import Whom
from .writings import StudyIndexPage, StudyPage, Writing, WritingComment, WritingRelease

__all__ = [
    "Answer",
    "Attempt",
    "Attendance",
    "AttendanceWindow",
    "Certificate",
    "Course",
    "CoursePage",
    "Enrolment",
    "Feedback",
    "HeadCount",
    "MaterialFile",
    "MaterialIndexPage",
    "MaterialPage",
    "MaterialPicture",
    "MaterialVersion",
    "PersonSkill",
    "Question",
    "QuestionImport",
    "Quiz",
    "QuizRules",
    "QuizVersion",
    "ReadingConfirmation",
    "RefusedDevice",
    "Requirement",
    "SeriesRule",
    "Session",
    "Shadowing",
    "Sheet",
    "SheetShown",
    "Skill",
    "StudyIndexPage",
    "StudyPage",
    "TrainingIndexPage",
    "TrainingSettings",
    "VersionPart",
    "Video",
    "Whom",
    "Writing",
    "WritingComment",
    "WritingRelease",
    "new_code",
    "videos_folder",
]
