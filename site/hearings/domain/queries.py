"""A whole hearing in a fixed number of queries, however many questions were asked."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from hearings.enums import SeatState
from hearings.models import (
    Assent,
    Correction,
    Entry,
    Feedback,
    Hearing,
    Measure,
    Notice,
    Officer,
    Problem,
    Representative,
    SeatQuota,
)

SESSION, PEOPLE, MEASURES, NOTICES, TOPICS, FEEDBACK = "session", "people", "measures", "notices", "topics", "feedback"
EVERYTHING = (SESSION, PEOPLE, MEASURES, NOTICES, TOPICS, FEEDBACK)


def whole_hearing(pk: int, parts: Iterable[str] = EVERYTHING) -> Hearing:
    """The hearing with its parts read at once. Raises Hearing.DoesNotExist.

    Queries: 1 and, for each part, ``session`` 3 (problems with contributions that stand, assents), ``people`` 3
    (seated representatives as ``seated``, officers, quotas), ``measures`` 3 (4 without ``session``), ``notices`` 2,
    ``topics`` 2, ``feedback`` 2: sixteen for everything.
    """
    wanted = set(parts)
    found: list[Prefetch | str] = []
    if {SESSION, MEASURES} & wanted:
        found.append(Prefetch("problems", _problems()))
    if SESSION in wanted:
        found += [Prefetch("problems__entries", _entries()), Prefetch("problems__assents", _assents())]
    if PEOPLE in wanted:
        found += [
            Prefetch("representatives", _seated(), to_attr="seated"),
            Prefetch("officers", Officer.objects.select_related("person")),
            Prefetch("quotas", SeatQuota.objects.select_related("village")),
        ]
    if MEASURES in wanted:
        measures = Measure.objects.select_related("unit", "handler", "issued_by").order_by("pk")
        found += [
            Prefetch("problems__measures", measures),
            "problems__measures__evidence",
            "problems__measures__date_changes",
        ]
    if NOTICES in wanted:
        found += [Prefetch("notices", Notice.objects.order_by("number")), "notices__postings__village"]
    if TOPICS in wanted:
        found += ["topics__merged"]
    if FEEDBACK in wanted:
        letters = Feedback.objects.select_related("representative", "topic")
        people = Correction.objects.select_related("officer__person", "representative", "problem")
        found += [Prefetch("feedback", letters), Prefetch("corrections", people)]
    return Hearing.objects.select_related("host", "created_by").prefetch_related(*found).get(pk=pk)


def _problems() -> QuerySet[Problem]:
    return Problem.objects.select_related("topic", "raised_by", "village", "theme").order_by("number")


def _entries() -> QuerySet[Entry]:
    standing = Entry.objects.filter(removed=False).order_by("position", "pk")
    return standing.select_related("representative__village", "officer__person")


def _assents() -> QuerySet[Assent]:
    return Assent.objects.select_related("representative").order_by("representative__village__order", "representative")


def _seated() -> QuerySet[Representative]:
    rows = Representative.objects.filter(state=SeatState.SEATED).select_related("village")
    return rows.order_by("village__order", "village_id", "pk")
