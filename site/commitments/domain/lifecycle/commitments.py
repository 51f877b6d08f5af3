"""One commitment: written, filed, taken back, approved, returned, released (requirement I)."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.domain.rows import as_draft, checked, draft_rows
from commitments.domain.settings import commitments_settings
from commitments.domain.who_files import day_asked, files_on
from commitments.enums import WRITABLE, CommitmentState, Source
from commitments.models import Amendment, Commitment, Promise
from commitments.permissions import user_can_approve, user_can_file, user_can_key_in, user_can_run
from organisation.domain.duty import absent
from organisation.domain.queries import posts_of
from organisation.models import Unit
from suite import audit
from suite.autosave.domain import accept
from suite.clock.domain import clock_settings
from suite.privacy.public import reason_given
from suite.state.changing import moved, require_may, require_state
from suite.theme.dates import in_list

from .amendments import lapse
from .changing import lock_commitment, require_approver, require_not_own, require_own, require_running
from .months import post_ended

Rows = Sequence[Mapping[str, Any]]
LONGEST_REMARK, LONGEST_REASON = 500, 300


@transaction.atomic
def save_draft(commitment: Commitment, rows: Rows, version: int, writer: str, user: Any, turn: int = 0) -> Commitment:
    """Keep what is being typed, however incomplete.

    ``version`` is the one that whoever types has seen, ``writer`` and ``turn`` name their page and how many times it
    has sent (see `suite.autosave.domain.accept`). Raises Conflict where another page has saved meanwhile,
    ValidationError for somebody else's, or one that is not written any more.
    """
    require_may(user, user_can_file)
    commitment = lock_commitment(commitment)
    require_own(user, commitment)
    _require_writable(commitment)
    accept(commitment, version, writer, turn)
    commitment.draft = draft_rows(rows)
    commitment.save(update_fields=["draft", "version", "writer", "turn", "saved_at"])
    return commitment


@transaction.atomic
def file(
    commitment: Commitment,
    rows: Rows,
    version: int,
    writer: str,
    user: Any,
    at: datetime.datetime | None = None,
    source: str = Source.DESK,
    turn: int = 0,
) -> Commitment:
    """File the rows; ``at`` (aware; default: now): at the very second filing ends is in time, one later is late.

    What was returned in time is in time when it comes again. Raises Conflict as `save_draft`, and one ValidationError
    with everything that is wrong with the rows (see `rows.checked`); nothing is stored then: save the draft first.
    """
    require_may(user, user_can_file)
    commitment = lock_commitment(commitment)
    require_own(user, commitment)
    _require_writable(commitment)
    accept(commitment, version, writer, turn)
    return _file(commitment, rows, at or timezone.now(), source, "commitments.file", user)


@transaction.atomic
def key_in(commitment: Commitment, rows: Rows, filed_on: datetime.date, user: Any) -> Commitment:
    """Key in what somebody filled in by hand and handed in on a day; that day decides whether it is late.

    Raises ValidationError for a day before the month was opened or after today, for one's own, and as `file`.
    """
    require_may(user, user_can_key_in)
    commitment = lock_commitment(commitment)
    require_not_own(user, commitment)
    _require_writable(commitment)
    opened, now = timezone.localdate(commitment.month.opened_at), timezone.now()
    if not opened <= filed_on <= timezone.localdate(now):
        raise ValidationError(
            {
                "filed_on": _("Enter the day on which the paper was handed in, from %(opened)s to today.")
                % {"opened": opened}
            }
        )
    closing = timezone.make_aware(datetime.datetime.combine(filed_on, clock_settings().closes))
    accept(commitment, commitment.version)
    return _file(commitment, rows, min(closing, now), Source.PAPER, "commitments.key_in", user)


@transaction.atomic
def take_back(commitment: Commitment, user: Any) -> Commitment:
    """Take one's own back to change it, as long as it is not approved."""
    require_may(user, user_can_file)
    commitment = lock_commitment(commitment)
    require_own(user, commitment)
    require_running(commitment.month)
    require_state(commitment, (CommitmentState.FILED,), _("Only what waits for approval can be taken back."))
    _to_draft(commitment)
    moved(commitment, commitment.to_taken_back, "commitments.take_back", user)
    return commitment


@transaction.atomic
def approve(commitment: Commitment, user: Any) -> Commitment:
    """Approve what somebody promises: from now on everybody may read it.

    Raises ValidationError for anybody but the one who approves today (see `responsibility.approver_of`).
    """
    require_may(user, user_can_approve)
    commitment = lock_commitment(commitment)
    require_running(commitment.month)
    require_state(commitment, (CommitmentState.FILED,), _("Only what waits for approval can be approved."))
    found = require_approver(user, commitment)
    commitment.approved_at, commitment.approved_by = timezone.now(), user
    commitment.approved_for = found.on_behalf_of if found else None
    commitment.draft, commitment.remark = [], ""
    accept(commitment, commitment.version)
    moved(
        commitment,
        commitment.to_approved,
        "commitments.approve",
        user,
        on_behalf_of=str(commitment.approved_for or ""),
    )
    return commitment


@transaction.atomic
def return_with_remark(commitment: Commitment, remark: str, user: Any) -> Commitment:
    """Give it back to be written better; the person reads the remark. Raises ValidationError as `approve`."""
    require_may(user, user_can_approve)
    remark = reason_given(remark, _("Write what is to be changed: the person reads it."), LONGEST_REMARK, "remark")
    commitment = lock_commitment(commitment)
    require_running(commitment.month)
    require_state(commitment, (CommitmentState.FILED,), _("Only what waits for approval can be returned."))
    require_approver(user, commitment)
    commitment.remark = remark
    _to_draft(commitment)
    moved(commitment, commitment.to_returned, "commitments.return", user, reason=remark)
    return commitment


