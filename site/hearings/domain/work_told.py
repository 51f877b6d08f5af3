"""The facts of a hearing in sentences, for the office's work page: each function answers for one step."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearings.enums import CorrectionState, HearingState, MeasureState, ProblemState, SeatState, Way
from hearings.models import CircularPage, Hearing, HearingNoticePage, HearingPage, Measure, MinutesPage
from organisation.models import Unit
from suite.draw.domain import draws_of
from suite.draw.enums import OPEN
from suite.theme.dates import in_full, in_list

from .draws import DRAW_KIND, draw_that_counts
from .minutes_checks import correction_time, missing_for_minutes, takes_corrections
from .notice_period import current_notice, days_given, days_needed, missing_notice, why_earliest
from .outcome import missing_feedback, without_measure
from .planning import require_plan
from .seats import invited_taken, shares

__all__ = ["takes_corrections"]


def plan(hearing: Hearing, planning: bool) -> list[str]:
    """Topics, day, place, seats, officers; while it is planned, the earliest possible day and why."""
    topics = "；".join(map(str, hearing.topics.order_by("pk"))) or "—"
    lines = [_("Topics: %(topics)s") % {"topics": topics}]
    if hearing.starts_at:
        lines.append(
            _("Begins %(at)s, %(place)s; sign-up until %(until)s")
            % {
                "at": in_list(hearing.starts_at),
                "place": hearing.place or "—",
                "until": in_list(hearing.sign_up_until) or "—",
            }
        )
    quotas = [f"{quota.village}{quota.seats}" for quota in hearing.quotas.select_related("village")]
    if hearing.invited_seats:
        quotas.append(_("invited %(count)s") % {"count": hearing.invited_seats})
    if quotas:
        lines.append(_("Seats: %(seats)s") % {"seats": "、".join(quotas)})
    if officers := [str(officer) for officer in hearing.officers.select_related("person")]:
        lines.append(_("Officers: %(officers)s") % {"officers": "、".join(officers)})
    if planning and hearing.starts_at:
        lines.append(why_earliest(timezone.localdate()))
    return lines


def missing_plan(hearing: Hearing) -> list[str]:
    """What is wanting before the hearing can be planned."""
    if hearing.state not in (HearingState.COLLECTING, HearingState.POSTPONED):
        return []
    try:
        require_plan(hearing)
    except ValidationError as refusal:
        return list(dict.fromkeys(refusal.messages))
    return []


def notice_page(hearing: Hearing) -> HearingNoticePage | None:
    return HearingNoticePage.objects.filter(hearing=hearing).order_by("-live", "pk").first()


def minutes_page(hearing: Hearing) -> MinutesPage | None:
    return MinutesPage.objects.filter(hearing=hearing).order_by("-live", "pk").first()


def circular_page(hearing: Hearing) -> CircularPage | None:
    return CircularPage.objects.filter(hearing=hearing).order_by("-live", "pk").first()


def page_state(page: HearingPage) -> str:
    return _("Page “%(title)s”: %(state)s") % {"title": page.title, "state": page.status_string}


def notice(hearing: Hearing) -> list[str]:
    """Where the notice is out, how many days it has been, who has not hung it yet."""
    lines = [page_state(page)] if (page := notice_page(hearing)) else []
    now = current_notice(hearing)
    if now is None:
        return lines
    if now.page_at:
        lines.append(_("On the site since %(at)s") % {"at": in_list(now.page_at)})
    postings = list(now.postings.select_related("village"))
    for posting in postings:
        where = f"{posting.village or ''}{posting.place}"
        told = {
            "kind": posting.get_kind_display(),
            "where": where,
            "at": in_list(posting.posted_at),
            "who": posting.signed_by,
        }
        lines.append(_("%(kind)s: %(where)s, %(at)s, signed by %(who)s") % told)
    if villages := not_posted(hearing, {posting.village_id for posting in postings}):
        lines.append(_("No posting from: %(villages)s") % {"villages": "、".join(map(str, villages))})
    given = days_given(hearing)
    if given is not None:
        lines.append(
            _("Whole days of notice: %(given)s, needed: %(needed)s") % {"given": given, "needed": days_needed(now)}
        )
    return lines


def not_posted(hearing: Hearing, posted: set[int | None]) -> list[Unit]:
    """The villages with seats from which no posting of the notice in force is recorded."""
    return [quota.village for quota in hearing.quotas.select_related("village") if quota.village_id not in posted]


def missing_to_notify(hearing: Hearing) -> list[str]:
    """What is wanting to the notice, and how long there is left for it."""
    missing = missing_notice(hearing)
    lines = [missing] if missing else []
    now = current_notice(hearing)
    if missing and now and hearing.starts_at:
        last = timezone.localdate(hearing.starts_at) - datetime.timedelta(days=days_needed(now) + 1)
        left = (last - timezone.localdate()).days
        if left >= 0:
            lines.append(
                ngettext(
                    "Page and paper have to be out by %(day)s: %(count)s day left.",
                    "Page and paper have to be out by %(day)s: %(count)s days left.",
                    left,
                )
                % {"day": in_full(last), "count": left}
            )
    return lines


def people(hearing: Hearing) -> list[str]:
    """Village by village: seats, volunteers, waiting; then the invited ones."""
    lines = []
    for share in shares(hearing):
        told = {"village": share.village, "seats": share.seats, "applied": len(share.applied)}
        if share.seated or share.waiting:
            told |= {"seated": len(share.seated), "waiting": len(share.waiting)}
            lines.append(_("%(village)s: %(seats)s seats, %(seated)s representatives, %(waiting)s waiting") % told)
        else:
            lines.append(_("%(village)s: %(seats)s seats, %(applied)s signed up") % told)
    if hearing.invited_seats:
        invited = hearing.representatives.filter(way=Way.INVITED)
        told = {
            "seats": hearing.invited_seats,
            "taken": invited_taken(hearing),
            "yes": invited.filter(state=SeatState.SEATED).count(),
        }
        lines.append(_("Invited: %(seats)s seats, %(taken)s asked, %(yes)s confirmed") % told)
    return lines


def missing_to_fix(hearing: Hearing) -> tuple[list[str], bool]:
    """What is wanting before representatives can be fixed, and whether a draw has to be held."""
    missing = [problem] if (problem := missing_notice(hearing)) else []
    if hearing.sign_up_until and hearing.sign_up_until > timezone.now():
        missing.append(_("Sign-up is open until %(until)s.") % {"until": in_list(hearing.sign_up_until)})
        return missing, False
    crowded = [str(share.village) for share in shares(hearing) if share.needs_draw]
    if crowded and draw_that_counts(hearing) is None:
        missing.append(
            _("More volunteers than seats: %(villages)s. A public draw decides.") % {"villages": "、".join(crowded)}
        )
        return missing, True
    unanswered = hearing.representatives.filter(state=SeatState.INVITED).count()
    if unanswered:
        missing.append(
            ngettext(
                "%(count)s invited person has not answered.", "%(count)s invited people have not answered.", unanswered
            )
            % {"count": unanswered}
        )
    return missing, False


@dataclass(frozen=True)
class DrawDoor:
    """The last draw of a hearing; ``closed`` where it is drawn or void."""

    pk: int
    closed: bool


def draw_of(hearing: Hearing) -> DrawDoor | None:
    draw = draws_of(DRAW_KIND, hearing.pk).last()
    return DrawDoor(draw.pk, draw.state not in OPEN) if draw else None


def session(hearing: Hearing) -> list[str]:
    lines = [_("Begins %(at)s, %(place)s") % {"at": in_list(hearing.starts_at), "place": hearing.place}]
    if hearing.begun_at:
        lines.append(_("Opened %(at)s") % {"at": in_list(hearing.begun_at)})
        states = list(hearing.problems.values_list("state", flat=True))
        told = {
            "all": len(states),
            "agreed": states.count(ProblemState.AGREED),
            "studied": states.count(ProblemState.STUDIED),
        }
        lines.append(_("%(all)s problems, %(agreed)s with a conclusion, %(studied)s for study") % told)
    return lines


def was_sent(hearing: Hearing) -> bool:
    return correction_time(hearing) is not None


def minutes(hearing: Hearing) -> list[str]:
    lines = [page_state(page)] if (page := minutes_page(hearing)) else []
    clock = correction_time(hearing)
    if clock and clock.due:
        lines.append(_("Sent for correction, until %(day)s") % {"day": in_full(clock.due)})
    for correction in hearing.corrections.filter(state=CorrectionState.OPEN):
        lines.append(_("Correction wanted: %(text)s") % {"text": correction.text})
    return lines


def missing_minutes(hearing: Hearing) -> list[str]:
    if minutes_page(hearing) is None:
        return [_("Draft the minutes from the record.")]
    missing = missing_for_minutes(hearing)
    return missing or [_("Hand the page in: once it is checked and approved, the minutes are published.")]


def measures(hearing: Hearing) -> tuple[list[str], list[str]]:
    """How many measures there are, and which problems have none."""
    rows = list(Measure.objects.filter(problem__hearing=hearing))
    if not rows:
        return [], _without(hearing)
    told = {
        "all": len(rows),
        "done": sum(row.state == MeasureState.DONE for row in rows),
        "explained": sum(row.state == MeasureState.EXPLAINED for row in rows),
    }
    return [_("%(all)s measures, %(done)s carried out, %(explained)s explained") % told], _without(hearing)


def _without(hearing: Hearing) -> list[str]:
    wanting = [problem for problem in without_measure(hearing) if problem.state != ProblemState.STUDIED]
    return [_("No measure yet: %(problem)s") % {"problem": problem} for problem in wanting]


def feedback(hearing: Hearing) -> tuple[list[str], list[str]]:
    """What was given out; what is still open, late first."""
    lines = [str(row) for row in hearing.feedback.all()]
    missing, today = [], timezone.localdate()
    rows = Measure.objects.filter(problem__hearing=hearing, state=MeasureState.OPEN).select_related("unit")
    for row in rows.order_by("due", "pk"):
        told = {"measure": row, "unit": row.unit, "due": in_full(row.due)}
        if row.due and row.due < today:
            missing.append(_("Overdue since %(due)s: %(measure)s (%(unit)s)") % told)
        else:
            missing.append(_("Open until %(due)s: %(measure)s (%(unit)s)") % told)
    return lines, [*missing, *(_("Not recorded yet: %(what)s") % {"what": what} for what in missing_feedback(hearing))]
