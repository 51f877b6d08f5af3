"""The evidence of records."""

from collections.abc import Iterable

from suite.evidence import Reference
from suite.evidence.models import Evidence


def evidence_of(reference: Reference, removed: bool = False) -> list[Evidence]:
    """What belongs to one record, oldest first, in one query; with ``removed`` also what was removed."""
    key = str(reference[1])
    return evidence_of_many(reference[0], [key], removed)[key]


def evidence_of_many(kind: str, keys: Iterable[int | str], removed: bool = False) -> dict[int | str, list[Evidence]]:
    """Key, as it was given -> its evidence (maybe none), oldest first, for many records of one kind in one query."""
    found: dict[int | str, list[Evidence]] = {key: [] for key in keys}
    if not found:
        return found
    given = {str(key): key for key in found}
    rows = Evidence.objects.filter(kind=kind, key__in=given).select_related("added_by", "removed_by").order_by("pk")
    for row in rows if removed else rows.present():
        found[given[row.key]].append(row)
    return found
