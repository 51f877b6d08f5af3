"""Who confirms a skill, and who sees one: never oneself, the leader in charge or whoever runs training."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from organisation.domain.cadres import cadres
from organisation.domain.charge import Deciders
from organisation.domain.duty import has_a_desk
from organisation.enums import UnitKind
from organisation.models import Person
from suite.evidence.domain import evidence_of_many
from suite.evidence.models import Evidence
from training.domain.leaders import people_led, people_seen, sees
from training.enums import SkillState
from training.models import PersonSkill
from training.permissions import user_can_run, user_can_view

# What suite.evidence calls a claim; the key is its primary key.
EVIDENCE_KIND = "training.personskill"


def is_own(user: Any, person: Person) -> bool:
    """Whether the account is that person's."""
    return user is not None and person.user_id is not None and person.user_id == user.pk


def may_claim_for(user: Any, person: Person) -> bool:
    """Whether this account claims a skill for the person: oneself; who runs training for those without a desk."""
    return is_own(user, person) or (user_can_run(user) and not has_a_desk(person))


def require_may_confirm(user: Any, claim: PersonSkill, led: frozenset[int] | None = None) -> None:
    """Raise ValidationError where this account may neither confirm nor refuse the claim; None is the system.

    ``led``: the keys of the people whom it leads, where the caller knows them.
    """
    if user is None:
        return
    if is_own(user, claim.person):
        raise ValidationError(_("Nobody confirms their own skill: the leader in charge or the efficiency office does."))
    if claim.claimed_by_id == user.pk:
        raise ValidationError(_("You entered this claim yourself: leave it to the leader in charge to confirm it."))
    if not (user_can_run(user) or (claim.person_id in led if led is not None else leads(user, claim))):
        raise ValidationError(
            _("Only the leader in charge of %(person)s or the efficiency office confirms this skill.")
            % {"person": claim.person}
        )


def leads(user: Any, claim: PersonSkill) -> bool:
    """Whether this account is that of somebody in charge of the person's unit."""
    return people_led(user).filter(pk=claim.person_id).exists()


def may_end(user: Any, held: PersonSkill) -> bool:
    """Whether this account ends a confirmed skill: whose it is, who runs training, the leader in charge."""
    return is_own(user, held.person) or user_can_run(user) or leads(user, held)


def may_confirm(user: Any, claim: PersonSkill, led: frozenset[int] | None = None) -> bool:
    """Whether `require_may_confirm` lets this account."""
    try:
        require_may_confirm(user, claim, led)
    except ValidationError:
        return False
    return True


def to_confirm(user: Any) -> list[PersonSkill]:
    """The claims that this account may confirm now, the oldest first."""
    led = _led(user)
    return [claim for claim in _claimed() if may_confirm(user, claim, led)]


def left_to(user: Any) -> list[PersonSkill]:
    """Of these the ones that wait for this very account: those that it decides as the leader in charge; for who runs
    training, those that no leader can decide."""
    claims = to_confirm(user)
    if not claims:
        return []
    deciders = Deciders(None, user_can_view)
    people = [claim.person for claim in claims]
    units = {one.person.pk: one.unit for one in cadres(deciders.on, UnitKind.values, people)}
    found = []
    for claim in claims:
        unit = units.get(claim.person_id)
        decider = deciders.of(claim.person, unit) if unit is not None else None
        if decider.person.user_id == user.pk if decider else user_can_run(user):
            found.append(claim)
    return found


def _led(user: Any) -> frozenset[int]:
    return frozenset(people_led(user).values_list("pk", flat=True))


def visible_to(user: Any, among: QuerySet[PersonSkill] | None = None) -> QuerySet[PersonSkill]:
    """The rows (of ``among``) that this account may see with their proof: one's own, and those of one's people."""
    rows = PersonSkill.objects.all() if among is None else among
    if user is None or not user.is_active:
        return rows.none()
    own = getattr(user, "person", None)
    return rows.filter(Q(person=own) if own else Q(pk=None)) | rows.filter(person__in=people_seen(user))


def may_see(user: Any, claim: PersonSkill) -> bool:
    """Whether this account sees the claim with its proof, whatever became of it."""
    return bool(user.is_active) and sees(user, claim.person)


def may_read_evidence(user: Any, key: str) -> bool:
    """The same by primary key, as `suite.evidence` names it."""
    claim = PersonSkill.objects.filter(pk=key).select_related("person").first() if key.isdecimal() else None
    return claim is not None and may_see(user, claim)


def evidence_by_claim(claims: Iterable[PersonSkill]) -> dict[int, list[Evidence]]:
    """Primary key of each claim -> its files and links, maybe none; one query."""
    found = evidence_of_many(EVIDENCE_KIND, [claim.pk for claim in claims])
    return {int(key): rows for key, rows in found.items()}


def _claimed() -> QuerySet[PersonSkill]:
    rows = PersonSkill.objects.filter(state=SkillState.CLAIMED)
    return rows.select_related("person__user", "skill").order_by("claimed_at", "pk")
