"""What somebody can do with one skill of one person now."""

from __future__ import annotations

from typing import Any

from training.enums import SkillState
from training.models import PersonSkill

from .confirming import is_own, may_confirm, may_end

CONFIRM, REFUSE, WITHDRAW, END = "confirm", "refuse", "withdraw", "end"


def steps(user: Any, claim: PersonSkill) -> list[str]:
    """The steps that are open to this account, the usual one first; the lifecycle asks again."""
    mine = is_own(user, claim.person)
    if claim.state == SkillState.CLAIMED:
        found = [CONFIRM, REFUSE] if may_confirm(user, claim) else []
        return [*found, WITHDRAW] if mine or claim.claimed_by_id == user.pk else found
    return [END] if claim.state == SkillState.CONFIRMED and may_end(user, claim) else []
