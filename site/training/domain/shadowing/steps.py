"""What somebody can do with one shadowing now."""

from __future__ import annotations

from typing import Any

from training.enums import REPORT_WANTED, ShadowingState
from training.models import Shadowing

from .people import may_cancel, may_close, may_report

REPORT, CLOSE, RETURN, CANCEL = "report", "close", "return", "cancel"


def steps(user: Any, row: Shadowing) -> list[str]:
    """The steps that are open to this account, the usual one first; the lifecycle asks again."""
    if row.state == ShadowingState.REPORTED:
        return [CLOSE, RETURN] if may_close(user, row) else []
    if row.state not in REPORT_WANTED:
        return []
    found = [REPORT] if row.report_due and may_report(user, row) else []
    return [*found, CANCEL] if may_cancel(user, row) else found
