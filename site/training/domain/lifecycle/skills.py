"""A skill is claimed, confirmed by another or refused, and ends (requirement Q: 一人一技)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Person
from suite import audit
from suite.evidence import Link
from suite.evidence import domain as evidence
from suite.privacy import require_public
from suite.state import locked
from suite.state.changing import moved, require_state
from training.domain.skills.confirming import EVIDENCE_KIND, is_own, may_claim_for, may_end, require_may_confirm
from training.enums import SkillLevel, SkillState
from training.models import PersonSkill, Skill
from training.models.skills import LONGEST_PROOF, LONGEST_REASON


@transaction.atomic
def claim(
    asked: PersonSkill,
    user: Any,
    files: Iterable[File[bytes]] = (),
    links: Iterable[Link] = (),
) -> PersonSkill:
    """Claim a skill: ``asked``, unsaved, says whose, which, at what level and what shows it.

    By oneself; by who runs training for somebody without a desk. A higher level of a skill that is confirmed is
    claimed like a new one. Raises ValidationError.
    """
    person = Person.objects.select_for_update().get(pk=asked.person_id)
    if user is not None and not may_claim_for(user, person):
        raise ValidationError(_("%(person)s has a desk and claims skills there.") % {"person": person})
    if not person.active:
        raise ValidationError(_("%(person)s is not in service: choose somebody who is.") % {"person": person})
    if not Skill.objects.filter(pk=asked.skill_id, active=True).exists():
        raise ValidationError({"skill": _("This skill is not offered any more: choose another one.")})
    if asked.level not in SkillLevel.values:
        raise ValidationError({"level": _("Choose how well you can do it.")})
    proof = _text(asked.proof, "proof", _("Say what shows it: what you did, when and where."), LONGEST_PROOF)
    require_public({"proof": proof})
    mine = PersonSkill.objects.filter(person=person, skill=asked.skill_id)
    if mine.filter(state=SkillState.CLAIMED).exists():
        raise ValidationError(
            {"skill": _("This skill is claimed already: wait until it is confirmed, or withdraw it.")}
        )
    if mine.filter(state=SkillState.CONFIRMED, level__gte=asked.level).exists():
        raise ValidationError({"level": _("This skill is confirmed at this level already: claim a higher one.")})
    made = PersonSkill(
        person=person, skill_id=asked.skill_id, level=asked.level, proof=proof, claimed_by=user,
        claimed_at=asked.claimed_at,
    )  # fmt: skip
    made.save()
    evidence.attach((EVIDENCE_KIND, made.pk), files, links, user)
    audit.record(made, "training.claim_skill", user, level=str(made.get_level_display()))
    return made


@transaction.atomic
def confirm(claimed: PersonSkill, level: int, user: Any, at: datetime.datetime | None = None) -> PersonSkill:
    """Confirm a claim at the level that was seen; a lower one confirmed earlier ends. Raises ValidationError."""
    row = _waiting(claimed, user)
    if level not in SkillLevel.values:
        raise ValidationError({"level": _("Choose the level that you confirm.")})
    moment = at or timezone.now()
    earlier = PersonSkill.objects.filter(person=row.person_id, skill=row.skill_id, state=SkillState.CONFIRMED).first()
    if earlier is not None:
        if level <= earlier.level:
            raise ValidationError(
                {"level": _("“%(level)s” is confirmed already: confirm a higher level, or refuse with a reason.")
                 % {"level": earlier.get_level_display()}}
            )  # fmt: skip
        _end(earlier, _("Followed by a higher level."), user, moment)
    row.level, row.decided_by, row.decided_at = level, user, moment
    moved(row, row.to_confirmed, "training.confirm_skill", user, level=str(row.get_level_display()))
    return row


@transaction.atomic
def refuse(claimed: PersonSkill, reason: str, user: Any, at: datetime.datetime | None = None) -> PersonSkill:
    """Do not confirm a claim, with the reason; the person may claim it anew. Raises ValidationError."""
    row = _waiting(claimed, user)
    row.reason = _text(reason, "reason", _("Say why it is not confirmed: the person reads it."), LONGEST_REASON)
    row.decided_by, row.decided_at = user, at or timezone.now()
    moved(row, row.to_refused, "training.refuse_skill", user, reason=row.reason)
    return row


@transaction.atomic
def withdraw(claimed: PersonSkill, user: Any) -> PersonSkill:
    """Take one's own claim back before it is decided; who runs training those they entered. Raises ValidationError."""
    row = locked(claimed)
    if user is not None and not is_own(user, row.person) and row.claimed_by_id != user.pk:
        raise ValidationError(_("Only who claimed it withdraws it: refuse it with a reason instead."))
    require_state(row, (SkillState.CLAIMED,), _("Only a claim that nobody has decided is withdrawn."))
    _end(row, _("Withdrawn."), user, timezone.now())
    return row


@transaction.atomic
def end(held: PersonSkill, reason: str, user: Any, at: datetime.datetime | None = None) -> PersonSkill:
    """A confirmed skill does not count any more, with the reason: by the person, the leader in charge, who runs
    training. Raises ValidationError."""
    row = locked(held)
    if user is not None and not may_end(user, row):
        raise ValidationError(
            _("Only %(person)s, the leader in charge or the efficiency office ends this skill.")
            % {"person": row.person}
        )
    require_state(row, (SkillState.CONFIRMED,), _("Only a confirmed skill ends: a claim is withdrawn or refused."))
    told = _text(reason, "reason", _("Say why it does not count any more: it stays in the register."), LONGEST_REASON)
    _end(row, told, user, at or timezone.now())
    return row


def _waiting(claimed: PersonSkill, user: Any) -> PersonSkill:
    row = locked(claimed)
    require_may_confirm(user, row)
    require_state(row, (SkillState.CLAIMED,), _("This has been decided already: open the list anew."))
    return row


def _end(row: PersonSkill, reason: str, user: Any, moment: datetime.datetime) -> None:
    row.ended_at, row.reason = moment, reason
    moved(row, row.to_ended, "training.end_skill", user, reason=reason)


def _text(text: str, field: str, otherwise: str, longest: int) -> str:
    if not (text := text.strip()):
        raise ValidationError({field: otherwise})
    if len(text) > longest:
        raise ValidationError({field: _("At most %(most)s characters: shorten it.") % {"most": longest}})
    return text
