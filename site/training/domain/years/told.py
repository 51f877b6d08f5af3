"""One person's year as lines to read, on the page and on paper; the same lines for both."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from organisation.domain.cadres import cadres
from organisation.enums import OWN_UNITS
from organisation.models import Person
from suite.theme.dates import in_list
from suite.theme.when import moment_in_short
from training.domain.courses.facts import held_by
from training.domain.leaders import sees
from training.enums import AttendanceState, CourseKind, SessionState, WritingKind, WritingState
from training.models import Attendance, MaterialPage, ReadingConfirmation, Session

from .year import FIRST_YEAR, LAST_YEAR, Count, PersonYear, day_asked, years_of

# What everybody is asked to come to again and again.
REGULAR = (CourseKind.STUDY, CourseKind.COACHING)


@dataclass(frozen=True)
class Line:
    """One part of the year: ``said``, how far it is; ``entries``, what it consists of; ``url``, where it is done."""

    key: str
    label: str
    said: str
    done: bool
    entries: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True)
class Told:
    """A person's year: who, where, how far, and each part of it."""

    person: Person
    year: int
    posts: str
    lines: tuple[Line, ...]

    @property
    def key(self) -> str:
        """As papers are asked for."""
        return f"{self.person.pk}-{self.year}"


def told(person: Person, year: int) -> Told:
    """The person's year; in the year that runs, as far as it has come."""
    cadre = next(iter(cadres(day_asked(year), OWN_UNITS, [person])), None)
    return Told(person, year, cadre.posts if cadre else "", lines(years_of([person], year)[0]))


def lines(one: PersonYear) -> tuple[Line, ...]:
    """Each part of the year, in the order in which it is asked for."""
    study, *others = _attended(one)
    return (study, *others, _reading(one), _quizzes(one), *_writings(one), _skills(one), _shadowing(one), *_held(one))


def _attended(one: PersonYear) -> list[Line]:
    """Monthly study with coaching; then other training, where there was any: nobody owes that."""
    rows = Attendance.objects.filter(
        person=one.person,
        state=AttendanceState.RECORDED,
        session__state=SessionState.HELD,
        session__starts_at__year=one.year,
    ).select_related("session__course")
    sessions = [row.session for row in rows.order_by("session__starts_at")]
    regular = [each for each in sessions if each.course.kind in REGULAR]
    others = [each for each in sessions if each.course.kind not in REGULAR]
    label = pgettext("training year", "other training attended")
    return [_study(one, regular), *_counted("others", label, others, one)]


def _held(one: PersonYear) -> list[Line]:
    """What the person taught or held for villagers, where there was any."""
    year = datetime.date(one.year, 1, 1), datetime.date(one.year, 12, 31)
    sessions = list(held_by([one.person.pk], *year).select_related("course"))
    villagers = [each for each in sessions if each.course.kind == CourseKind.VILLAGERS]
    taught = [each for each in sessions if each.course.kind != CourseKind.VILLAGERS]
    return [
        *_counted("taught", pgettext("training year", "sessions taught"), taught, one),
        *_counted("villagers", pgettext("training year", "training for villagers held"), villagers, one),
    ]


def _counted(key: str, label: str, sessions: list[Session], one: PersonYear) -> list[Line]:
    url = reverse("training_year_person", args=[one.person.pk, one.year])
    said = ngettext("%(count)d time", "%(count)d times", len(sessions)) % {"count": len(sessions)}
    return [Line(key, label, said, True, _entries(sessions), url)] if sessions else []


def _study(one: PersonYear, sessions: list[Session]) -> Line:
    said = _so_far(one.study, _("%(done)d of %(owed)d months"))
    if quarters := len(one.attendance.coaching_quarters):
        said = _("%(said)s, coaching in %(count)d quarters") % {"said": said, "count": quarters}
    url = reverse("training_year_person", args=[one.person.pk, one.year])
    entries = _entries(sessions)
    if missing := sorted(one.months_owed - one.attendance.study_months):
        entries += (_("months without study: %(months)s") % {"months": "、".join(map(str, missing))},)
    return Line("study", pgettext("training year", "monthly study"), said, not one.study.open, entries, url)


