"""The draw of a report meeting: who takes part, under which rules, and what it came to. `suite.draw` draws.

The subject is the month, not the meeting: a meeting that is cancelled and planned anew gets a second draw only with a
reason, and both stay public.
"""

from __future__ import annotations

from collections import Counter

from commitments.enums import HANDED_IN, MeetingState
from commitments.models import Commitment, MeetingReport, Month, ReportMeeting
from organisation.models import Unit
from suite.draw.domain import draws_of
from suite.draw.enums import OPEN
from suite.draw.listing import Candidate, Rules
from suite.draw.models import Draw

# What suite.draw calls the meeting; the key is the month ("2026-11"), that of a candidate the commitment's.
DRAW_KIND = "commitments.meeting"
# Their draws stand: they were held, or are going to be.
_COUNTING = (MeetingState.DRAWN, MeetingState.HELD)


def meeting_of(month: Month) -> ReportMeeting | None:
    """The month's meeting that is not cancelled."""
    return ReportMeeting.objects.filter(month=month).exclude(state=MeetingState.CANCELLED).first()


def meeting_drawn_for(draw: Draw) -> ReportMeeting | None:
    """The meeting a draw of kind DRAW_KIND belongs to now; None where it was cancelled and no other is planned."""
    month = Month.objects.filter(first=f"{draw.subject_key}-01").first()
    return meeting_of(month) if month else None


def draw_under_way(month: Month) -> Draw | None:
    """The draw of the month's meeting that is neither drawn nor void."""
    return draws_of(DRAW_KIND, month.code).filter(state__in=OPEN).first()


def public_draw_of(month: Month) -> Draw | None:
    """The last draw of the month's meeting that everybody may see; None before its list is published."""
    return Draw.objects.of(DRAW_KIND, month.code).public().last()


def candidates_of(meeting: ReportMeeting) -> tuple[list[Candidate], Rules]:
    """Everybody who has handed in a commitment by now, and the rules: at least one of each unit, and who was drawn in
    one of the last ``meeting.rest`` meetings after everybody else. ([], …) where nobody has."""
    handed_in = Commitment.objects.filter(month=meeting.month, state__in=HANDED_IN).select_related(
        "person", "unit__parent"
    )
    rows = list(handed_in)
    called = _labels({row.unit for row in rows})
    drawn_before = _drawn_before(meeting)
    people = [
        Candidate(str(row.pk), row.person.name, called[row.unit_id], drawn_before.get(row.person_id, 0)) for row in rows
    ]
    return people, Rules.one_each(people, max(meeting.seats, len(called)), meeting.rest)


def _drawn_before(meeting: ReportMeeting) -> dict[int, int]:
    """Person -> how many meetings ago they were drawn last; of the last `rest` months that had a draw."""
    earlier = ReportMeeting.objects.filter(state__in=_COUNTING, month__first__lt=meeting.month.first)
    ago = {
        pk: number
        for number, pk in enumerate(earlier.order_by("-month__first").values_list("pk", flat=True)[: meeting.rest], 1)
    }
    found: dict[int, int] = {}
    for person, number in MeetingReport.objects.filter(meeting__in=ago).values_list("commitment__person", "meeting"):
        found[person] = min(ago[number], found.get(person, ago[number]))
    return found


def _labels(units: set[Unit]) -> dict[int, str]:
    """Unit -> what it is called on the list; units of the same short name by their long ones, with what is above."""
    short = Counter(unit.label for unit in units)
    long = Counter(unit.name for unit in units)
    called = {}
    for unit in units:
        if short[unit.label] == 1:
            called[unit.pk] = unit.label
        elif long[unit.name] == 1 or unit.parent is None:
            called[unit.pk] = unit.name
        else:
            called[unit.pk] = f"{unit.parent.label}{unit.name}"
    return called
