"""Names that somebody wrote by hand on the paper list: whom they mean, or who has to say so."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from organisation.domain.queries import posts_of
from organisation.models import Appointment, Person
from training.domain.lifecycle.attendance import Who
from training.enums import EnrolmentState
from training.models import Enrolment, Session

VISITOR = "visitor"
LEFT_OUT = "none"
MOST = 300
_APART = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True)
class Choice:
    """One answer to “who is that”: ``value`` for the form, ``label`` for people, ``who`` is recorded."""

    value: str
    label: str
    who: Who | None


@dataclass(frozen=True)
class Line:
    """A name that was written in, with the village or unit behind it; ``choices``: whom it may mean.

    ``chosen``: the one that holds, None while somebody has to say; ``sure``: the name alone says it.
    """

    name: str
    of: str
    choices: list[Choice]
    chosen: Choice | None
    sure: bool


def read(session: Session, text: str, answers: Mapping[str, str]) -> list[Line]:
    """One line for each name of `text`: a name a line, village or unit behind it after a blank. Twice is once.

    ``answers``: name → value of the choice somebody made. A name that only one person bears is that person; where
    several do, or nobody, somebody has to choose. Raises ValidationError for more than `MOST` names.
    """
    written: dict[str, tuple[str, str]] = {}
    for line in text.splitlines():
        if parts := [part for part in _APART.split(line) if part]:
            written.setdefault(" ".join(parts), (parts[0], " ".join(parts[1:])))
    if len(written) > MOST:
        raise ValidationError(_("At most %(most)s names at once: key in the sheets one by one.") % {"most": MOST})
    names = {name for name, _of in written.values()}
    people, enrolled = _people(session, names), _enrolled(session, names)
    return [
        _line(name, of, [*people.get(name, []), *enrolled.get(name, [])], answers.get(key, ""))
        for key, (name, of) in written.items()
    ]


def chosen_of(lines: list[Line]) -> list[Who]:
    """Whom the lines mean. Raises ValidationError naming the lines of which nobody said so."""
    unknown = [line.name for line in lines if line.chosen is None]
    if unknown:
        raise ValidationError(
            _("Say who is meant, the person or a visitor: %(names)s.") % {"names": "、".join(unknown)}
        )
    return [line.chosen.who for line in lines if line.chosen and line.chosen.who]


def key_of(line: Line) -> str:
    """The name by which `answers` speak of the line."""
    return " ".join(filter(None, [line.name, line.of]))


def _line(name: str, of: str, found: list[Choice], answer: str) -> Line:
    visitor = Choice(VISITOR, _("a visitor who is not in the directory"), Who(name=name, of=of))
    choices = [*found, visitor, Choice(LEFT_OUT, _("leave this row out"), None)]
    sure = found[0] if len(found) == 1 else None
    return Line(name, of, choices, next((one for one in choices if one.value == answer), sure), bool(sure))


def _people(session: Session, names: set[str]) -> dict[str, list[Choice]]:
    """Of several who bear a name, those in service on the day; where none was, everybody, to be refused with a why."""
    day = localdate(session.starts_at)
    serving = set(Appointment.objects.on(day).filter(person__name__in=names).values_list("person", flat=True))
    found: dict[str, list[Person]] = {}
    for person in Person.objects.filter(name__in=names):
        found.setdefault(person.name, []).append(person)
    return {
        name: [_person(one, day) for one in ([p for p in them if p.pk in serving] or them)]
        for name, them in found.items()
    }


def _person(person: Person, day: datetime.date) -> Choice:
    posts = "、".join(str(row.post) for row in posts_of(person, day))
    return Choice(f"person-{person.pk}", f"{person.name}（{posts}）" if posts else person.name, Who(person=person))


def _enrolled(session: Session, names: set[str]) -> dict[str, list[Choice]]:
    rows = Enrolment.objects.filter(session=session, person=None, name__in=names)
    found: dict[str, list[Choice]] = {}
    for row in rows.exclude(state=EnrolmentState.WITHDRAWN).select_related("village"):
        label = f"{row.name}（{row.village or '—'}，{row.get_state_display()}）"
        found.setdefault(row.name, []).append(Choice(f"enrolment-{row.pk}", label, Who(enrolment=row)))
    return found
