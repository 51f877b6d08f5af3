"""The share of cadres with skills as chart, table and workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from suite.theme.bars import Bar, BarChart, Part
from suite.theme.dates import in_list
from training.domain.leaders import cadres_seen, people_seen
from training.models import PersonSkill

from .share import Share, shares

Sheets = list[tuple[str, list[str], list[list[Any]]]]


def shares_seen(user: Any) -> tuple[Share, list[Share]]:
    """All of them together, and unit by unit."""
    return shares(cadres_seen(user))


def chart(units: Sequence[Share]) -> BarChart:
    """A bar for each unit: cadres with two skills or more, with one, with none."""
    two, one, none = _("two or more"), _("one skill"), _("no skill yet")
    bars = [
        Bar(each.unit, [Part(two, each.more, "done"), Part(one, each.one, "soon"), Part(none, len(each.none), "quiet")])
        for each in units
    ]
    return BarChart(_("Cadres by confirmed skills"), _("unit"), _("people"), bars)


def columns() -> list[str]:
    """The heads of the table."""
    return [
        *(_("unit"), pgettext("training", "cadres"), _("no skill yet"), _("one skill"), _("two or more")),
        _("with a skill"),
    ]


def rows_of(whole: Share, units: Sequence[Share]) -> list[list[Any]]:
    """Each unit, the total last; in the order of `columns`."""
    return [_row(each) for each in (*units, whole)]


def sheet_rows(user: Any) -> Sheets:
    """Sheets for `suite.registers.sheets.write_book`: the share by unit, everybody's skills."""
    whole, units = shares_seen(user)
    heads = [
        *(_("person"), _("skill"), pgettext("skill", "level"), _("state"), _("what shows it"), _("claimed at")),
        *(pgettext("skill", "decided by"), pgettext("skill", "decided at"), pgettext("skill", "reason")),
    ]
    found = PersonSkill.objects.filter(person__in=people_seen(user))
    found = found.select_related("person", "skill", "decided_by__person").order_by("person__sort_key", "skill__name")
    body = [
        [
            *(row.person.name, row.skill.name, row.get_level_display(), row.get_state_display(), row.proof),
            *(in_list(row.claimed_at), _account(row.decided_by), in_list(row.decided_at), row.reason),
        ]
        for row in found
    ]
    return [(_("by unit"), columns(), rows_of(whole, units)), (_("skills of people"), heads, body)]


def _row(share: Share) -> list[Any]:
    name = share.unit.name if share.unit else _("total")
    return [name, share.people, len(share.none), share.one, share.more, f"{share.percent}%"]


def _account(user: Any) -> str:
    person = getattr(user, "person", None) if user else None
    return person.name if person else (user.get_username() if user else "")
