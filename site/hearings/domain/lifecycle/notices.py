"""Page and paper: when both are out and the days suffice, a hearing is notified (requirement H)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearings.domain.notice_period import (
    current_notice,
    days_given,
    facts_of,
    missing_notice,
)
from hearings.domain.texts import require_no_numbers
from hearings.domain.villages import serves
from hearings.enums import BEFORE_THE_SESSION, HearingState
from hearings.models import Hearing, HearingNoticePage, Notice, Posting
from hearings.permissions import user_can_record_posting
from organisation.domain.queries import standing
from suite import audit
from suite.state.changing import moved, require_may, require_state
from suite.theme.dates import in_list

from .changing import lock_hearing


@transaction.atomic
def page_went_live(page: HearingNoticePage, user: Any = None) -> Hearing:
    """The notice page is public: note when, for the notice in force. Never refuses; `publish_checks` did.

    A page that is published again without a new notice changes nothing: the first time counts.
    """
    hearing = lock_hearing(page.hearing)
    notice = current_notice(hearing)
    if hearing.state not in BEFORE_THE_SESSION or hearing.begun_at or notice is None or notice.page_at:
        return hearing
    notice.page_at = timezone.now()
    notice.save()
    audit.record(hearing, "hearings.page_live", user, number=notice.number, page=page.title)
    return notify_if_complete(hearing, user)


@transaction.atomic
def page_went_down(page: HearingNoticePage, user: Any = None) -> Hearing:
    """The notice page is gone before the session: the notice period ends and begins anew with the next publication."""
    hearing = lock_hearing(page.hearing)
    notice = current_notice(hearing)
    if hearing.state not in BEFORE_THE_SESSION or hearing.begun_at or notice is None or notice.page_at is None:
        return hearing
    was, notice.page_at = notice.page_at, None
    notice.save()
    audit.record(hearing, "hearings.page_down", user, number=notice.number, was=in_list(was))
    if hearing.state != HearingState.PLANNED:
        moved(hearing, hearing.to_replanned, "hearings.notice_ended", user, reason=_("The notice page was taken down."))
    return hearing


@transaction.atomic
def record_posting(posting: Posting, user: Any) -> Hearing:
    """Record where and when the notice hung, or was broadcast, signed by whoever did it. Returns the hearing.

    ``posting``: not saved; its ``notice`` is the one in force. Raises ValidationError: replaced notice, wrong state, a
    time that is to come or before the notice was made, no signature, a village the account does not serve.
    """
    require_may(user, user_can_record_posting)
    hearing = lock_hearing(posting.notice.hearing)
    notice = Notice.objects.get(pk=posting.notice.pk)
    require_state(
        hearing, BEFORE_THE_SESSION, _("Notices are hung while a hearing is planned, and until its session begins.")
    )
    if hearing.begun_at:
        raise ValidationError(_("The session has begun: what hangs now is no notice of it any more."))
    if notice.replaced_at:
        raise ValidationError(_("This notice was replaced. Take it down, hang the new one, and record that."))
    _check_posting(posting, notice, user)
    posting.recorded_by, posting.recorded_at = user, timezone.now()
    posting.full_clean()
    require_no_numbers(posting, "place", "signed_by")
    posting.save()
    audit.record(
        hearing, "hearings.post", user, kind=str(posting.get_kind_display()), place=posting.place,
        at=in_list(posting.posted_at), signed_by=posting.signed_by, number=notice.number,
    )  # fmt: skip
    return notify_if_complete(hearing, user)


def notify_if_complete(hearing: Hearing, user: Any) -> Hearing:
    """Planned becomes notified by itself once page and paper are out in time."""
    if hearing.state == HearingState.PLANNED and not missing_notice(hearing):
        moved(hearing, hearing.to_notified, "hearings.notify", user, days=days_given(hearing))
    return hearing


def make_notice(hearing: Hearing) -> Notice:
    """The next notice of a hearing, with what it announces."""
    number = hearing.notices.count() + 1
    return Notice.objects.create(hearing=hearing, number=number, facts=facts_of(hearing), made_at=timezone.now())


def end_notice(hearing: Hearing, reason: str) -> None:
    """The notice in force is replaced by another, or by none."""
    notice = current_notice(hearing)
    if notice:
        notice.replaced_at, notice.reason = timezone.now(), reason
        notice.save()


def _check_posting(posting: Posting, notice: Notice, user: Any) -> None:
    if not posting.signed_by.strip():
        raise ValidationError({"signed_by": _("Say who hung or broadcast it: an unsigned entry does not count.")})
    if posting.posted_at and posting.posted_at > timezone.now():
        raise ValidationError({"posted_at": _("That is still to come. Record it when it hangs.")})
    # People write down minutes: what hung in the minute the notice was made did not hang before it.
    if posting.posted_at and posting.posted_at < notice.made_at.replace(second=0, microsecond=0):
        raise ValidationError(
            {
                "posted_at": _("This notice was made on %(made)s: it cannot have hung before. Correct the time.")
                % {"made": in_list(notice.made_at)}
            }
        )
    if posting.village:
        posting.village = standing(posting.village)
        if user is not None and not serves(user, posting.village):
            raise ValidationError(
                {
                    "village": _("You do not serve %(village)s: choose one of your villages.")
                    % {"village": posting.village}
                }
            )
