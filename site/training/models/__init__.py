"""Training 培训: what is to be read, learnt and attended, and what became of it."""

from .courses import Course, Enrolment, SeriesRule, Session, new_code
from .materials import MaterialIndexPage, MaterialPage, MaterialVersion
from .settings import TrainingSettings

__all__ = [
    "Course",
    "Enrolment",
    "MaterialIndexPage",
    "MaterialPage",
    "MaterialVersion",
    "SeriesRule",
    "Session",
    "TrainingSettings",
    "new_code",
]
