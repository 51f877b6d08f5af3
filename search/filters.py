"""Narrowing the hits down: by what each can be chosen, and how many every choice leaves.

What a hit belongs to is read from the database for the hits that the queryset allows; the index knows none of it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Value
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from wagtail.models import Page

from search.backends.ranked import columns_of
from search.kinds import Filters, SearchKind, kind_of

# What stands in the address for pages that do not say by whom, when, or whether they are in force.
UNKNOWN = "-"
IN_FORCE, ENDED = "yes", "no"
# The filters by their names in the address, in the order in which they stand on the page and are applied.
NAMES = ("kind", "issuer", "year", "force")
# Longer lists are cut: nobody reads them, and another filter shortens them.
MOST = 40
# What is selected for a kind that does not have something.
_NOTHING = Value(None, CharField())


class Traits(NamedTuple):
    """The value by which a hit is chosen in each filter, by NAMES; None where the filter does not exist for its kind.

    ``kind``: the kind's key.
    """

    kind: str
    issuer: str | None = None
    year: str | None = None
    force: str | None = None


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


def kinds_of(types: Iterable[int], kinds: list[SearchKind]) -> dict[int, SearchKind]:
    """The kind of each content type, by their primary keys."""
    return {pk: kind_of(ContentType.objects.get_for_id(pk).model_class() or Page, kinds) for pk in set(types)}


def traits_of(types: Mapping[Any, int], kinds: Mapping[int, SearchKind]) -> dict[Any, Traits]:
    """What each hit belongs to, in the order of the hits. One query for each kind that has filters of its own.

    Arguments: ``types``, the content type of each hit; ``kinds``, the kind of each of these.
    """
    declared = {kind.key: kind.filters() for kind in kinds.values()}
    # What every page has is read for all such kinds at once.
    plain = {name for name, filters in declared.items() if filters == Filters()}
    names = {pk: kind.key for pk, kind in kinds.items()}
    members: dict[str, dict[Any, str]] = {}
    for key, pk in types.items():
        name = names[pk]
        members.setdefault("" if name in plain else name, {})[key] = name
    models = {kind.key: kind.model for kind in kinds.values()}
    found: dict[Any, Traits] = {}
    for name, of_kind in members.items():
        found |= _traits(models[name] if name else Page, declared[name] if name else Filters(), of_kind)
    return {key: found[key] for key in types if key in found}


def _traits(model: Any, filters: Filters, members: Mapping[Any, str]) -> dict[Any, Traits]:
    """The traits of pages of one table. What is not told is unknown where the kind has it, and nothing where not."""
    issuer, day, in_force = (_NOTHING if each is None else each for each in vars(filters).values())
    unissued = None if issuer is _NOTHING else UNKNOWN
    years = {None: None if day is _NOTHING else UNKNOWN}
    forces = {True: IN_FORCE, False: ENDED, None: None if in_force is _NOTHING else UNKNOWN}
    found: dict[Any, Traits] = {}
    for key, name, when, said in columns_of(model._default_manager.all(), members, issuer, day, in_force):
        if when not in years:
            local = localtime(when) if isinstance(when, datetime) and is_aware(when) else when
            years[when] = str(local.year)
        found[key] = Traits(members[key], name or unissued, years[when], forces[said])
    return found


def narrowed(traits: Mapping[Any, Traits], labels: Mapping[str, Any], asked: Mapping[str, str]) -> Narrowed:
    """The hits that fit what the address asks for, and what else can be chosen.

    ``traits`` stand in the order of the hits; ``labels`` are those of the kinds. A value that none of the hits has
    which the filters before it left is ignored, so that an old link, or a new question under an old filter, still
    leads somewhere.
    """
    wanted: list[str | None] = [None] * len(NAMES)
    left, ignored = list(traits), False
    for position, name in enumerate(NAMES):
        if value := asked.get(name):
            fitting = [key for key in left if traits[key][position] == value]
            left = fitting or left
            wanted[position] = value if fitting else None
            ignored = ignored or not fitting
    counts = _counts(traits.values(), wanted)
    filters = [
        _filter(name, wanted[position], counts[position], len(left), labels) for position, name in enumerate(NAMES)
    ]
    return Narrowed(left, filters, ignored)


def _counts(hits: Iterable[Traits], wanted: list[str | None]) -> list[Counter[str]]:
    """For each filter how many hits have each of its values among those that fit all that is chosen in the others."""
    counts: list[Counter[str]] = [Counter() for _name in NAMES]
    for traits, many in Counter(hits).items():
        misses = [position for position, value in enumerate(wanted) if value is not None and traits[position] != value]
        for position in range(len(NAMES)) if not misses else misses if len(misses) == 1 else ():
            if (value := traits[position]) is not None:
                counts[position][value] += many
    return counts


def _filter(name: str, wanted: str | None, counts: Counter[str], left: int, labels: Mapping[str, Any]) -> Filter:
    """One filter; where nothing is chosen in it, only what leaves fewer hits than there are is a choice."""
    label = {"kind": _("Kind"), "issuer": _("Issuing body"), "year": _("Year"), "force": _("Validity")}[name]

    def choice(value: str) -> Choice:
        return Choice(value, labels[value] if name == "kind" else _shown(name, value), counts[value])

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
