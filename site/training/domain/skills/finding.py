"""Who in the township can do what: asked in words, in the office's other words for them, or in pinyin."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from organisation.domain.queries import descendant_ids
from organisation.models import Appointment, Person, Unit
from search import vocabulary
from search.analysis import cut, normalise
from search.analysis.sounds import sounded
from training.enums import SkillLevel, SkillState
from training.models import PersonSkill, Skill

LONGEST_QUESTION = 60


@dataclass(frozen=True)
class Able:
    """Somebody who can do something: ``units``, where they work; ``confirmed``, what was found, best level first."""

    person: Person
    units: str
    phone: str
    confirmed: tuple[PersonSkill, ...]


def who_can(question: str = "", level: int = SkillLevel.USES, unit: int | None = None) -> QuerySet[Person]:
    """People in service with a confirmed skill that the question asks for, at least at this level.

    A question is found in the name of a skill, what it takes, what shows it, and the person's name; without one, every
    skill counts. ``unit``: only who has a post in it or below it today.
    """
    people = Person.objects.filter(active=True, pk__in=_found(question, level).values("person"))
    if unit is not None:
        held = Appointment.objects.on().filter(post__unit__in=_below(unit))
        people = people.filter(pk__in=held.order_by().values("person"))
    return people.order_by("sort_key", "pk")


def told(people: list[Person], question: str = "", level: int = SkillLevel.USES) -> list[Able]:
    """These people with what was found of each, where they work, and the phone to call; two queries."""
    skills: dict[int, list[PersonSkill]] = defaultdict(list)
    rows = _found(question, level).filter(person__in=people).select_related("skill", "decided_by__person")
    for row in rows.order_by("-level", "skill__name"):
        skills[row.person_id].append(row)
    units: dict[int, dict[int, Unit]] = defaultdict(dict)
    for post in Appointment.objects.on().filter(person__in=people).select_related("post__unit"):
        units[post.person_id].setdefault(post.post.unit_id, post.post.unit)
    return [
        Able(
            person,
            "、".join(unit.label for unit in units[person.pk].values()),
            # Of who has none of their own, the unit's: somebody there fetches them.
            person.work_phone or next((unit.phone for unit in units[person.pk].values() if unit.phone), ""),
            tuple(skills[person.pk]),
        )
        for person in people
    ]


def skills_asked_for(question: str) -> set[int]:
    """The keys of the skills that a question means by their name, what it takes, or how the name sounds."""
    asked = normalise(question[:LONGEST_QUESTION]).text.strip()
    wordings = [words for words in _wordings(asked) if words]
    marks = sounded(asked)
    found = set()
    for pk, name, about, sounds in Skill.objects.order_by().values_list("pk", "name", "about", "sounds"):
        text = normalise(f"{name} {about}").text
        said = marks is not None and any(f" {mark}" in f" {sounds}" for mark in marks)
        if said or any(all(word in text for word in words) for words in wordings):
            found.add(pk)
    return found


def _found(question: str, level: int) -> QuerySet[PersonSkill]:
    rows = PersonSkill.objects.filter(state=SkillState.CONFIRMED, level__gte=level)
    asked = normalise(question[:LONGEST_QUESTION]).text.strip()
    if not asked:
        return rows
    proof = Q(pk=None)
    for words in _wordings(asked):
        if words:
            holds = Q()
            for word in words:
                holds &= Q(proof__icontains=word)
            proof |= holds
    return rows.filter(Q(skill__in=skills_asked_for(question)) | Q(person__name__icontains=asked) | proof)


def _wordings(asked: str) -> list[list[str]]:
    """The words of each way to say it; of what is cut into none (a single stop word), itself."""
    known = vocabulary.current()
    said = [each.text for each in known.synonyms.wordings(asked)]
    return [cut(text, known.office) or text.split() for text in said]


def _below(pk: int) -> set[int]:
    found = Unit.objects.filter(pk=pk).first()
    return descendant_ids(found) if found else set()
