"""Narrowing the hits down: by what each can be chosen, and how many every choice leaves.

What a hit belongs to is read from the database for the hits that the queryset allows; the index knows none of it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from wagtail.models import Page

from search.backends.ranked import KEYS_IN_A_QUERY
from search.kinds import Filters, SearchKind, kind_of

# What stands in the address for pages that do not say by whom, when, or whether they are in force.
UNKNOWN = "-"
IN_FORCE, ENDED = "yes", "no"
# The filters by their names in the address, in the order in which they stand on the page and are applied.
NAMES = ("kind", "issuer", "year", "force")
# Longer lists are cut: nobody reads them, and another filter shortens them.
MOST = 60


@dataclass(frozen=True)
class Traits:
    """The value by which a hit is chosen in each filter; None where the filter does not exist for its kind."""

    kind: SearchKind
    issuer: str | None = None
    year: str | None = None
    force: str | None = None

    @property
    def values(self) -> tuple[str | None, ...]:
        """In the order of NAMES."""
        return self.kind.key, self.issuer, self.year, self.force


@dataclass(frozen=True)
class Choice:
    """One value of a filter, with the number of hits that choosing it leaves."""

    value: str
    label: Any
    count: int


@dataclass(frozen=True)
class Filter:
    """One filter as the page shows it: what was chosen, or what can be. ``more``: choices that are left out."""

    name: str
    label: Any
    chosen: Choice | None = None
    choices: list[Choice] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True)
class Narrowed:
    """The hits that fit what was chosen, in their order. ``ignored``: something was chosen that fits no hit."""

    keys: list[Any]
    filters: list[Filter]
    ignored: bool

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, as it stands in the address."""
        return {each.name: each.chosen.value for each in self.filters if each.chosen}


def traits_of(keys: Collection[Any], pages: QuerySet[Any], kinds: list[SearchKind]) -> dict[Any, Traits]:
    """What each hit belongs to. One query for all types, and one for each kind that has filters of its own."""
    types = dict(_rows(pages, set(keys), "content_type_id"))
    by_type = {pk: kind_of(_model(pk), kinds) for pk in set(types.values())}
    declared = {kind.key: kind.filters() for kind in by_type.values()}
    members: dict[str, dict[Any, SearchKind]] = {}
    for key, pk in types.items():
        kind = by_type[pk]
        # What every page has is read for all such kinds at once.
        members.setdefault(kind.key if declared[kind.key] != Filters() else "", {})[key] = kind
    found = _traits(Page, Filters(), members.pop("", {}))
    for name, of_kind in members.items():
        found |= _traits(next(iter(of_kind.values())).model, declared[name], of_kind)
    return found


def _model(content_type: int) -> type:
    return ContentType.objects.get_for_id(content_type).model_class() or Page


def _rows(queryset: QuerySet[Any], keys: set[Any], *columns: Any) -> Iterable[tuple[Any, ...]]:
    """These columns of the objects with these keys, their primary key first."""
    queryset = queryset.order_by()
    if len(keys) <= KEYS_IN_A_QUERY:
        return queryset.filter(pk__in=keys).values_list("pk", *columns)
    return (row for row in queryset.values_list("pk", *columns) if row[0] in keys)


def _traits(table: Any, filters: Filters, members: dict[Any, SearchKind]) -> dict[Any, Traits]:
    columns = {name: column for name, column in vars(filters).items() if column is not None}
    found: dict[Any, Traits] = {}
    if not members:
        return found
    for key, *values in _rows(table._default_manager.all(), set(members), *columns.values()):
        told = dict(zip(columns, values, strict=True))
        found[key] = Traits(
            members[key],
            (told["issuer"] or UNKNOWN) if "issuer" in told else None,
            _year(told["day"]) if "day" in told else None,
            _force(told["in_force"]) if "in_force" in told else None,
        )
    return found


def _year(day: Any) -> str:
    if day is None:
        return UNKNOWN
    return str(localtime(day).year if isinstance(day, datetime) and is_aware(day) else day.year)


def _force(said: bool | None) -> str:
    return UNKNOWN if said is None else IN_FORCE if said else ENDED


def narrowed(keys: list[Any], traits: Mapping[Any, Traits], asked: Mapping[str, str]) -> Narrowed:
    """The hits that fit what the address asks for, and what else can be chosen.

    A value that none of the hits has which the filters before it left is ignored, so that an old link, or a new
    question under an old filter, still leads somewhere.
    """
    rows = [(key, traits[key].values) for key in keys if key in traits]
    wanted: list[str | None] = [None] * len(NAMES)
    left, ignored = rows, False
    for position, name in enumerate(NAMES):
        if value := asked.get(name):
            fitting = [row for row in left if row[1][position] == value]
            left = fitting or left
            wanted[position] = value if fitting else None
            ignored = ignored or not fitting
    labels = {each.kind.key: each.kind.label for each in traits.values()}
    counts = _counts(rows, wanted)
    filters = [
        _filter(name, wanted[position], counts[position], len(left), labels) for position, name in enumerate(NAMES)
    ]
    return Narrowed([key for key, _values in left], filters, ignored)


def _counts(rows: list[tuple[Any, tuple[str | None, ...]]], wanted: list[str | None]) -> list[Counter[str]]:
    """For each filter how many hits have each of its values among those that fit all that is chosen in the others."""
    counts: list[Counter[str]] = [Counter() for _name in NAMES]
    times = Counter(values for _key, values in rows)
    for values, many in times.items():
        misses = [position for position, value in enumerate(wanted) if value is not None and values[position] != value]
        for position in range(len(NAMES)) if not misses else misses if len(misses) == 1 else ():
            if (value := values[position]) is not None:
                counts[position][value] += many
    return counts


def _filter(name: str, wanted: str | None, counts: Counter[str], left: int, kinds: Mapping[str, Any]) -> Filter:
    """One filter; where nothing is chosen in it, only what leaves fewer hits than there are is a choice."""
    label = {"kind": _("Kind"), "issuer": _("Issuing body"), "year": _("Year"), "force": _("Validity")}[name]

    def choice(value: str) -> Choice:
        return Choice(value, kinds[value] if name == "kind" else _shown(name, value), counts[value])

    if wanted is not None:
        return Filter(name, label, chosen=choice(wanted))
    values = sorted((value for value, count in counts.items() if count < left), key=lambda v: _place(name, v, counts))
    return Filter(name, label, choices=list(map(choice, values[:MOST])), more=len(values[MOST:]))


def _shown(name: str, value: str) -> str:
    """A value in words that are understood without the filter's name beside them."""
    if value == UNKNOWN:
        unknown = {"issuer": _("issuing body unknown"), "year": _("year unknown"), "force": _("validity unknown")}
        return unknown[name]
    if name == "year":
        return _("Year %(year)s") % {"year": value}
    return {IN_FORCE: _("in force"), ENDED: _("No longer in force")}[value] if name == "force" else value


def _place(name: str, value: str, counts: Counter[str]) -> tuple[Any, ...]:
    """Newest years first, what is in force before what is not, else most hits first; what is unknown last."""
    if name == "year":
        return value == UNKNOWN, [-ord(digit) for digit in value]
    if name == "force":
        return ((IN_FORCE, ENDED, UNKNOWN).index(value),)
    return value == UNKNOWN, -counts[value], value
