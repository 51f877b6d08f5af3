"""What the efficiency office does with a hearing: one form for each step, each calling one function of the domain."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from suite.draw.domain import PublicResult, Strings
from suite.draw.enums import SeedMode
from suite.registers.actions import RecordAction

from . import office_forms as forms
from .domain.circulars import draft_circular
from .domain.lifecycle import drafts, feedback, hearings, measures, minutes, notices, representatives
from .domain.notice_period import current_notice
from .models import Hearing
from .permissions import (
    user_can_key_in,
    user_can_record_posting,
    user_can_record_session,
    user_can_run,
)


def row_of(hearing: Hearing, data: dict[str, Any]) -> Any:
    """The unsaved row of a `RecordForm`, made to belong to the hearing where it has such a field."""
    row = data["row"]
    if any(field.name == "hearing" for field in row._meta.fields):
        row.hearing = hearing
    return row


def record_posting(hearing: Hearing, data: dict[str, Any], user: Any) -> Any:
    notice = current_notice(hearing)
    if notice is None:
        # No notice, no posting: planning makes one, and says what is wanting.
        return hearings.plan(hearing, user)
    posting = data["row"]
    posting.notice = notice
    return notices.record_posting(posting, user)


def prepare_draw(hearing: Hearing, data: dict[str, Any], user: Any) -> Any:
    seed: PublicResult | Strings
    if data["mode"] == SeedMode.STRINGS:
        seed = Strings(data["due"])
    else:
        seed = PublicResult(data["source"], data["form"], data["digits"] or 0, data["due"])
    return representatives.prepare_draw(hearing, user, seed, data["reason"])


ACTIONS = (
    RecordAction(
        "arrange",
        _("Topics, day, place, seats"),
        forms.ArrangeForm,
        lambda hearing, data, user: hearings.change(hearing, data["changes"], data.get("reason", ""), user),
        allowed=user_can_run,
    ),
    RecordAction(
        "plan",
        _("Fix the plan"),
        forms.AboutHearing,
        lambda hearing, data, user: hearings.plan(hearing, user),
        _("From then on the notice can be published and hung. The notice period begins when both are out."),
        allowed=user_can_run,
    ),
    RecordAction(
        "postpone",
        _("Postpone"),
        forms.ReasonForm,
        lambda hearing, data, user: hearings.postpone(hearing, data["reason"], user),
        _("The hearing stays visible with its reason. Representatives keep their seats; it is planned anew."),
        allowed=user_can_run,
    ),
    RecordAction(
        "cancel",
        _("Cancel"),
        forms.ReasonForm,
        lambda hearing, data, user: hearings.cancel(hearing, data["reason"], user),
        _("The hearing stays visible with its reason. Its topics go back to the pool."),
        allowed=user_can_run,
    ),
    RecordAction(
        "notice_page",
        _("Draft the notice page"),
        forms.AboutHearing,
        lambda hearing, data, user: drafts.draft_notice(hearing, user),
        _("Day, place and topics come from this record. The page is then handed in, checked and approved."),
        allowed=user_can_run,
    ),
    RecordAction(
        "posting",
        _("Record a posting"),
        forms.PostingForm,
        record_posting,
        _("A poster or broadcast of the notice in force, signed by whoever did it. It is evidence and stays as it is."),
        allowed=user_can_record_posting,
    ),
    RecordAction(
        "key_in",
        _("Key in a sign-up"),
        forms.RepresentativeForm,
        lambda hearing, data, user: representatives.sign_up(row_of(hearing, data), user),
        allowed=user_can_key_in,
    ),
    RecordAction(
        "invite",
        _("Invite a representative"),
        forms.InviteForm,
        lambda hearing, data, user: representatives.invite(row_of(hearing, data), user),
        _("For one of the invited seats. The answer is entered under Representatives."),
        allowed=user_can_run,
    ),
    RecordAction(
        "draw",
        _("Prepare the draw"),
        forms.HearingSeedForm,
        prepare_draw,
        _("Among the volunteers of every village with more of them than seats. The draw then has a page of its own."),
        allowed=user_can_run,
    ),
    RecordAction(
        "fix",
        _("Fix the representatives"),
        forms.AboutHearing,
        lambda hearing, data, user: hearings.fix_representatives(hearing, user),
        _("The seats are given: to all who signed up where there are enough, else as the draw came out."),
        allowed=user_can_run,
    ),
    RecordAction(
        "minutes",
        _("Draft the minutes"),
        forms.AboutHearing,
        lambda hearing, data, user: minutes.draft_minutes(hearing, user),
        _("From the record of the session, with masked names. The page can be edited."),
        allowed=user_can_record_session,
    ),
    RecordAction(
        "send",
        _("Send for correction"),
        forms.AboutHearing,
        lambda hearing, data, user: minutes.send_for_correction(hearing, user),
        _("Officers find the draft on their desk, representatives under their code."),
        allowed=user_can_record_session,
    ),
    RecordAction(
        "correct",
        _("Key in a correction"),
        forms.CorrectionForm,
        lambda hearing, data, user: minutes.correct(row_of(hearing, data), user),
        _("What a representative or an officer told by phone or in the office."),
        allowed=user_can_record_session,
    ),
    RecordAction(
        "settle",
        _("Settle a correction"),
        forms.SettleForm,
        lambda hearing, data, user: minutes.settle(data["correction"], data["taken_over"], data["reply"], user),
        allowed=user_can_record_session,
    ),
    RecordAction(
        "measure",
        _("Issue a measure"),
        forms.MeasureForm,
        lambda hearing, data, user: measures.issue_measure(data["row"], user),
        _("Done on the spot, planned, or a promise with a day where it cannot be done now."),
        allowed=user_can_run,
    ),
    RecordAction(
        "follow_up",
        _("Begin the follow-up"),
        forms.AboutHearing,
        lambda hearing, data, user: hearings.follow_up(hearing, user),
        _("Every problem has a measure. What the township studies gets the study itself as its measure."),
        allowed=user_can_run,
    ),
    RecordAction(
        "circular",
        _("Draft the circular"),
        forms.AboutHearing,
        lambda hearing, data, user: draft_circular(hearing, user),
        _("Problem by problem what was promised and what became of it, as of today."),
        allowed=user_can_run,
    ),
    RecordAction(
        "feedback",
        _("Record what was given out"),
        forms.FeedbackForm,
        lambda hearing, data, user: feedback.record_feedback(row_of(hearing, data), user),
        _("The open-affairs column, the circular, and a notice letter to each who raised a problem."),
        allowed=user_can_run,
    ),
    RecordAction(
        "close",
        _("Close the hearing"),
        forms.AboutHearing,
        lambda hearing, data, user: hearings.close(hearing, user),
        _("Every measure is carried out or publicly explained, and everybody was told."),
        allowed=user_can_run,
    ),
)
