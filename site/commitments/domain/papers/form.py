"""月承诺书: blank, to be written by hand, and as it stands in the record."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from commitments.domain.board import ShownAmendment, amendments_in_words
from commitments.enums import AmendmentState, CommitmentState, Outcome, Source
from commitments.models import Commitment, Month, Promise
from printing import Sheet
from suite.theme.dates import in_full
from suite.theme.office import current_office

# What fits on one sheet with room to write.
BLANK_ROWS = 4


@dataclass(frozen=True)
class Blank:
    """A form to be filled in by hand: one person's, or anybody's."""

    commitment: Commitment | None = None
    month: Month | None = None

    def __str__(self) -> str:
        return str(self.commitment or self.month or "")


@dataclass(frozen=True)
class Row:
    """One row on the form; all empty on a blank one."""

    number: int
    kind: str = ""
    work: str = ""
    measures: str = ""
    goal: str = ""
    due: str = ""
    result: tuple[str, ...] = ()
    amendments: tuple[ShownAmendment, ...] = field(default=())
    blank: bool = False


def blank_sheet(blank: Blank) -> Sheet:
    """月承诺书 with rows and signature lines, for villages without a network; keyed in later."""
    one, month = blank.commitment, blank.month
    title = f"{month}承诺书" if month else "月承诺书"
    return _sheet(
        kind="commitment-blank",
        title=title,
        heads=_heads(one, str(month or "")),
        rows=[Row(number, blank=True) for number in range(1, BLANK_ROWS + 1)],
        signatures=[(f"{who}（签名）", "") for who in ("承诺人", "分管领导意见", "效能监督员核实", "镇认定")],
        widths=(5, 20, 27, 20, 9, 19),
        notes=[
            "每行写一件重点工作；工作目标要写得出数量、能检查；完成时限在本月之内。不够写的，接着用一张。",
            "“完成情况”月底填写，并附佐证材料。本表由录入人录入系统后归档。",
        ],
        until=f"请于{in_full(month.files_until)}前交" if month else "",
        name=f"{title} {one.person.name}" if one else f"{title}（空白）",
    )


def form_sheet(one: Commitment) -> Sheet:
    """月承诺书 as it was filed: approval, amendments beside what was said before, results and how they were found."""
    title = f"{one.month}承诺书"
    return _sheet(
        kind="commitment-form",
        title=title,
        heads=_heads(one, str(one.month)),
        rows=[_row(row) for row in _rows(one)],
        signatures=[
            ("承诺人", _filed(one)),
            ("分管领导", _approved(one)),
            ("效能监督员", _verified(one)),
            ("镇认定", _decided(one)),
        ],
        widths=(5, 16, 25, 16, 9, 29),
        notes=[],
        until="",
        name=f"{title} {one.person.name}",
    )


def has_rows(one: Commitment) -> bool:
    """Whether there is anything on the form: a draft is not."""
    return one.promises.filter(missing=False).exists()


def _sheet(**parts: Any) -> Sheet:
    office = current_office()
    context = {name: parts[name] for name in ("title", "heads", "rows", "signatures", "notes", "until")}
    return Sheet(
        kind=parts["kind"],
        template="commitments/paper/form.html",
        style="commitments/form",
        context={**context, "widths": parts["widths"], "issuer": office.issuer},
        title=parts["title"],
        name=parts["name"],
    )


def _heads(one: Commitment | None, month: str) -> list[tuple[str, str]]:
    if one is None:
        return [("姓名", ""), ("单位", ""), ("岗位", ""), ("月份", month or "　　年　　月")]
    return [("姓名", one.person.name), ("单位", one.unit.name), ("岗位", one.posts), ("月份", month)]


def _rows(one: Commitment) -> list[Promise]:
    found = one.promises.filter(missing=False).select_related("kind", "verification__by__person")
    return list(found.prefetch_related("amendments").order_by("number"))


def _row(row: Promise) -> Row:
    accepted = [one for one in row.amendments.all() if one.state == AmendmentState.ACCEPTED]
    return Row(
        number=row.number,
        kind=row.kind.name if row.kind else "",
        work=row.work,
        measures=row.measures,
        goal=row.goal,
        due=f"{row.due.month}月{row.due.day}日",
        result=tuple(_result(row)),
        amendments=amendments_in_words(accepted),
    )


def _result(row: Promise) -> list[str]:
    """What the person reports, what the supervisor found, what the township decided, a line each."""
    said = []
    if row.claimed or row.result:
        said.append(f"本人：{_outcome(row.claimed)}　{row.result}".rstrip("　"))
    found = getattr(row, "verification", None)
    if found:
        agrees = "认可" if found.agrees else "不认可"
        said.append(f"核实：{found.get_way_display()}，{agrees}{'。' + found.remark if found.remark else ''}")
    if row.outcome:
        said.append(f"认定：{_outcome(row.outcome)}{'。' + row.outcome_remark if row.outcome_remark else ''}")
    return said


def _outcome(value: str) -> str:
    return str(Outcome(value).label) if value else ""


def _filed(one: Commitment) -> str:
    if not one.filed_at:
        return ""
    marks = [mark for mark, holds in (("迟交", one.late), ("纸质代录", one.source == Source.PAPER)) if holds]
    behind = f"（{'、'.join(marks)}）" if marks else ""
    return f"{one.person.name}　{in_full(one.filed_at)}提交{behind}"


def _approved(one: Commitment) -> str:
    if not one.approved_at:
        return "尚未批准" if one.filed_at else ""
    behalf = f"（代{one.approved_for.name}）" if one.approved_for else ""
    return f"{_name(one.approved_by)}{behalf}　{in_full(one.approved_at)}批准"


def _verified(one: Commitment) -> str:
    rows = one.promises.filter(verification__isnull=False).select_related("verification__by__person")
    found = [row.verification for row in rows]
    if not found:
        return ""
    names = "、".join(dict.fromkeys(_name(verification.by) for verification in found))
    return f"{names}　{in_full(max(verification.at for verification in found))}核实"


def _decided(one: Commitment) -> str:
    if one.state != CommitmentState.ENDED or not one.outcome:
        return ""
    return f"{_outcome(one.outcome)}　{in_full(timezone.localdate(one.ended_at)) if one.ended_at else ''}"


def _name(user: Any) -> str:
    person = getattr(user, "person", None)
    return person.name if person else (user.get_full_name() or user.get_username() if user else "")
