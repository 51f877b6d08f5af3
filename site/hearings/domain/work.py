"""The way of a hearing, step by step: what is done, what is next, what is missing and why (requirement H).

Read for the efficiency office's work page. Nothing here changes anything; what may be done the lifecycle decides.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from hearings.enums import BEFORE_THE_SESSION, HearingState
from hearings.models import Hearing

from . import work_told as told

# The state a hearing is in while its step is the one to do; a postponed one is planned anew.
_AT = {
    HearingState.COLLECTING: 0,
    HearingState.POSTPONED: 0,
    HearingState.PLANNED: 1,
    HearingState.NOTIFIED: 2,
    HearingState.FIXED: 3,
    HearingState.HELD: 4,
    HearingState.PUBLISHED: 5,
    HearingState.FOLLOWING: 6,
    HearingState.CLOSED: 7,
    HearingState.CANCELLED: 0,
}
DONE, NOW, LATER = "done", "now", "later"


@dataclass(frozen=True)
class Step:
    """``told`` are facts, ``missing`` what has to be done and why; ``doors`` name actions, the first one primary."""

    key: str
    title: str
    state: str
    told: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    doors: list[str] = field(default_factory=list)


def steps(hearing: Hearing) -> list[Step]:
    """The seven steps in their order."""
    at = _AT[HearingState(hearing.state)]
    off = hearing.state == HearingState.CANCELLED
    found = []
    for number, (key, title, describe) in enumerate(_steps()):
        state = LATER if off or number > at else DONE if number < at else NOW
        facts, missing, doors = describe(hearing, state)
        found.append(Step(key, title, state, facts, missing if state == NOW else [], [] if off else doors))
    return found


def next_title(hearing: Hearing) -> str:
    """The step to do now, in words; '' where nothing is left to do. Asks nothing of the database."""
    at = _AT[HearingState(hearing.state)]
    titles = [title for _key, title, _describe in _steps()]
    return titles[at] if at < len(titles) and hearing.state != HearingState.CANCELLED else ""


Described = tuple[list[str], list[str], list[str]]


def _steps() -> list[tuple[str, str, Callable[[Hearing, str], Described]]]:
    return [
        ("plan", _("Topics and plan"), _plan),
        ("notice", _("Notice: page and paper"), _notice),
        ("people", _("Representatives"), _people),
        ("session", _("Session"), _session),
        ("minutes", _("Minutes"), _minutes),
        ("measures", _("Measures"), _measures),
        ("feedback", _("Carrying out and telling people"), _feedback),
    ]


def _plan(hearing: Hearing, state: str) -> Described:
    missing = told.missing_plan(hearing)
    changeable = hearing.begun_at is None and hearing.state in (
        HearingState.COLLECTING,
        HearingState.POSTPONED,
        *BEFORE_THE_SESSION,
    )
    doors = ["arrange"] if changeable else []
    if state == NOW:
        doors = ["arrange", "cancel"] if missing else ["plan", "arrange", "cancel"]
    elif changeable:
        doors += ["postpone", "cancel"]
    return told.plan(hearing, state == NOW), missing, doors


def _notice(hearing: Hearing, state: str) -> Described:
    if state == LATER:
        return [], [], []
    missing = told.missing_to_notify(hearing) if state == NOW else []
    coming = hearing.state in BEFORE_THE_SESSION and hearing.begun_at is None
    doors = ["open_notice_page"] if told.notice_page(hearing) else ["notice_page"] if coming else []
    if coming:
        doors.append("posting")
    return told.notice(hearing), missing, doors


def _people(hearing: Hearing, state: str) -> Described:
    doors = ["key_in", "invite"] if hearing.state in BEFORE_THE_SESSION and hearing.begun_at is None else []
    if state == DONE:
        return told.people(hearing), [], ["representatives"]
    if state == LATER:
        return [], [], doors[1:]
    missing, needs_draw = told.missing_to_fix(hearing)
    if draw := told.draw_of(hearing):
        doors.insert(0, "open_draw")
        needs_draw = needs_draw and draw.closed
    if needs_draw:
        doors.insert(0, "draw")
    doors.insert(len(doors) if missing else 0, "fix")
    return told.people(hearing), missing, [*doors, "representatives"]


def _session(hearing: Hearing, state: str) -> Described:
    if state == LATER:
        return [], [], []
    return told.session(hearing), [], ["session"]


def _minutes(hearing: Hearing, state: str) -> Described:
    if state == LATER:
        return [], [], []
    page = told.minutes_page(hearing)
    doors = ["open_minutes_page"] if page else []
    if state == DONE:
        return told.minutes(hearing), [], doors
    waiting = hearing.corrections.filter(state="open").exists()
    if not page:
        return [], told.missing_minutes(hearing), ["minutes"]
    if not told.was_sent(hearing):
        doors.insert(0, "send")
    elif told.takes_corrections(hearing):
        doors.append("correct")
    if waiting:
        doors.insert(0, "settle")
    return told.minutes(hearing), told.missing_minutes(hearing), doors


def _measures(hearing: Hearing, state: str) -> Described:
    facts, missing = told.measures(hearing) if state != LATER or hearing.held_at else ([], [])
    doors = ["measure"] if hearing.held_at and hearing.state != HearingState.CLOSED else []
    if state == NOW:
        doors = ["measure", "follow_up"] if missing else ["follow_up", "measure"]
    return facts, missing, [*doors, *(["measures"] if hearing.held_at else [])]


def _feedback(hearing: Hearing, state: str) -> Described:
    if state == LATER and hearing.state not in (HearingState.PUBLISHED, HearingState.CLOSED):
        return [], [], []
    facts, missing = told.feedback(hearing)
    doors = [] if hearing.state == HearingState.CLOSED else ["feedback"]
    doors.append("open_circular_page" if told.circular_page(hearing) else "circular")
    if state == NOW:
        doors.insert(len(doors) if missing else 0, "close")
    return facts, missing, doors if hearing.state != HearingState.CLOSED else doors[-1:]
