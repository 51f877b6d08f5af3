"""What a form offers to take over: last month's unfinished rows, and open work of other plugins (requirement I)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.apps import apps

from commitments.models import Commitment, Promise
from commitments.models.commitments import LONGEST_WORK
from suite.work import OpenWork

from .carrying import open_work_for, unfinished
from .rows import FIELDS


@dataclass(frozen=True)
class Offer:
    """Something that becomes a row with one tap. ``key`` names it in the form; ``plugin`` says in the office's words
    where open work comes from, '' for last month's row; ``url``: where it is done, '' for last month's row."""

    key: str
    title: str
    plugin: str
    due: datetime.date | None
    url: str
    row: dict[str, str]


def offers(commitment: Commitment, rows: Sequence[Mapping[str, str]]) -> list[Offer]:
    """What is not in the rows yet; nothing is offered twice, a row of last month that came from open work included."""
    taken = {row.get("carried_from", "") for row in rows}
    works = {(row.get("origin_kind", ""), row.get("origin_key", "")) for row in rows}
    earlier = unfinished(commitment.person, commitment.month)
    works |= {(one.origin_kind, one.origin_key) for one in earlier}
    found = [_carried(one, commitment) for one in earlier if str(one.pk) not in taken]
    return found + [
        _work(one, commitment) for one in open_work_for(commitment.person) if (one.kind, one.key) not in works
    ]


def plugin_called(kind: str) -> str:
    """What the office calls the plugin of a reference like "hearings.measure"; '' while it is left out."""
    label = kind.partition(".")[0]
    return str(apps.get_app_config(label).verbose_name) if label in apps.app_configs else ""


def _carried(one: Promise, commitment: Commitment) -> Offer:
    typed = {
        "kind": str(one.kind_id or ""),
        "work": one.work,
        "measures": one.measures,
        "goal": one.goal,
        "carried_from": str(one.pk),
        "origin_kind": one.origin_kind,
        "origin_key": one.origin_key,
    }
    return Offer(f"row:{one.pk}", one.work, "", one.due, "", _row(typed, one.due, commitment))


def _work(one: OpenWork, commitment: Commitment) -> Offer:
    title = str(one.title)
    typed = {"work": title[:LONGEST_WORK], "origin_kind": one.kind, "origin_key": one.key}
    row = _row(typed, one.due, commitment)
    return Offer(f"work:{one.kind}:{one.key}", title, plugin_called(one.kind), one.due, one.url, row)


def _row(typed: dict[str, str], due: datetime.date | None, commitment: Commitment) -> dict[str, str]:
    """The day stands in it where it is one of the month."""
    fits = due is not None and commitment.month.first <= due <= commitment.month.last
    return {**dict.fromkeys(FIELDS, ""), **typed, "due": due.isoformat() if due and fits else ""}
