"""Minutes: drafted from the record, sent for correction, published through the workflow (requirement H)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearings.domain.minutes_checks import CORRECTION_CLOCK, correction_time, takes_corrections
from hearings.domain.minutes_text import minutes_blocks
from hearings.domain.queries import PEOPLE, SESSION, whole_hearing
from hearings.domain.settings import hearings_settings
from hearings.enums import CorrectionState, HearingState, SeatState
from hearings.models import Correction, Hearing, MinutesPage
from hearings.permissions import user_can_record_session
from suite import audit
from suite.clock.domain import start_clock
from suite.clock.enums import Unit
from suite.privacy import find
from suite.state import locked
from suite.state.changing import moved, require_may, require_state
from suite.theme.dates import in_full

from .changing import lock_hearing
from .drafts import add_draft


@transaction.atomic
def draft_minutes(hearing: Hearing, user: Any) -> MinutesPage:
    """Draft the minutes from the record, as a page below the hearings' section; return the draft.

    Names and personal numbers are masked in it. Raises ValidationError before the session is closed, where there are
    minutes already, and without a section for hearings.
    """
    require_may(user, user_can_record_session)
    hearing = lock_hearing(hearing)
    require_state(hearing, [HearingState.HELD], _("Minutes are drafted once the session is closed."))
    if MinutesPage.objects.filter(hearing=hearing).exists():
        raise ValidationError(_("There are minutes of this hearing already: go on with that page."))
    page = MinutesPage(
        title=_("Minutes of %(hearing)s") % {"hearing": hearing.title},
        hearing=hearing,
        body=minutes_blocks(whole_hearing(hearing.pk, (SESSION, PEOPLE))),
    )
    return add_draft(page, "hearings.draft_minutes", user)


@transaction.atomic
def send_for_correction(hearing: Hearing, user: Any) -> Hearing:
    """Send the draft to officers and representatives: they may ask for corrections for some working days (settings).

    Officers find it on their desk, representatives under their code. Raises ValidationError without a draft, or
    where it was sent before.
    """
    require_may(user, user_can_record_session)
    hearing = lock_hearing(hearing)
    require_state(hearing, [HearingState.HELD], _("Minutes are corrected between the session and their publication."))
    if not MinutesPage.objects.filter(hearing=hearing).exists():
        raise ValidationError(_("Draft the minutes first, then send them for correction."))
    if correction_time(hearing) is not None:
        raise ValidationError(_("The minutes were sent for correction already: settle what comes back."))
    days = hearings_settings().correction_days
    clock = start_clock((CORRECTION_CLOCK, hearing.pk), CORRECTION_CLOCK, days, Unit.WORKING, user)
    audit.record(hearing, "hearings.send_for_correction", user, until=in_full(clock.due))
    return hearing


@transaction.atomic
def correct(correction: Correction, user: Any = None) -> Correction:
    """Store what an officer or a representative wants changed. ``correction``: unsaved, from one of the two.

    ``user`` is who keyed it in; None for a representative on the public site. Raises ValidationError.
    """
    hearing = correction.hearing = lock_hearing(correction.hearing)
    if not takes_corrections(hearing):
        raise ValidationError(_("Corrections are taken while the minutes are sent out for them: call the office."))
    representative, officer = correction.representative, correction.officer
    if bool(representative) == bool(officer):
        raise ValidationError(_("A correction comes from one: a representative or a hearing officer."))
    seated = representative and representative.hearing_id == hearing.pk and representative.state == SeatState.SEATED
    if not seated and not (officer and officer.hearing_id == hearing.pk):
        raise ValidationError(_("Only representatives and officers of this hearing correct its minutes."))
    if correction.problem and correction.problem.hearing_id != hearing.pk:
        raise ValidationError({"problem": _("This problem belongs to another hearing: choose one of the list.")})
    correction.text = correction.text.replace("\r\n", "\n").strip()
    if not correction.text:
        raise ValidationError({"text": _("Say what should be changed, and how it should read.")})
    if find(correction.text):
        raise ValidationError({"text": _("Take the personal number out of this text: minutes never hold one.")})
    correction.full_clean(exclude=["state"])
    correction.save()
    whom = str(representative or (officer and officer.person))
    audit.record(hearing, "hearings.correct", user, name=whom)
    return correction


@transaction.atomic
def settle(correction: Correction, taken_over: bool, reply: str, user: Any) -> Correction:
    """Take a correction over, once the page says so, or refuse it with a reason its sender reads. ValidationError."""
    require_may(user, user_can_record_session)
    correction, reply = locked(correction), reply.strip()
    if correction.state != CorrectionState.OPEN:
        raise ValidationError(_("This correction was settled already."))
    if not taken_over and not reply:
        raise ValidationError({"reply": _("Say why the correction is not taken over: who asked for it reads this.")})
    if find(reply):
        raise ValidationError({"reply": _("Take the personal number out of this text: minutes never hold one.")})
    correction.reply, correction.settled_at, correction.settled_by = reply, timezone.now(), user
    correction.full_clean(exclude=["state"])
    if taken_over:
        moved(correction, correction.to_taken_over, "hearings.settle", user, reason=reply)
    else:
        moved(correction, correction.to_refused, "hearings.settle", user, reason=reply)
    return correction
