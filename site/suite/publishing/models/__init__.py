"""What the gate stands on: pages behind it, evidence for it, tasks in front of it."""

from .evidence import BatchDecision, Clearance, ScheduleRefusal, UnchangedRevision
from .page import PublishedPage
from .workflow import ApprovalTask, CheckTask, PassState, PassTask

__all__ = [
    "ApprovalTask",
    "BatchDecision",
    "CheckTask",
    "Clearance",
    "PassState",
    "PassTask",
    "PublishedPage",
    "ScheduleRefusal",
    "UnchangedRevision",
]
