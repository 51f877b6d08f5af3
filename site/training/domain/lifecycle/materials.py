"""What happens to the files of materials: taken, drawn sheet by sheet, ready or refused, deleted when unused."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from suite import audit
from suite.background.domain import held, queue
from suite.state import locked
from training.domain.materials.unused import sweep_disk, unused
from training.models import MaterialFile, Sheet
from training.storage import keep_if_committed


@transaction.atomic
def add_file(file: File[bytes], name: str, sha256: str, user: Any) -> MaterialFile:
    """Keep a file and hand it to the worker. If the transaction is rolled back, nothing stays on the disk."""
    record = MaterialFile(requested_by=user, name=name, size=file.size, sha256=sha256)
    ending = name.rpartition(".")[2].lower()
    record.file.save(f"{sha256[:32]}.{ending}", file, save=False)
    keep_if_committed(str(record.file.name))
    record = queue(record)
    audit.record(record, "training.add_file", user, what=name)
    return record


@transaction.atomic
def want_again(record: MaterialFile) -> MaterialFile:
    """It was uploaded once more: it waits to be used for as long as a new one."""
    record = locked(record)
    record.requested_at = timezone.now()
    record.save(update_fields=["requested_at"])
    return record


@transaction.atomic
def add_sheet(record: MaterialFile, row: dict[str, Any], picture: Path) -> None:
    """Keep one drawn page. Raises TurnIsOver where another worker has the file."""
    record = held(record)
    sheet, new = Sheet.objects.get_or_create(
        file=record,
        number=row["number"],
        defaults={"width": row["width"], "height": row["height"], "text": row["text"]},
    )
    if new:
        with picture.open("rb") as drawn:
            sheet.picture.save(f"{record.pk}/{row['number']}.webp", File(drawn), save=False)
        keep_if_committed(str(sheet.picture.name))
        sheet.save()


@transaction.atomic
def finish(record: MaterialFile) -> MaterialFile:
    """Every sheet is drawn."""
    record = held(record)
    record.to_ready()
    record.save()
    return record


@transaction.atomic
def refuse(record: MaterialFile, message: str) -> MaterialFile:
    """It can't be shown; ``message`` says what to do."""
    record = held(record)
    record.message = message
    record.to_refused()
    record.save()
    return record


def sweep(now: datetime) -> None:
    """Delete what nothing shows any more (`unused`), with its sheets, and what on the disk belongs to nothing."""
    if unused(now).exists():
        _drop_unused(now)
    sweep_disk(now)


@transaction.atomic
def _drop_unused(now: datetime) -> None:
    # Asked again: nobody else writes now.
    for record in unused(now):
        audit.record(record, "training.drop_file", None, what=record.name)
        record.delete()
