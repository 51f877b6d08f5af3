"""What became of a year's learning, person by person: how much was done of how much was owed."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Min
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import pgettext_lazy

from organisation.enums import OWN_UNITS
from organisation.models import Appointment, Person
from training.domain.attendance import facts as attendance
from training.domain.courses import facts as courses
from training.domain.quizzes import facts as quizzes
from training.domain.reading import facts as reading
from training.domain.settings import training_settings
from training.domain.shadowing import facts as shadowing
from training.domain.skills import facts as skills
from training.domain.staff import Staff
from training.domain.writings import facts as writings
from training.domain.writings.owing import LAST_DAY_THAT_COUNTS

MONTHS = 12
# Years that a page can be asked for.
FIRST_YEAR, LAST_YEAR = 2000, 2099


class Count(NamedTuple):
    """``done`` of ``owed``; what was done beyond that does not make up for others."""

    done: int
    owed: int

    @property
    def open(self) -> int:
        return max(0, self.owed - self.done)

    @property
    def percent(self) -> int | None:
        """In whole per cent, rounded down; None where nothing was owed."""
        return 100 * min(self.done, self.owed) // self.owed if self.owed else None


@dataclass(frozen=True)
class PersonYear:
    """One person's year as the rooms tell it.

    ``since``: the first day of the posts of the year by which they owe anything; None for who held none in the
    township's own units and owes nothing. ``asked``: how many notes and articles the office asks for.
    """

    person: Person
    year: int
    since: datetime.date | None
    today: datetime.date
    attendance: attendance.Row
    courses: courses.Row
    reading: reading.Row
    quizzes: quizzes.Row
    writings: writings.Row
    skills: skills.Row
    shadowing: shadowing.Row
    asked: tuple[int, int] = (0, 0)

    @property
    def months_owed(self) -> set[int]:
        """The months of the year that are over and ended while they owed; the present one once it was attended."""
        if self.since is None:
            return set()
        over = {
            month
            for month in range(1, MONTHS + 1)
            if self.since <= (ends := month_ends(self.year, month)) and ends < self.today
        }
        return over | self.attendance.study_months

    @property
    def study(self) -> Count:
        """Months with monthly study, of those owed."""
        return Count(len(self.attendance.study_months), len(self.months_owed))

    @property
    def read(self) -> Count:
        return Count(self.reading.read, self.reading.asked)

    @property
    def quizzed(self) -> Count:
        return Count(self.quizzes.passed, self.quizzes.asked)

    @property
    def notes(self) -> Count:
        return Count(self.writings.note, self._writings_owed(self.asked[0]))

    @property
    def articles(self) -> Count:
        return Count(self.writings.article, self._writings_owed(self.asked[1]))

    @property
    def skilled(self) -> Count:
        """One skill is asked of everybody; a second one is welcome."""
        return Count(min(1, len(self.skills.confirmed)), int(self.since is not None))

    @property
    def shadowed(self) -> Count:
        """Shadowing whose report was read, of all that is over; nobody is asked for any."""
        return Count(self.shadowing.closed, self.shadowing.over)

    def _writings_owed(self, number: int) -> int:
        """Nothing by who was let off, and by who came too late in the year."""
        last = datetime.date(self.year, *LAST_DAY_THAT_COUNTS)
        return number if self.since is not None and self.since <= last and not self.writings.released else 0


@dataclass(frozen=True)
class Measure:
    """One thing that a year is measured by. ``label``: in tables; ``unit``: what is counted, after a number."""

    key: str
    label: str | Promise
    unit: str | Promise
    count: Callable[[PersonYear], Count]


MEASURES: tuple[Measure, ...] = (
    Measure(
        "study",
        pgettext_lazy("training year", "monthly study"),
        pgettext_lazy("training year", "months"),
        lambda one: one.study,
    ),
    Measure(
        "reading",
        pgettext_lazy("training year", "required reading"),
        pgettext_lazy("training year", "materials"),
        lambda one: one.read,
    ),
    Measure(
        "quizzes",
        pgettext_lazy("training year", "quizzes passed"),
        pgettext_lazy("training year", "quizzes"),
        lambda one: one.quizzed,
    ),
    Measure(
        "notes",
        pgettext_lazy("training year", "study notes accepted"),
        pgettext_lazy("training year", "notes"),
        lambda one: one.notes,
    ),
    Measure(
        "articles",
        pgettext_lazy("training year", "research articles accepted"),
        pgettext_lazy("training year", "articles"),
        lambda one: one.articles,
    ),
    Measure(
        "skills",
        pgettext_lazy("training year", "people with a skill"),
        pgettext_lazy("training year", "people"),
        lambda one: one.skilled,
    ),
    Measure(
        "shadowing",
        pgettext_lazy("training year", "shadowing closed"),
        pgettext_lazy("training year", "times"),
        lambda one: one.shadowed,
    ),
)


@dataclass(frozen=True)
class Tally:
    """One thing that a year is full of and nobody owes. ``label``: in tables; ``count``: how many of it."""

    key: str
    label: str | Promise
    count: Callable[[PersonYear], int]


TALLIES: tuple[Tally, ...] = (
    Tally("others", pgettext_lazy("training year", "other training attended"), lambda one: one.attendance.others),
    Tally("taught", pgettext_lazy("training year", "sessions taught"), lambda one: one.courses.taught),
    Tally(
        "villagers", pgettext_lazy("training year", "training for villagers held"), lambda one: one.courses.villagers
    ),
)


def years_of(people: Sequence[Person], year: int) -> list[PersonYear]:
    """The year of each of these people, in their order; a fixed number of queries, however many there are."""
    today, settings, first_days = localdate(), training_settings(), _first_days(people, year)
    owed = settings.notes_a_year, settings.articles_a_year
    # Both ask who plays which role where: once is enough.
    staff = Staff(today)
    found: dict[str, dict[int, Any]] = {
        "attendance": attendance.for_people(people, year),
        "courses": courses.for_people(people, year),
        "reading": reading.for_people(people, year, staff),
        "quizzes": quizzes.for_people(people, year, staff),
        "writings": writings.for_people(people, year),
        "skills": skills.for_people(people, year),
        "shadowing": shadowing.for_people(people, year),
    }
    return [
        PersonYear(
            person,
            year,
            first_days.get(person.pk),
            today,
            asked=owed,
            **{room: rows[person.pk] for room, rows in found.items()},
        )
        for person in people
    ]


def day_asked(year: int, on: datetime.date | None = None) -> datetime.date:
    """The day whose posts count: today, after the year its last, before it its first."""
    return min(max(on or localdate(), datetime.date(year, 1, 1)), datetime.date(year, 12, 31))


def _first_days(people: Sequence[Person], year: int) -> dict[int, datetime.date]:
    """Person -> the first day of the posts in the township's own units that they held during the year; one query."""
    posts = Appointment.objects.overlapping(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    held = posts.filter(post__unit__kind__in=OWN_UNITS, person__in=[person.pk for person in people])
    return dict(held.order_by().values_list("person").annotate(Min("since")))


def month_ends(year: int, month: int) -> datetime.date:
    """The last day of the month."""
    first = datetime.date(year + month // MONTHS, month % MONTHS + 1, 1)
    return first - datetime.timedelta(days=1)
