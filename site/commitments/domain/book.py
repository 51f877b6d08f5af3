"""A month as a workbook: commitments, promises with their outcomes, the analysis. For those who see the register."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.enums import AmendmentState, Outcome
from commitments.models import Commitment, Month, Promise
from suite.theme.dates import in_list

from .analysis import analysis
from .analysis_shown import sheets


def month_book(month: Month) -> list[tuple[str, list[str], list[list[Any]]]]:
    """The sheets for `suite.registers.sheets.write_book`, which sees to it that no cell becomes a formula."""
    return [_commitments(month), _promises(month), *sheets(analysis(month))]


def _commitments(month: Month) -> tuple[str, list[str], list[list[Any]]]:
    heads = [
        *(_("unit"), _("person"), _("posts"), pgettext("commitment", "state"), _("filed at")),
        *(pgettext("commitment", "late"), _("written"), _("approved at"), _("approved by"), _("approved on behalf of")),
        *(_("outcome"), _("decided at"), _("why it need not be filed")),
    ]
    rows = (
        Commitment.objects.filter(month=month)
        .select_related("unit", "person", "approved_by__person", "approved_for")
        .defer("draft")
        .order_by("unit__order", "unit_id", "person__sort_key", "pk")
    )
    body = [
        [
            *(one.unit.name, one.person.name, one.posts, one.get_state_display(), in_list(one.filed_at)),
            *(_yes(one.late), one.get_source_display(), in_list(one.approved_at), _account(one.approved_by)),
            *(one.approved_for.name if one.approved_for else "", one.get_outcome_display() if one.outcome else ""),
            *(in_list(one.ended_at), one.release_reason),
        ]
        for one in rows
    ]
    return _("commitments"), heads, body


def _promises(month: Month) -> tuple[str, list[str], list[list[Any]]]:
    heads = [
        *(_("unit"), _("person"), _("number"), _("kind of work"), _("key work")),
        *(pgettext("commitment", "measures"), _("goal"), _("to be reached by"), _("amendments")),
        *(_("outcome as reported"), pgettext("promise", "result"), _("how it was verified")),
        *(_("agrees with the reported outcome"), _("what was found"), _("outcome"), _("remark of the township")),
    ]
    rows = (
        Promise.objects.filter(commitment__month=month, missing=False)
        .select_related("kind", "commitment__unit", "commitment__person", "verification")
        .prefetch_related("amendments")
        .order_by(
            "commitment__unit__order", "commitment__unit_id", "commitment__person__sort_key", "commitment", "number"
        )
    )
    return _("promises"), heads, [_promise(row) for row in rows]


def _promise(row: Promise) -> list[Any]:
    found = getattr(row, "verification", None)
    changes = [one.reason for one in row.amendments.all() if one.state == AmendmentState.ACCEPTED]
    return [
        *(row.commitment.unit.name, row.commitment.person.name, row.number, row.kind.name if row.kind else ""),
        *(row.work, row.measures, row.goal, row.due, "；".join(changes), _outcome(row.claimed), row.result),
        *((found.get_way_display(), _("yes") if found.agrees else _("no"), found.remark) if found else ("", "", "")),
        *(_outcome(row.outcome), row.outcome_remark),
    ]


def _outcome(value: str) -> str:
    return str(Outcome(value).label) if value else ""


def _account(user: Any) -> str:
    person = getattr(user, "person", None) if user else None
    return person.name if person else (user.get_username() if user else "")


def _yes(value: bool) -> str:
    return _("yes") if value else ""
