"""The publishing rules that the rest of the suite may call."""

from .authors import author_ids, authors
from .batch import BatchResult, publish_batch
from .lifecycle import approve, resubmit, return_with_remark, submit, withdraw
from .schedule import DueReport, publish_due

__all__ = [
    "BatchResult",
    "DueReport",
    "approve",
    "author_ids",
    "authors",
    "publish_batch",
    "publish_due",
    "resubmit",
    "return_with_remark",
    "submit",
    "withdraw",
]
