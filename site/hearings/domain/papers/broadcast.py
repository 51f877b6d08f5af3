"""广播稿: the notice of a hearing as it is read over the village's loudspeakers, in a minute at most (issue 5)."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from hearings.models import Hearing, HearingNoticePage
from printing import Sheet
from printing.domain.titles import break_title
from suite.theme.office import current_office

from .facts import phone_of, points, standing
from .notice import announced
from .speech import moment_in_words, one_by_one, seconds

LONGEST = 60
_TITLE_CHARACTERS = 18


@dataclass(frozen=True)
class Line:
    """One paragraph of the script. ``rank``: what is left out first has the highest; 0 is never left out."""

    text: str
    rank: int = 0


@dataclass(frozen=True)
class Script:
    """What is read, how long it takes, and what had to be left out; ``warning``: what to shorten, '' if it fits."""

    lines: tuple[str, ...]
    seconds: int
    left_out: int
    warning: str = ""


def broadcast_script(hearing: Hearing) -> Script:
    """The script: day, time, place and topics always, and of the rest as much as fits in LONGEST seconds.

    Raises PrintingUnavailable while day and place are not fixed.
    """
    lines = _lines(announced(hearing))
    kept = list(lines)
    for line in sorted((line for line in lines if line.rank), key=lambda line: -line.rank):
        if _length(kept) <= LONGEST:
            break
        kept.remove(line)
    took = _length(kept)
    return Script(tuple(line.text for line in kept), took, len(lines) - len(kept), _warning(took))


def broadcast_sheet(page: HearingNoticePage) -> Sheet:
    """The script on one sheet, large, a line for each breath; how long it takes stands under the title."""
    hearing = page.hearing
    script = broadcast_script(hearing)
    title = f"{hearing.title}广播稿"
    return Sheet(
        kind="hearing-broadcast",
        template="hearings/paper/broadcast.html",
        style="hearings/broadcast",
        context={
            "title_lines": break_title(title, _TITLE_CHARACTERS),
            "script": script,
            "issuer": current_office().issuer,
            "issued": _day(page),
        },
        title=title,
        issued=_day(page),
        **standing(page),
    )


def _lines(hearing: Hearing) -> list[Line]:
    assert hearing.starts_at is not None  # noqa: S101 - announced
    office, topics = current_office(), points(hearing)
    counted = [f"第{number}，{title}。" for number, title in zip("一二三四五六七八九十", topics, strict=False)]
    if len(topics) > len(counted):
        counted = [f"{title}。" for title in topics]
    if len(topics) == 1:
        counted = [f"{topics[0]}。"]
    lines = [
        Line("各位村民，请注意。现在广播一条通知。", 4),
        Line(f"{office.issuer}要开听证会，听大家的意见。"),
        Line(f"时间：{moment_in_words(hearing.starts_at)}。"),
        Line(f"地点：{hearing.place}。"),
    ]
    if counted:
        lines.append(Line("这次听证的事情是：" + "".join(counted)))
    if hearing.sign_up_until and hearing.sign_up_until > timezone.now():
        lines.append(Line(f"想当听证代表的，{moment_in_words(hearing.sign_up_until)}以前报名。", 1))
        lines.append(Line("报名找本村驻村干部，也可以看公告栏。", 3))
    if phone := phone_of(hearing):
        lines.append(Line(f"不清楚的，打电话{one_by_one(phone)}。", 2))
    lines.append(Line("广播完了，谢谢大家。", 5))
    return lines


def _length(lines: list[Line]) -> int:
    return seconds("".join(line.text for line in lines))


def _warning(took: int) -> str:
    if took <= LONGEST:
        return ""
    return _(
        "Read aloud, the script takes about %(seconds)d seconds, more than %(most)d. Everything that may be left out "
        "is left out already: shorten the titles of the topics or the name of the meeting place."
    ) % {"seconds": took, "most": LONGEST}


def _day(page: HearingNoticePage) -> date | None:
    return timezone.localdate(page.first_published_at) if page.first_published_at else None
