"""承诺公示: the board of one unit, on A3 or A4 across, read standing in front of it."""

import datetime
import math

from django.urls import reverse

from commitments.domain.board import Board, ShownCommitment
from commitments.enums import MonthState
from printing import Sheet
from printing.domain.titles import break_title, width
from suite.theme.office import current_office, outside_address

SIZES = ("a3", "a4")
# Type sizes in pt: the largest at which the board fits one sheet, else the last; read from a metre, or from the hand.
POINTS = {"a3": (20.0, 17.0, 15.0, 13.0), "a4": (14.0, 12.0, 10.5)}
# Width of the text, and what is left for the table under the title, in mm.
_ROOM = {"a3": (384.0, 215.0), "a4": (269.0, 138.0)}
_MM = 25.4 / 72
# Shares of the width: work, measures, goal, result (stylesheets/board.css).
_COLUMNS = (0.20, 0.445, 0.22)
_WITH_RESULTS = (0.20, 0.245, 0.22, 0.20)
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
            "points": points(board, size),
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


def points(board: Board, size: str) -> float:
    """The type size for this board on that paper."""
    for one in POINTS[size]:
        if _height(board, size, one) <= _ROOM[size][1]:
            break
    return one


def _height(board: Board, size: str, one: float) -> float:
    """About how high the table is in mm, set in so many points."""
    letter = one * _MM
    shares = _WITH_RESULTS if board.decided else _COLUMNS
    rooms = [max(1.0, (share * _ROOM[size][0] - 3) / letter) for share in shares]
    lines, rows = 1.0, 1
    for person in board.commitments:
        lines, rows = lines + 1, rows + 1
        for row in person.promises:
            texts = (f"{row.work}{row.kind}", row.measures, row.goal, f"{row.outcome_label}{row.result}")
            lines += max(_lines(text, room) for text, room in zip(texts, rooms, strict=False))
            rows += 1 + len(row.amendments)
            lines += sum(0.85 * (1 + len(amendment.changes)) for amendment in row.amendments)
    return lines * 1.5 * letter + rows * 2


def _lines(text: str, room: float) -> int:
    return sum(math.ceil((width(line) + 0.5) / room) for line in text.split("\n"))


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
