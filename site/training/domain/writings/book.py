"""Who owes a note or an article, as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from training.enums import WritingKind, WritingState

from .owing import Owing, by_unit

Sheet = tuple[str, list[str], list[list[Any]]]


def owing_book(people: list[Owing]) -> list[Sheet]:
    """Two sheets: everybody, and the units' figures."""
    return [_people(people), _units(people)]


def standing(one: Owing, kind: str) -> str:
    """Where somebody is with a kind, in words: accepted, waiting, returned, owed, or asked for nothing."""
    words = []
    for state in (WritingState.ACCEPTED, WritingState.HANDED_IN, WritingState.RETURNED, WritingState.WRITING):
        if number := one.written.get((kind, state), 0):
            words.append(f"{state.label} {number}")
    if owed := one.owed(kind):
        words.append(ngettext("%(count)d owed", "%(count)d owed", owed) % {"count": owed})
    return "，".join(words)


def named(wanting: Iterable[tuple[WritingKind, int]]) -> str:
    """How many of which kind, in words: 学习笔记 1、调研文章 1."""
    return "、".join(f"{kind.label} {number}" for kind, number in wanting)


def why_nothing(one: Owing) -> str:
    """Why somebody is asked for nothing; '' for everybody else."""
    if one.released:
        return _("need not write: %(reason)s") % {"reason": one.released}
    return _("new since the last quarter") if one.newcomer else ""


def _people(people: Iterable[Owing]) -> Sheet:
    headings = [_("unit"), _("person"), _("posts"), *map(str, WritingKind.labels), _("owes"), _("remark")]
    rows = [
        [
            one.cadre.unit.name,
            one.cadre.person.name,
            one.cadre.posts,
            *(standing(one, kind) for kind in WritingKind.values),
            sum(one.owed(kind) for kind in WritingKind.values),
            "；".join(filter(None, (why_nothing(one), one.away))),
        ]
        for one in people
    ]
    return _("Everybody"), headings, rows


def _units(people: Iterable[Owing]) -> Sheet:
    complete = [_("%(kind)s complete") % {"kind": label} for label in WritingKind.labels]
    headings = [_("unit"), _("people"), _("asked"), *complete, _("owing (people)")]
    rows = [
        [
            unit.unit.name,
            len(unit.people),
            len(unit.asked),
            *(unit.accepted(kind) for kind in WritingKind.values),
            len(unit.owing),
        ]
        for unit in by_unit(people)
    ]
    return _("Units"), headings, rows
