"""A person's own required reading, as their list and the end of a material show it (requirement Q)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from organisation.models import Person
from training.models import MaterialPage, MaterialVersion, ReadingConfirmation, SheetShown

from . import shown
from .asked import Task, task, tasks

# So many of one's confirmations are listed, the newest first; a person's year has them all.
_MOST_LISTED = 50


@dataclass(frozen=True)
class Standing:
    """How far somebody has come with one task. ``unseen``: the sheets still to be shown; ``number``: the version that
    is to be read; ``token``: proves, at the end of a text, that it was reached ("" for what has sheets)."""

    task: Task
    number: int
    sheets: int
    unseen: list[int]
    token: str
    changed: str

    @property
    def seen(self) -> int:
        return self.sheets - len(self.unseen)

    @property
    def is_text(self) -> bool:
        return bool(self.token)

    @property
    def first_unseen(self) -> int:
        return self.unseen[0] if self.unseen else 0


def left(person: Person) -> list[Standing]:
    """What the person still has to read, what is due first at the top; two queries beside those of `tasks`."""
    return _standings(person, [one for one in tasks(person) if not one.is_read])


def standing(person: Person, material: MaterialPage) -> Standing | None:
    """How far the person has come with this material; None where it is not asked of them."""
    found = task(person, material)
    return next(iter(_standings(person, [found])), None) if found is not None else None


def confirmations(person: Person) -> list[ReadingConfirmation]:
    """What the person confirmed, the newest first."""
    found = ReadingConfirmation.objects.filter(person=person).select_related("version__material")
    return list(found.order_by("-at", "-pk")[:_MOST_LISTED])


def confirmed_at(person: Person, material: MaterialPage, number: int) -> datetime.datetime | None:
    """When the person confirmed that version of the material."""
    found = ReadingConfirmation.objects.filter(person=person, version__material=material, version__number=number)
    return found.values_list("at", flat=True).first()


def _standings(person: Person, asked: list[Task]) -> list[Standing]:
    """How far the person has come with each of these."""
    materials = [one.material.pk for one in asked]
    # The newest one of each stays.
    current = {
        one.material_id: one for one in MaterialVersion.objects.filter(material__in=materials).order_by("number")
    }
    found = SheetShown.objects.filter(person=person, version__in=[one.pk for one in current.values()])
    seen = dict(found.values_list("version", "numbers"))
    return [_standing(person, one, current[one.material.pk], seen) for one in asked]


def _standing(person: Person, one: Task, version: MaterialVersion, seen: dict[int, list[int]]) -> Standing:
    sheets = shown.sheets_of(version)
    return Standing(
        one,
        version.number,
        len(sheets),
        sorted(sheets - set(seen.get(version.pk, ()))),
        shown.end_token(person, version) if sheets == {shown.END} else "",
        version.what_changed if one.again else "",
    )
