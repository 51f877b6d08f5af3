"""Shadowing is planned, reported on once it is over, closed or sent back, or cancelled (requirement Q: 跟班学习)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Person, Unit
from suite import audit
from suite.evidence import Link
from suite.evidence import domain as evidence
from suite.privacy import require_public
from suite.privacy.public import reason_given
from suite.state import locked
from suite.state.changing import moved, require_state
from suite.theme.dates import in_full
from training.domain.shadowing.people import EVIDENCE_KIND, is_own, may_cancel, may_report, require_may_close
from training.enums import REPORT_WANTED, ShadowingState
from training.models import Shadowing
from training.models.shadowing import LONGEST_NAME, LONGEST_PURPOSE, LONGEST_REASON, LONGEST_REPORT
from training.permissions import user_can_run

# Further away, or longer, it is a slip of the pen.
A_YEAR = datetime.timedelta(days=366)


@transaction.atomic
def plan(asked: Shadowing, user: Any) -> Shadowing:
    """Plan a shadowing: ``asked``, unsaved, says whose, from when to when, where, with whom and what for.

    By oneself, or by who runs training for anybody. Also one that is over already. Raises ValidationError.
    """
    person = Person.objects.select_for_update().get(pk=asked.person_id)
    if user is not None and not (is_own(user, person) or user_can_run(user)):
        raise ValidationError(_("Everybody plans their own shadowing; for others the efficiency office does."))
    if not person.active:
        raise ValidationError(_("%(person)s is not in service: choose somebody who is.") % {"person": person})
    _require_days(asked)
    outside = asked.outside.strip()
    _require_place(asked, outside)
    host = reason_given(asked.host, _("Say whom you go along with."), LONGEST_NAME, "host")
    purpose = reason_given(asked.purpose, _("Say what is to be learnt."), LONGEST_PURPOSE, "purpose")
    _require_free(asked)
    made = Shadowing(
        person=person, since=asked.since, until=asked.until, unit_id=asked.unit_id, outside=outside, host=host,
        purpose=purpose, planned_by=user,
    )  # fmt: skip
    made.save()
    audit.record(made, "training.plan_shadowing", user, since=str(made.since), until=str(made.until))
    return made


@transaction.atomic
def report(
    planned: Shadowing,
    text: str,
    user: Any,
    files: Iterable[File[bytes]] = (),
    links: Iterable[Link] = (),
) -> Shadowing:
    """Hand in the report once the last day is past, also anew after it was sent back. Raises ValidationError.

    By the person; by who runs training for somebody without a desk.
    """
    row = locked(planned)
    if user is not None and not may_report(user, row):
        raise ValidationError(_("%(person)s writes this report: leave it to them.") % {"person": row.person})
    require_state(row, REPORT_WANTED, _("A report is written once, and anew when it was sent back."))
    if not row.is_over:
        raise ValidationError(
            _("It lasts until %(day)s: report afterwards. If it ended earlier, cancel it and plan it anew.")
            % {"day": in_full(row.until)}
        )
    row.report = reason_given(text, _("Write what you saw, did and learnt."), LONGEST_REPORT, "report")
    row.reported_by, row.reported_at, row.reason = user, timezone.now(), ""
    evidence.attach((EVIDENCE_KIND, row.pk), files, links, user)
    moved(row, row.to_reported, "training.report_shadowing", user)
    return row


@transaction.atomic
def close(reported: Shadowing, user: Any) -> Shadowing:
    """Close it: the leader in charge has read the report. Raises ValidationError."""
    row = _read(reported, user)
    moved(row, row.to_closed, "training.close_shadowing", user)
    return row


@transaction.atomic
def send_back(reported: Shadowing, reason: str, user: Any) -> Shadowing:
    """Have the report written anew, with what is wanting in it. Raises ValidationError."""
    row = _read(reported, user)
    row.reason = reason_given(reason, _("Say what is wanting: the person reads it."), LONGEST_REASON)
    moved(row, row.to_returned, "training.return_shadowing", user, reason=row.reason)
    return row


@transaction.atomic
def cancel(planned: Shadowing, reason: str, user: Any) -> Shadowing:
    """It does not take place, or did not, with the reason. Raises ValidationError."""
    row = locked(planned)
    if user is not None and not may_cancel(user, row):
        raise ValidationError(
            _("Only %(person)s, the leader in charge or the efficiency office cancels it.") % {"person": row.person}
        )
    require_state(row, REPORT_WANTED, _("What was reported on is not cancelled: the leader in charge sends it back."))
    row.reason = reason_given(reason, _("Say why it does not take place: it stays in the register."), LONGEST_REASON)
    row.decided_by, row.decided_at = user, timezone.now()
    moved(row, row.to_cancelled, "training.cancel_shadowing", user, reason=row.reason)
    return row


def _read(reported: Shadowing, user: Any) -> Shadowing:
    row = locked(reported)
    require_may_close(user, row)
    require_state(row, (ShadowingState.REPORTED,), _("No report waits here: open the list anew."))
    row.decided_by, row.decided_at = user, timezone.now()
    return row


def _require_days(asked: Shadowing) -> None:
    if asked.until < asked.since:
        raise ValidationError({"until": _("It ends before it begins: put the days right.")})
    if not timezone.localdate() - A_YEAR <= asked.since <= timezone.localdate() + A_YEAR:
        raise ValidationError({"since": _("This day is more than a year away: look at the year.")})
    if asked.until - asked.since > A_YEAR:
        raise ValidationError({"until": _("This is longer than a year: enter it part by part.")})


def _require_place(asked: Shadowing, outside: str) -> None:
    if asked.unit_id is None and not outside:
        raise ValidationError({"unit": _("Choose the unit, or write the name of the body elsewhere.")})
    if asked.unit_id is not None and outside:
        raise ValidationError({"outside": _("A unit is chosen already: take one of the two away.")})
    if len(outside) > LONGEST_NAME:
        raise ValidationError({"outside": _("At most %(most)s characters: shorten it.") % {"most": LONGEST_NAME}})
    if (
        asked.unit_id is not None
        and not Unit.objects.overlapping(asked.since, asked.until).filter(pk=asked.unit_id).exists()
    ):
        raise ValidationError({"unit": _("This unit does not exist on these days: choose another one.")})
    require_public({"outside": outside})


def _require_free(asked: Shadowing) -> None:
    taken = Shadowing.objects.filter(person=asked.person_id, since__lte=asked.until, until__gte=asked.since)
    if other := taken.exclude(state=ShadowingState.CANCELLED).order_by("since").first():
        raise ValidationError(
            {
                "since": _(
                    "From %(since)s to %(until)s there is another shadowing already (%(place)s): choose other days."
                )
                % {"since": in_full(other.since), "until": in_full(other.until), "place": other.place}
            }
        )
