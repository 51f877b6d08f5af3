"""A person's own required reading, as their list and the end of a material show it (requirement Q)."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass

from organisation.models import Person
from training.models import MaterialPage, MaterialVersion, ReadingConfirmation, SheetShown

from . import shown, watching
from .asked import Task, task, tasks
from .parts import END, Left

# So many of one's confirmations are listed, the newest first; a person's year has them all.
_MOST_LISTED = 50


@dataclass(frozen=True)
class Standing:
    """How far somebody has come with one task. ``left``: what they have still to come through of the version that is
    to be read; ``changed``: what was changed since they read an earlier one."""

    task: Task
    left: Left
    changed: str = ""

    @property
    def number(self) -> int:
        return self.task.versions.current

    @property
    def sheets(self) -> int:
        """How many sheets there are."""
        return sum(one > END for one in self.left.parts)

    @property
    def seen(self) -> int:
        """How many of them were shown."""
        return self.sheets - len(self.left.sheets)

    @property
    def is_text(self) -> bool:
        """Whether there is a text alone."""
        return self.left.parts == {END}

    @property
    def next_sheet(self) -> int:
        """The sheet to go on with; 0: the page of the material, which has its video and its text."""
        sheets = self.left.sheets
        return sheets[0] if sheets and not self.left.video else 0


@dataclass(frozen=True)
class End:
    """What the end of a material's own page holds: the tokens that stand there, and how far its video is.

    ``seconds``: how long the video lasts; 0: it does not say so, or there is none.
    """

    end: str
    video: str
    watched: watching.Watched
    seconds: int

    @property
    def half(self) -> int:
        """So many seconds after it was first opened the video may count."""
        return math.ceil(self.seconds / 2)


def left(person: Person) -> list[Standing]:
    """What the person still has to read, what is due first at the top; two queries beside those of `tasks`."""
    return standings(person, [one for one in tasks(person) if not one.is_read])


def standing(person: Person, material: MaterialPage) -> Standing | None:
    """How far the person has come with this material; None where it is not asked of them."""
    found = task(person, material)
    return standings(person, [found])[0] if found is not None else None


def end(person: Person, one: Standing) -> End:
    """The end of the page of this material, for this person."""
    version = MaterialVersion.objects.select_related("video").get(pk=one.task.versions.key)
    return End(
        shown.end_token(person, version),
        watching.token(person, version),
        watching.watched(person, version),
        watching.seconds_of(version),
    )


def confirmations(person: Person) -> list[ReadingConfirmation]:
    """What the person confirmed, the newest first."""
    found = ReadingConfirmation.objects.filter(person=person).select_related("version__material")
    return list(found.order_by("-at", "-pk")[:_MOST_LISTED])


def confirmed_at(person: Person, material: MaterialPage, number: int) -> datetime.datetime | None:
    """When the person confirmed that version of the material."""
    found = ReadingConfirmation.objects.filter(person=person, version__material=material, version__number=number)
    return found.values_list("at", flat=True).first()


def standings(person: Person, asked: list[Task]) -> list[Standing]:
    """How far the person has come with each of these."""
    found = SheetShown.objects.filter(person=person, version__in=[one.versions.key for one in asked])
    seen = {version: frozenset(numbers) for version, numbers in found.values_list("version", "numbers")}
    changes = _changes(asked)
    return [
        Standing(one, Left(one.versions.parts, seen.get(one.versions.key)), changes.get(one.material.pk, ""))
        for one in asked
    ]


def _changes(asked: list[Task]) -> dict[int, str]:
    """Material -> what was changed in it since the version that was read; only where it is asked again."""
    read = {one.material.pk: one.confirmed or 0 for one in asked if one.again}
    rows = MaterialVersion.objects.filter(material__in=list(read)).exclude(what_changed="").order_by("number")
    found: dict[int, list[str]] = {pk: [] for pk in read}
    for material, number, change in rows.values_list("material", "number", "what_changed"):
        if number > read[material]:
            found[material].append(change.rstrip("。"))
    return {pk: "；".join(changes) for pk, changes in found.items()}
