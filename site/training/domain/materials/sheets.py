"""The sheets of a version: which picture, with which words, is the n-th."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from training.models import MaterialFile, MaterialPage, MaterialVersion, Sheet


@dataclass(frozen=True)
class Shown:
    """One sheet as it is read. ``number`` counts through the whole material, from 1; ``caption``: of a picture."""

    number: int
    sheet: Sheet
    caption: str


def at(version: MaterialVersion, number: int) -> Shown | None:
    """The sheet of that number, None where there is none. Two queries."""
    parts = version.parts.select_related("file")
    return next(shown_at(((part.file, part.caption) for part in parts), number, number), None)


def of_parts(parts: Iterable[tuple[MaterialFile, str]]) -> list[Shown]:
    """All sheets of some files in their order; of those that are still being drawn, what is drawn."""
    return list(shown_at(parts, 1, 10**6))


def shown_at(parts: Iterable[tuple[MaterialFile, str]], first: int, last: int) -> Iterator[Shown]:
    """The sheets with the numbers from ``first`` to ``last``; one query for each file that has any of them."""
    before = 0
    for file, caption in parts:
        wanted = file.sheets.filter(number__gte=first - before, number__lte=last - before).order_by("number")
        if before < last and before + max(file.total, file.done) >= first:
            for sheet in wanted:
                yield Shown(before + sheet.number, sheet, caption)
        before += file.total
        if before >= last:
            return


def seen_by_editors(user: Any, file: MaterialFile) -> bool:
    """Whether `user` may see a file that readers may not have seen yet: who uploaded it, and who may edit or now
    decides on a material that shows it, in its draft or live."""
    if not user.is_authenticated or not user.is_active:
        return False
    if file.requested_by_id == user.pk:
        return True
    return any(page.permissions_for_user(user).can_edit() for page in showing(file))


def showing(file: MaterialFile) -> Iterator[MaterialPage]:
    """The materials that show a file: live, in a version, or in their newest draft."""
    live = MaterialPage.objects.filter(Q(file=file) | Q(pictures__file=file) | Q(versions__parts__file=file)).distinct()
    yield from live
    drafts = MaterialPage.objects.exclude(latest_revision=None).values_list(
        "pk", "latest_revision__content__file", "latest_revision__content__pictures"
    )
    keys = [
        key for key, whole, rows in drafts if file.pk == whole or file.pk in {row.get("file") for row in rows or ()}
    ]
    yield from MaterialPage.objects.filter(pk__in=keys).exclude(pk__in=[page.pk for page in live])
