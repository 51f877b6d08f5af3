"""The kinds of paper that commitments come in, and who may have them. Only the board is everybody's."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments import permissions
from commitments.enums import PUBLIC
from commitments.models import Commitment, Month, ReportMeeting
from printing import Printable

from . import board as boards
from .papers.analysis import analysis_sheet
from .papers.board import SIZES, board_sheet
from .papers.form import Blank, blank_sheet, form_sheet, has_rows
from .papers.meeting import meeting_sheet, nobody_drawn
from .responsibility import is_own

EMPTY = "empty"


def user_can_print_blank(user: Any, blank: Blank) -> bool:
    """Whoever files or keys in takes an empty one; one with a name is for its person and for those who key it in."""
    if user is None or not user.is_authenticated:
        return False
    if permissions.user_can_key_in(user) or permissions.user_can_run(user):
        return True
    return is_own(user, blank.commitment) if blank.commitment else permissions.user_can_file(user)


def user_can_print_form(user: Any, one: Commitment) -> bool:
    """The person, whoever sees the register, and the supervisor once it is public."""
    if user is None or not user.is_authenticated:
        return False
    if is_own(user, one) or permissions.user_can_see_register(user):
        return True
    return one.state in PUBLIC and permissions.user_can_verify(user)


def commitment_papers() -> list[Printable]:
    """Blank form, filled form, board, meeting sheet, month analysis."""
    return [
        Printable(
            kind="commitment-board",
            label=gettext_lazy("board of commitments"),
            model=None,
            document=board_sheet,
            find=boards.board_by_key,
            keys=boards.board_keys,
            user_can_print=lambda user, found: True,
            sizes=SIZES,
            refusal=_nothing_public,
        ),
        Printable(
            kind="commitment-blank",
            label=gettext_lazy("commitment to fill in by hand"),
            model=None,
            document=blank_sheet,
            find=_find_blank,
            keys=lambda: [EMPTY],
            user_can_print=user_can_print_blank,
            traced=False,
        ),
        Printable(
            kind="commitment-form",
            label=gettext_lazy("commitment as filed"),
            model=Commitment,
            document=form_sheet,
            find=_find_commitment,
            keys=_form_keys,
            user_can_print=user_can_print_form,
            traced=False,
            refusal=lambda one: "" if has_rows(one) else _not_filed(),
        ),
        Printable(
            kind="commitment-meeting",
            label=gettext_lazy("sheet of the report meeting"),
            model=ReportMeeting,
            document=meeting_sheet,
            find=_find_meeting,
            keys=lambda: map(str, ReportMeeting.objects.order_by("pk").values_list("pk", flat=True)),
            user_can_print=lambda user, found: _sees_register(user),
            traced=False,
            refusal=lambda meeting: _not_drawn() if nobody_drawn(meeting) else "",
        ),
        Printable(
            kind="commitment-analysis",
            label=gettext_lazy("month analysis"),
            model=None,
            document=analysis_sheet,
            find=boards.month_by_code,
            keys=lambda: (month.code for month in Month.objects.order_by("-first")),
            user_can_print=lambda user, found: _sees_register(user),
            traced=False,
        ),
    ]


def _sees_register(user: Any) -> bool:
    return user is not None and permissions.user_can_see_register(user)


def _nothing_public(found: boards.Board) -> str:
    if found.commitments:
        return ""
    return _("Nothing hangs on this board yet: commitments appear once the leader in charge has approved them.")


def _not_filed() -> str:
    return _("Nothing has been filed yet. File it first, or print the form to fill in by hand.")


def _not_drawn() -> str:
    return _("Nobody has been drawn to report yet. The sheet is printed after the draw.")


def _number(key: str) -> int:
    """The key as a number that the database takes; 0, which no record has, for anything else."""
    return int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else 0  # noqa: PLR2004 - SQLite's


def _find_blank(key: str) -> Blank | None:
    """`empty`, a month's (2026-11), or one person's by the key of the commitment."""
    if key == EMPTY:
        return Blank()
    if month := boards.month_by_code(key):
        return Blank(month=month)
    one = _find_commitment(key)
    return Blank(one, one.month) if one else None


def _find_commitment(key: str) -> Commitment | None:
    related = ("month", "unit", "person", "approved_by__person", "approved_for")
    return Commitment.objects.filter(pk=_number(key)).select_related(*related).first()


def _find_meeting(key: str) -> ReportMeeting | None:
    return ReportMeeting.objects.filter(pk=_number(key)).select_related("month", "chair").first()


def _form_keys() -> Iterator[str]:
    found = Commitment.objects.filter(promises__missing=False).order_by("-pk").distinct()
    return map(str, found.values_list("pk", flat=True))
