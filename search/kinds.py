"""What plugins answer to the hook `search_kinds()`: how their pages are called, filtered and shown among the hits."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Value, When
from django.utils.timezone import localdate


def published(page: Any) -> datetime.date | None:
    """The day a page first went live: what a hit shows as its date unless its kind says otherwise."""
    return page.first_published_at


def _nothing_replaced() -> dict[Any, Any]:
    return {}


@dataclass(frozen=True)
class Filters:
    """What hits of a kind are narrowed down by, each a field of its model or an expression, as `values_list` takes it.

    ``issuer``: the name of the body that issued a page; empty or NULL is shown as unknown. ``day``: the date or moment
    whose year counts. ``in_force``: true or false, NULL where nobody has said. What is None does not exist for the
    kind: choosing an issuer leaves its pages out, and none of them counts as of unknown issuer.
    """

    issuer: Any = None
    day: Any = "first_published_at"
    in_force: Any = None


def counts_until(field: str) -> Case:
    """For `Filters.in_force`: a page counts up to its last day, and without one until further notice."""
    return Case(When(**{f"{field}__lt": localdate()}, then=Value(False)), default=Value(True))


@dataclass(frozen=True)
class SearchKind:
    """One kind of page among the hits.

    ``key`` stands in the address (?kind=notice), ``label`` on the filter and on each hit. ``model``: the page model;
    its subclasses belong to the kind unless they have one of their own. ``card``: the template of one hit, which
    extends "search/card.html"; ``style``: the static path of the stylesheet that card needs. ``date``: the date shown
    with a hit. ``replaced()``: the pages of the kind that no longer count, each with the one that takes its place
    (keys); where both are hits, that one comes first. ``filters()``: asked with each question, since what is in force
    depends on the day. ``answers``: a page of the kind whose title holds what was asked stands before all others.
    ``start(question)``: the address where an editor starts such a page for a question that found nothing.
    """

    key: str
    label: Any
    model: type
    card: str = "search/card.html"
    date: Callable[[Any], datetime.date | None] = published
    style: str = ""
    replaced: Callable[[], dict[Any, Any]] = _nothing_replaced
    filters: Callable[[], Filters] = Filters
    answers: bool = False
    start: Callable[[str], str] | None = None


def declared_kinds() -> list[SearchKind]:
    """The kinds of all plugins. That no two have one key is a system check."""
    from suite.hooks import collect

    return list(collect("search_kinds"))


def kind_of(model: type, kinds: list[SearchKind]) -> SearchKind:
    """The kind that a page model's hits belong to: the nearest of its ancestors, or one made of its own name."""
    for ancestor in model.__mro__:
        for kind in kinds:
            if kind.model is ancestor:
                return kind
    return SearchKind(model._meta.label_lower, model._meta.verbose_name, model)  # type: ignore[attr-defined]
