"""What the public may read about the office: units, duties, landlines, who is in charge. Never a private mobile."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from organisation.enums import INSTITUTIONS, SETTLED, ResponsibilityKind, UnitKind
from organisation.models import Appointment, Responsibility, Unit
from organisation.validators import MOBILE


@dataclass
class Member:
    """One person as the public sees them: name, posts here, office landline, for leaders what they are in charge of."""

    name: str
    phone: str
    posts: list[str] = field(default_factory=list)
    charges: list[str] = field(default_factory=list)


@dataclass
class Entry:
    """One unit with who is in charge, its people, and the institutions below it."""

    unit: Unit
    phone: str
    in_charge: list[Member] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    below: list[Entry] = field(default_factory=list)


@dataclass
class Village:
    """A village or community with its own people and the cadres who come there."""

    unit: Unit
    phone: str
    hamlets: list[Unit]
    members: list[Member]
    stationed: list[Member]
    linked: list[Member]


@dataclass
class Directory:
    """The office on one day."""

    day: datetime.date
    townships: list[Unit]
    leaders: list[Member]
    institutions: list[Entry]
    areas: list[tuple[Unit, list[Village]]]

    @property
    def village_count(self) -> int:
        return sum(len(villages) for _area, villages in self.areas)


def published(phone: str) -> str:
    """The number if it may be published: a mobile that slipped in is left out."""
    return "" if MOBILE.search(re.sub(r"\D", "", phone)) else phone


class Day:
    """Everything in effect on one day, read with four queries."""

    def __init__(self, day: datetime.date) -> None:
        self.units = list(Unit.objects.on(day).order_by("order", "pk"))
        self.children: dict[int | None, list[Unit]] = defaultdict(list)
        for unit in self.units:
            self.children[unit.parent_id].append(unit)
        self.appointments: dict[int, list[Appointment]] = defaultdict(list)
        rows = Appointment.objects.on(day).select_related("person", "post").order_by("post__order", "since", "pk")
        for row in rows:
            self.appointments[row.post.unit_id].append(row)
        self.responsibilities: dict[tuple[int, str], list[Responsibility]] = defaultdict(list)
        self.charges: dict[int, list[Unit]] = defaultdict(list)
        for row in Responsibility.objects.on(day).select_related("person", "unit").order_by("unit__order", "since"):
            self.responsibilities[row.unit_id, row.kind].append(row)
            if row.kind == ResponsibilityKind.IN_CHARGE:
                self.charges[row.person_id].append(row.unit)

    def members(self, unit: Unit) -> list[Member]:
        """Who holds posts in the unit, each person once with all posts there."""
        found: dict[int, Member] = {}
        for row in self.appointments[unit.pk]:
            charges = [
                _("overall work") if held.kind == UnitKind.TOWNSHIP else held.label
                for held in self.charges[row.person_id]
            ]
            member = found.setdefault(
                row.person_id, Member(row.person.name, published(row.person.work_phone), charges=charges)
            )
            member.posts.append(row.post.name)
        return list(found.values())

    def responsible(self, unit: Unit, kind: str) -> list[Member]:
        return [
            Member(row.person.name, published(row.person.work_phone)) for row in self.responsibilities[unit.pk, kind]
        ]

    def entry(self, unit: Unit) -> Entry:
        return Entry(
            unit,
            published(unit.phone),
            self.responsible(unit, ResponsibilityKind.IN_CHARGE),
            self.members(unit),
            [self.entry(child) for child in self.children[unit.pk] if child.kind in INSTITUTIONS],
        )

    def village(self, unit: Unit) -> Village:
        return Village(
            unit,
            published(unit.phone),
            [child for child in self.children[unit.pk] if child.kind == UnitKind.NATURAL_VILLAGE],
            self.members(unit),
            self.responsible(unit, ResponsibilityKind.STATIONED),
            self.responsible(unit, ResponsibilityKind.LINKED),
        )


def directory(on: datetime.date | None = None) -> Directory:
    """The office as it stands on the day (today where none is given). Requirement A, public page of the office."""
    day = on or localdate()
    read = Day(day)
    townships = read.children[None]
    areas = []
    for township in townships:
        loose = [unit for unit in read.children[township.pk] if unit.kind in SETTLED]
        grouped = [
            (area, [unit for unit in read.children[area.pk] if unit.kind in SETTLED])
            for area in read.children[township.pk]
            if area.kind == UnitKind.WORK_AREA
        ]
        areas += [
            (area, [*map(read.village, villages)]) for area, villages in [*grouped, (township, loose)] if villages
        ]
    return Directory(
        day,
        townships,
        [leader for township in townships for leader in read.members(township)],
        [
            read.entry(unit)
            for township in townships
            for unit in read.children[township.pk]
            if unit.kind in INSTITUTIONS
        ],
        areas,
    )
