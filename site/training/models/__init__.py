"""Training 培训: what is to be read, learnt and attended, and what became of it."""

from .courses import Course, Enrolment, SeriesRule, Session, new_code
from .materials import MaterialIndexPage, MaterialPage, MaterialVersion
from .reading import ReadingConfirmation, Requirement, SheetShown
from .settings import TrainingSettings
from .whom import Whom

__all__ = [
    "Course",
    "Enrolment",
    "MaterialIndexPage",
    "MaterialPage",
    "MaterialVersion",
    "ReadingConfirmation",
    "Requirement",
    "SeriesRule",
    "Session",
    "SheetShown",
    "TrainingSettings",
    "Whom",
    "new_code",
]
