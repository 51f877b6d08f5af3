"""Files of materials that nothing shows any more: what the clock deletes, and what it never does."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Revision

from training.enums import FileState
from training.models import MaterialFile, MaterialPage, MaterialPicture, Sheet, VersionPart
from training.storage import training_folder

# A form that came back with errors may lie open over a holiday; the file waits for it.
KEPT = timedelta(days=30)
# Long enough for a backup that was put back to be set right before anything is missed.
ORPHANS_STAY = timedelta(days=7)


def unused(now: datetime) -> QuerySet[MaterialFile]:
    """Files uploaded more than `KEPT` ago that no page and no version shows, and no revision of any page: drafts,
    scheduled ones, and older ones that somebody may go back to."""
    old = MaterialFile.objects.filter(requested_at__lte=now - KEPT).exclude(state=FileState.DRAWING)
    old = old.exclude(pk__in=MaterialPage.objects.exclude(file=None).order_by().values("file"))
    old = old.exclude(pk__in=MaterialPicture.objects.order_by().values("file"))
    old = old.exclude(pk__in=VersionPart.objects.order_by().values("file"))
    candidates = set(old.values_list("pk", flat=True))
    return MaterialFile.objects.filter(pk__in=candidates - (_in_revisions() if candidates else set()))


def _in_revisions() -> set[int]:
    """The files in whatever was ever saved of the pages that there are."""
    kind = ContentType.objects.get_for_model(MaterialPage)
    rows = Revision.objects.filter(content_type=kind).values_list("content__file", "content__pictures")
    return {file for row in rows.iterator() for file in _named(*row) if file is not None}


def _named(file: int | None, pictures: list[dict[str, int]] | None) -> Iterator[int | None]:
    yield file
    for picture in pictures or []:
        yield picture.get("file")


def sweep_disk(now: datetime) -> None:
    """Delete what lies on the disk and belongs to no row: left by a process that was killed between the two."""
    before = (now - ORPHANS_STAY).timestamp()
    for folder, known in (
        ("files", MaterialFile.objects.values_list("file", flat=True)),
        ("sheets", Sheet.objects.values_list("picture", flat=True)),
    ):
        _sweep(folder, known, before)


def _sweep(folder: str, known: Iterable[str], before: float) -> None:
    old = [path for path in (training_folder() / folder).rglob("*") if path.is_file() and path.stat().st_mtime < before]
    names = set(known) if old else set()
    for path in old:
        if path.relative_to(training_folder()).as_posix() not in names:
            path.unlink(missing_ok=True)
