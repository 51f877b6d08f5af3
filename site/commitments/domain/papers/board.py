"""承诺公示: the board of one unit, on A3 or A4 across, read standing in front of it."""

import datetime

from django.urls import reverse
from django.utils import timezone

from commitments.domain.board import Board, ShownCommitment
from commitments.enums import MonthState
from printing import Sheet
from printing.domain.titles import break_title
from suite.theme.dates import in_full
from suite.theme.office import current_office, outside_address

SIZES = ("a3", "a4")
# Characters of the title that fit across.
_TITLE_LINE = {"a3": 38.0, "a4": 30.0}


def board_sheet(board: Board, size: str = "a3") -> Sheet:
    """Everybody's promises with their amendments, and results once they are decided; room to see what is missing."""
    office = current_office()
    title = f"{board.unit.name}{board.month}承诺公示"
    return Sheet(
        kind="commitment-board",
        template="commitments/paper/board.html",
        style=f"commitments/board commitments/board-{size}",
        context={
            "size": size,
            "title_lines": break_title(title, _TITLE_LINE[size]),
            "issuer": office.issuer,
            "summary": summary(board),
            "people": [(one, about(one)) for one in board.commitments],
            "with_results": board.decided,
            "unit": board.unit.name,
            "phone": board.unit.phone or office.hall_phone,
            "supervision_phone": office.supervision_phone,
        },
        title=title,
        issued=board.month.first,
        address=outside_address(reverse("commitments_board", args=[board.month.code, board.unit.pk])),
        name=f"{title} {size.upper()}",
    )


def summary(board: Board) -> str:
    """应填报12人，按时11人，迟交1人；…, as far as the month has come."""
    counts, closed = board.counts, board.month.state == MonthState.CLOSED
    said = [f"应填报{counts.owed}人", f"按时{counts.in_time}人"]
    if counts.late:
        said.append(f"迟交{counts.late}人")
    if counts.not_filed:
        said.append(f"{'未提交' if closed else '尚未提交'}{counts.not_filed}人")
    if counts.released:
        said.append(f"免填{counts.released}人")
    text = "，".join(said)
    if counts.decided:
        results = f"已完成{counts.fulfilled}人，部分完成{counts.partly}人，未完成{counts.failed}人"
        text += f"；已认定{counts.decided}人：{results}"
    return f"{text}。"


def about(one: ShownCommitment) -> str:
    """When it was filed, who approved it, for whom."""
    if one.missed:
        return "未提交月承诺"
    said = []
    if one.filed_on:
        marks = [mark for mark, holds in (("迟交", one.late), ("纸质代录", one.on_paper)) if holds]
        said.append(f"{short(one.filed_on)}提交{'（' + '、'.join(marks) + '）' if marks else ''}")
    if one.approved_on:
        behalf = f"（代{one.approved_for}）" if one.approved_for else ""
        said.append(f"{short(one.approved_on)}{one.approved_by or '分管领导'}{behalf}批准")
    return "　".join(said)


def short(day: datetime.date | None) -> str:
    """11月20日."""
    return f"{day.month}月{day.day}日" if day else ""


def as_of() -> str:
    """今天 in full, for sheets that say what they were made of."""
    return in_full(timezone.localdate())