@transaction.atomic
def release(commitment: Commitment, reason: str, user: Any) -> Commitment:
    """Say that somebody need not file this month, with the reason; nobody does that for themselves.

    What is public and has come to one of its days is no longer let off, but of somebody who cannot report: who holds
    no post any more, or is away today. Raises ValidationError.
    """
    require_may(user, user_can_run)
    reason = reason_given(reason, _("Say why it need not be filed."), LONGEST_REASON)
    commitment = lock_commitment(commitment)
    require_not_own(user, commitment)
    require_running(commitment.month)
    require_state(
        commitment,
        (*WRITABLE, CommitmentState.FILED, CommitmentState.APPROVED),
        _("Its result has been reported, or it need not be filed already."),
    )
    _require_not_due(commitment)
    lapse(commitment, _("The commitment was released before this change was decided."), user)
    commitment.release_reason = reason
    moved(commitment, commitment.to_released, "commitments.release", user, reason=reason)
    return commitment


@transaction.atomic
def ask_again(commitment: Commitment, user: Any) -> Commitment:
    """Take a release back: what was filed before is in the draft again. Raises ValidationError without a post."""
    require_may(user, user_can_run)
    commitment = lock_commitment(commitment)
    require_not_own(user, commitment)
    require_running(commitment.month)
    require_state(commitment, (CommitmentState.RELEASED,), _("Only what need not be filed can be asked for again."))
    _require_post(commitment, day_asked(commitment.month))
    if commitment.promises.exists():
        Amendment.objects.filter(promise__commitment=commitment).delete()
        _to_draft(commitment)
    commitment.release_reason = ""
    # It begins anew: nothing of what was approved and reported before counts for what is filed now.
    commitment.approved_at = commitment.approved_by = commitment.approved_for = commitment.reported_at = None
    moved(commitment, commitment.to_owed_again, "commitments.ask_again", user)
    return commitment


@transaction.atomic
def move_unit(commitment: Commitment, unit: Unit, reason: str, user: Any) -> Commitment:
    """File it for another unit in which the person holds a post; who approves changes with it."""
    require_may(user, user_can_run)
    reason = reason_given(reason, _("Say why it belongs to the other unit."), LONGEST_REASON)
    commitment = lock_commitment(commitment)
    require_not_own(user, commitment)
    require_running(commitment.month)
    require_state(
        commitment, (*WRITABLE, CommitmentState.FILED), _("Only what is not approved can go to another unit.")
    )
    held = posts_of(commitment.person, day_asked(commitment.month)).filter(post__unit=unit)
    if unit.pk == commitment.unit_id or not held.exists():
        raise ValidationError(
            {"unit": _("Choose another unit in which %(person)s holds a post.") % {"person": commitment.person}}
        )
    before, commitment.unit = commitment.unit, unit
    commitment.save(update_fields=["unit"])
    audit.record(commitment, "commitments.move_unit", user, before=str(before), after=str(unit), reason=reason)
    return commitment


def _file(commitment: Commitment, rows: Rows, at: datetime.datetime, source: str, action: str, user: Any) -> Commitment:
    month, person = commitment.month, commitment.person
    _require_post(commitment, min(max(timezone.localdate(at), month.first), month.last))
    found = checked(rows, month, person, commitments_settings().most_rows)
    Promise.objects.bulk_create(
        Promise(
            commitment=commitment,
            number=number,
            kind=row.kind,
            work=row.work,
            measures=row.measures,
            goal=row.goal,
            due=row.due,
            carried_from_id=row.carried_from_id,
            origin_kind=row.origin_kind,
            origin_key=row.origin_key,
        )
        for number, row in enumerate(found, 1)
    )
    if commitment.state == CommitmentState.OWED:
        commitment.late = at > month.files_until
    commitment.draft = draft_rows(rows)
    commitment.filed_at, commitment.filed_by, commitment.source = at, user, source
    moved(commitment, commitment.to_filed, action, user, rows=len(found), at=in_list(at), late=commitment.late)
    return commitment


def _to_draft(commitment: Commitment) -> None:
    """What was filed becomes what is being typed: promises stand in the database only while they are handed in."""
    commitment.draft = as_draft(commitment.promises.all())
    commitment.promises.all().delete()
    accept(commitment, commitment.version)


def _require_writable(commitment: Commitment) -> None:
    require_running(commitment.month)
    if commitment.state == CommitmentState.FILED:
        raise ValidationError(_("It is filed. Take it back first if you want to change it."))
    if commitment.state == CommitmentState.RELEASED:
        raise ValidationError(
            _("It need not be filed (%(reason)s). If that is wrong, tell the efficiency office.")
            % {"reason": commitment.release_reason}
        )
    require_state(commitment, WRITABLE, _("It is approved and public. Ask for an amendment of what has to change."))


def _require_not_due(commitment: Commitment) -> None:
    """Whose promise has come to its day answers for it: a release must not hide that it was not kept."""
    today, person = timezone.localdate(), commitment.person
    if commitment.state != CommitmentState.APPROVED or not commitment.promises.filter(due__lt=today).exists():
        return
    if files_on(person, today) and absent(person, today) is None:
        raise ValidationError(
            _(
                "A day of these promises is over, so %(person)s reports what became of them. Released is only who "
                "holds no post any more, or is away today: enter that first."
            )
            % {"person": person}
        )


def _require_post(commitment: Commitment, day: datetime.date) -> None:
    """Who holds no post any more has nothing to promise."""
    if not files_on(commitment.person, day):
        raise ValidationError(
            _("No commitment can be filed for this month (%(reason)s). If that is wrong, tell the efficiency office.")
            % {"reason": post_ended(commitment.person)}
        )