def _reading(one: PersonYear) -> Line:
    said = _so_far(one.read, _("%(done)d of %(owed)d read"))
    url = reverse("training_reading_mine")
    return Line("reading", pgettext("training year", "required reading"), said, not one.read.open, _read(one), url)


def _quizzes(one: PersonYear) -> Line:
    said = _so_far(one.quizzed, _("%(done)d of %(owed)d passed"))
    url = reverse("training_quizzes_mine")
    entries = tuple(f"《{title}》 {standing}" for title, standing in one.quizzes.told())
    return Line("quizzes", pgettext("training year", "quizzes"), said, not one.quizzed.open, entries, url)


def _writings(one: PersonYear) -> list[Line]:
    """The notes, then the articles: how many were accepted, and what every one is called and how it stands."""
    parts = (
        (WritingKind.NOTE, pgettext("training year", "study notes"), one.notes),
        (WritingKind.ARTICLE, pgettext("training year", "research articles"), one.articles),
    )
    url, told = reverse("training_writings_own"), []
    for kind, label, count in parts:
        said = _so_far(count, _("%(done)d of %(owed)d accepted"))
        if one.writings.released:
            said = _("let off: %(reason)s") % {"reason": one.writings.released}
        entries = tuple(
            f"《{title}》 {WritingState(state).label}" for each, state, title in one.writings.states if each == kind
        )
        told.append(Line(kind.value, label, said, not count.open, entries, url))
    return told


def _skills(one: PersonYear) -> Line:
    held = one.skills.confirmed
    said = _("%(count)d confirmed") % {"count": len(held)} if held else _("none confirmed")
    if one.skills.waiting:
        said = _("%(said)s, %(count)d waiting") % {"said": said, "count": one.skills.waiting}
    return Line(
        "skills", pgettext("training year", "skills"), said, not one.skilled.open, held, reverse("training_skills_own")
    )


def _shadowing(one: PersonYear) -> Line:
    said = _so_far(one.shadowed, _("%(done)d of %(owed)d closed"))
    if not one.shadowed.owed:
        said = _("to come or under way") if one.shadowing.entries else _("none this year")
    url = reverse("training_shadowing_own")
    label = pgettext("training year", "shadowing")
    return Line("shadowing", label, said, not one.shadowed.open, one.shadowing.entries, url)


def _so_far(count: Count, form: str) -> str:
    return form % {"done": count.done, "owed": count.owed} if count.owed else _("nothing asked")


def _entries(sessions: Iterable[Session]) -> tuple[str, ...]:
    return tuple(f"{moment_in_short(localtime(each.starts_at))} {each.course}" for each in sessions)


def _read(one: PersonYear) -> tuple[str, ...]:
    """What was confirmed in the year, the newest version of each material; then what is still to be read."""
    rows = ReadingConfirmation.objects.filter(person=one.person, at__year=one.year).select_related("version__material")
    found = {row.version.material_id: row for row in rows.order_by("at", "version__number")}
    unread = MaterialPage.objects.filter(pk__in=one.reading.unread).order_by("title", "pk")
    return tuple(
        _("“%(material)s”, version %(number)d, read on %(day)s")
        % {
            "material": row.version.material.title,
            "number": row.version.number,
            "day": in_list(localdate(row.at)),
        }
        for row in found.values()
    ) + tuple(
        _("“%(material)s”: not read in its present version") % {"material": title}
        for title in unread.values_list("title", flat=True)
    )


def by_key(key: str) -> Told | None:
    """The year that a paper is asked for by ``<person>-<year>``; None where there is no such person or year."""
    person, dash, year = key.partition("-")
    if not (dash and person.isascii() and person.isdecimal() and year.isascii() and year.isdecimal()):
        return None
    if len(person) > 18 or not FIRST_YEAR <= int(year[:9]) <= LAST_YEAR:  # noqa: PLR2004 - what SQLite takes
        return None
    found = Person.objects.filter(pk=int(person)).first()
    return told(found, int(year)) if found else None


def user_can_print(user: Any, found: Told) -> bool:
    """The person, the leader in charge, who runs training or sees everybody's."""
    return user is not None and user.is_authenticated and user.is_active and sees(user, found.person)
