"""Training 培训: what is to be read, learnt and attended, and what became of it."""

from .attendance import Attendance, AttendanceWindow, Certificate, Feedback, HeadCount, RefusedDevice
from .courses import Course, Enrolment, SeriesRule, Session, new_code
from .materials import MaterialIndexPage, MaterialPage, MaterialVersion
from .reading import ReadingConfirmation, Requirement, SheetShown
from .settings import TrainingSettings
from .whom import Whom

__all__ = [
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
