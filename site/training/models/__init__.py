"""Training 培训: what is to be read, learnt and attended, and what became of it."""

from .attendance import Attendance, AttendanceWindow, Certificate, Feedback, HeadCount, RefusedDevice
from .courses import Course, Enrolment, SeriesRule, Session, new_code
from .materials import MaterialIndexPage, MaterialPage, MaterialVersion
from .quizzes import Answer, Attempt, Question, QuestionImport, Quiz, QuizRules, QuizVersion
from .reading import ReadingConfirmation, Requirement, SheetShown
from .settings import TrainingSettings
from .whom import Whom

__all__ = [
    "Answer",
    "Attempt",
    "Attendance",
    "AttendanceWindow",
    "Certificate",
    "Course",
    "Enrolment",
    "Feedback",
    "HeadCount",
    "MaterialIndexPage",
    "MaterialPage",
    "MaterialVersion",
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
    "SheetShown",
    "TrainingSettings",
    "Whom",
    "new_code",
]
