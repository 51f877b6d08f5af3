"""Where somebody's own commitment stands, until when, and what is to be done now, as the desk says it."""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from suite.theme.dates import in_words
from suite.theme.when import moment_in_short

from .enums import CommitmentState, MonthState, Outcome
from .models import Commitment

# What an outcome looks like beside its word: see theme/type.css.
OUTCOME_SHAPES: dict[str, str] = {
    Outcome.FULFILLED: "state-done",
    Outcome.PARTLY: "state-soon",
    Outcome.NOT: "state-urgent",
}


@dataclass(frozen=True)
class Told:
    """``state`` and ``shape``: the word and its look; ``until``: '' where nothing is due; ``advice``: what to do now;
    ``label`` and ``url``: the button; ``urgent``: whether that is the one thing to do;
    ``remark``: whether the advice is what somebody wrote who returned it.
    """

    state: str
    shape: str
    until: str
    advice: str
    label: str
    url: str
    urgent: bool = False
    remark: bool = False


def told(commitment: Commitment, now: datetime.datetime) -> Told:
    """What the person is told about their own commitment. Asks no database beyond the month."""
    month, state = commitment.month, commitment.state
    form = reverse("commitments_form", args=[month.code])
    look, closed = pgettext("commitment", "Read"), month.state == MonthState.CLOSED
    if state in (CommitmentState.OWED, CommitmentState.RETURNED) and not closed:
        return _to_write(commitment, now, form)
    if state == CommitmentState.APPROVED and month.state == MonthState.REPORTING:
        return _to_report(commitment, now)
    word = str(commitment.get_state_display())
    if state == CommitmentState.ENDED:
        outcome = str(commitment.get_outcome_display())
        return Told(outcome or word, OUTCOME_SHAPES.get(commitment.outcome, "state-ended"), "", "", look, form)
    if state == CommitmentState.RELEASED:
        return Told(word, "state-ended", "", commitment.release_reason, look, form)
    advice = {
        CommitmentState.FILED: _("Until it is approved you may take it back and change it."),
        CommitmentState.APPROVED: _("Do what you promised. If something has to change, ask for an amendment."),
        CommitmentState.REPORTED: _("An efficiency supervisor verifies it now; you need do nothing."),
        CommitmentState.VERIFIED: _("The efficiency office decides now; you need do nothing."),
    }
    shape = "state-done" if state == CommitmentState.APPROVED else "state-soon"
    return Told(word, shape, "", advice.get(state, ""), look, form)


def until_told(moment: datetime.datetime, now: datetime.datetime) -> str:
    """12月7日（星期一）下午5:30，3天后: the day, and how far away it is."""
    said = in_words(moment, timezone.localdate(now))
    short = moment_in_short(moment)
    return short if said.endswith("日") else f"{short}，{said}"


def _to_write(commitment: Commitment, now: datetime.datetime, form: str) -> Told:
    late, until = now > commitment.month.files_until, until_told(commitment.month.files_until, now)
    returned = commitment.state == CommitmentState.RETURNED
    if returned:
        advice = _("Returned: %(remark)s Change it and file it again.") % {"remark": _sentence(commitment.remark)}
    elif late:
        advice = _("Filing is over. File it all the same: it is marked as late.")
    else:
        advice = _("Write what you promise for this month, and file it.")
    begun = bool(commitment.draft) and not returned
    word = _("written, not filed yet") if begun and not late else str(commitment.get_state_display())
    shape = "state-urgent" if late or returned else "state-soon"
    label = _("Go on writing") if begun or returned else _("Write it")
    return Told(
        _("overdue, not filed") if late and not returned else word, shape, until, advice, label, form, True, returned
    )


def _to_report(commitment: Commitment, now: datetime.datetime) -> Told:
    late = now > commitment.month.results_until
    advice = _("Say of every promise what became of it, and add what shows it.")
    if commitment.remark:
        advice = _("Sent back: %(remark)s Report it again.") % {"remark": _sentence(commitment.remark)}
    return Told(
        _("result overdue") if late else _("result to be reported"),
        "state-urgent" if late or commitment.remark else "state-soon",
        until_told(commitment.month.results_until, now),
        advice,
        _("Report the result"),
        reverse("commitments_result", args=[commitment.month.code]),
        True,
        bool(commitment.remark),
    )


def _sentence(text: str) -> str:
    return text if text[-1:] in "。！？.!?" else f"{text}。"
