"""Required reading: asked, put off, withdrawn, confirmed (requirement Q)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Person
from suite import audit
from suite.privacy import require_public
from suite.state import locked
from suite.state.changing import moved, require_may, require_state
from suite.theme.dates import in_full
from training.domain.materials import may_read
from training.domain.materials.versions import current
from training.domain.reading import asked, readers, shown, watching
from training.domain.videos.lasting import lasting
from training.enums import RequirementState
from training.models import MaterialPage, MaterialVersion, ReadingConfirmation, Requirement
from training.permissions import user_can_run

_LONGEST_REASON = 200


@transaction.atomic
def ask(
    material: MaterialPage,
    due: datetime.date,
    reason: str,
    user: Any,
    *,
    roles: Any = (),
    units: Any = (),
    people: Any = (),
    at: datetime.datetime | None = None,
) -> Requirement:
    """Ask roles, units and people to read a material until the office closes on `due`.

    ``at``: when (aware; default: now), for samples. Raises ValidationError for a day that is over, a material that is
    not published, where nobody is named or nobody in service is meant, and where somebody who is meant may not read it.
    """
    require_may(user, user_can_run)
    made = Requirement(
        material=material,
        due=due,
        reason=_given(reason, _("Say in one sentence why it is to be read.")),
        asked_by=user,
        asked_at=at or timezone.now(),
    )
    _require_to_come(due, timezone.localdate(at))
    if not material.live or current(material) is None:
        raise ValidationError(
            {"material": _("“%(title)s” is not published yet: publish it first.") % {"title": material.title}}
        )
    made.save()
    for field, named in (("roles", roles), ("units", units), ("people", people)):
        getattr(made, field).set(named)
    meant = readers.meant(made)
    if not meant:
        raise ValidationError(
            _("Nobody in service is meant: name at least one role, unit or person that somebody belongs to.")
        )
    if barred := readers.barred(made, meant):
        raise ValidationError(
            _(
                "Not everybody who is meant may read “%(title)s”: %(people)s. Let the material be for them as well, or "
                "leave them out."
            )
            % {"title": material.title, "people": barred}
        )
    audit.record(made, "training.ask_reading", user, until=in_full(due), whom="、".join(made.named), people=len(meant))
    return made


@transaction.atomic
def extend(requirement: Requirement, due: datetime.date, user: Any) -> Requirement:
    """Give everybody who is asked until a later day. Raises ValidationError where it is not later, or not asked."""
    require_may(user, user_can_run)
    requirement = locked(requirement)
    require_state(requirement, (RequirementState.ACTIVE,), _("What was withdrawn is not put off: ask for it anew."))
    _require_to_come(due, timezone.localdate())
    before = requirement.due
    if due <= before:
        raise ValidationError({"due": _("It is asked until %(day)s: choose a later day.") % {"day": in_full(before)}})
    requirement.due = due
    requirement.save()
    audit.record(requirement, "training.extend_reading", user, before=in_full(before), after=in_full(due))
    return requirement


@transaction.atomic
def withdraw(requirement: Requirement, reason: str, user: Any) -> Requirement:
    """Nobody is asked any more; what was confirmed stays. Raises ValidationError without a reason, or a second time."""
    require_may(user, user_can_run)
    requirement = locked(requirement)
    require_state(requirement, (RequirementState.ACTIVE,), _("It has been withdrawn already: nobody is asked."))
    requirement.withdrawn_because = _given(reason, _("Say in one sentence why it is withdrawn: people see it."))
    requirement.withdrawn_at = timezone.now()
    moved(
        requirement,
        requirement.to_withdrawn,
        "training.withdraw_reading",
        user,
        reason=requirement.withdrawn_because,
    )
    return requirement


@transaction.atomic
def confirm(
    person: Person, material: MaterialPage, number: int, at: datetime.datetime | None = None
) -> ReadingConfirmation:
    """The person has read version `number` of the material; a second time the same confirmation is returned.

    ``at``: when (aware; default: now), for samples. Raises ValidationError for who is not in service or not asked, what
    was withdrawn or is not published, an older version than the present one, and for each part that they have still to
    come through: sheets, the end of the text, the video.
    """
    material = MaterialPage.objects.select_for_update().get(pk=material.pk)
    person = Person.objects.get(pk=person.pk)
    if not person.active:
        raise ValidationError(
            _("%(person)s is no longer in service, and nothing is asked: who has come back is entered as in service.")
            % {"person": person}
        )
    asked.require_asked(person, material)
    version = current(material)
    if version is None or not may_read(person.user, material):
        raise ValidationError(
            _("“%(title)s” cannot be read by you now: ask the efficiency office to publish it or to let you read it.")
            % {"title": material.title}
        )
    if number != version.number:
        raise ValidationError(_changed(material, number, version))
    if missing := list(_not_seen(person, version)):
        raise ValidationError(missing)
    made, _new = ReadingConfirmation.objects.get_or_create(
        person=person, version=version, defaults={"at": at or timezone.now()}
    )
    return made


def _given(text: str, asked_for: str) -> str:
    text = text.strip()
    if not text:
        raise ValidationError({"reason": asked_for})
    if len(text) > _LONGEST_REASON:
        raise ValidationError({"reason": _("Say it in at most %(most)s characters.") % {"most": _LONGEST_REASON}})
    require_public({"reason": text})
    return text


def _require_to_come(due: datetime.date, today: datetime.date) -> None:
    if due < today:
        raise ValidationError({"due": _("That day is over: choose today or a later day.")})


def _changed(material: MaterialPage, number: int, version: MaterialVersion) -> str:
    later = MaterialVersion.objects.filter(material=material, number__gt=number).order_by("number")
    changes = "；".join(text.rstrip("。") for text in later.values_list("what_changed", flat=True) if text)
    if not changes:
        return _("Version %(new)s is the present one: open it, read it to its end and confirm then.") % {
            "new": version.number
        }
    return _(
        "It has changed since version %(old)s: %(changes)s. Open version %(new)s, read it to its end and confirm then."
    ) % {"old": number, "changes": changes, "new": version.number}


def _not_seen(person: Person, version: MaterialVersion) -> Iterator[str]:
    """What the person has still to come through, each part with what to do."""
    left = shown.left_of(person, version)
    if left.sheets:
        yield _("You have not seen these pages yet: %(pages)s. Open them, and confirm then.") % {
            "pages": "、".join(map(str, left.sheets))
        }
    if left.text:
        yield _("You have not come to its end yet: open it, read it, and confirm at its end.")
    if not left.video:
        return
    if wait := watching.watched(person, version).wait:
        yield _(
            "The video lasts %(length)s, and you opened it less than half of that ago: watch it, and confirm in "
            "%(wait)s at the earliest."
        ) % {"length": lasting(watching.seconds_of(version)), "wait": lasting(wait)}
    else:
        yield _("You have not watched its video yet: open it, watch it to its end, and confirm at the end of the page.")
