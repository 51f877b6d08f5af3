"""Whether those who are asked to read a material may read it."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from organisation.models import Person
from training.domain.materials import may_read
from training.domain.staff import Staff
from training.domain.whom import persons_of
from training.enums import Audience
from training.models import Requirement

# So many are named; more would be no list to act on.
_MOST_NAMED = 10


def meant(requirement: Requirement) -> frozenset[int]:
    """The keys of the people whom the requirement means today."""
    return persons_of([requirement])[requirement.pk]


def barred(requirement: Requirement, people: Collection[int]) -> str:
    """The names of those of `people` whose account may not read the material, as a list; "" where all may.

    Who has no account is not among them: the office reads it to them or gives them one; the table says so.
    """
    rest = Person.objects.filter(pk__in=set(people) - _meant_by_material(requirement), user__is_active=True)
    named: list[str] = []
    for person in rest.select_related("user"):
        if may_read(person.user, requirement.material):
            continue
        if len(named) == _MOST_NAMED:
            return _("%(people)s and others") % {"people": "、".join(named)}
        named.append(person.name)
    return "、".join(named)


def _meant_by_material(requirement: Requirement) -> set[int]:
    """Whom the material is for by its own words; whoever may read it for another reason is asked about one by one."""
    material, staff = requirement.material, Staff()
    roles = list(material.roles.values_list("pk", flat=True))
    units = list(material.units.values_list("pk", flat=True))
    if material.audience == Audience.VILLAGERS or not (roles or units):
        return set(staff.people)
    return set().union(*(staff.playing(group) for group in roles), *(staff.posted.get(unit, ()) for unit in units))
