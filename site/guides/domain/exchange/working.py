"""The background work: read and compare an uploaded workbook, later write its items; write one that was ordered."""

import io
import logging
import time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from guides.domain import lifecycle
from guides.enums import ExportState, ImportState
from guides.models import GuideExport, GuideImport
from search.batch import PORTION, batched, let_others_write

from .importing import write
from .items import Item
from .planning import CHANGE, CREATE, Step, plan_import
from .reading import read_workbook
from .writing import export_guides

logger = logging.getLogger(__name__)
# The worker has other things to do between two turns: what was published meanwhile must be found.
TURN_SECONDS = 5.0
# Progress is written so often; each time waits for the disk.
_EVERY = 1.0


def work(key: int) -> None:
    """One turn of work on the import with that key; one that is finished, dropped or gone is no error."""
    upload = GuideImport.objects.filter(pk=key).first()
    if upload is not None and upload.state == ImportState.READING:
        _read(upload)
    elif upload is not None and upload.state == ImportState.WRITING:
        _write(upload)


class _Progress:
    """Counts rows or items and tells the record of the work now and then. ``rows``: that record, while it is open."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows = rows
        self.count, self.written = 0, time.monotonic()

    def __call__(self, count: int) -> None:
        self.count += count
        if time.monotonic() - self.written >= _EVERY:
            self.written = time.monotonic()
            self.rows.update(done=self.count, heartbeat=timezone.now())


def write_out(key: int) -> None:
    """Write the ordered workbook with that key; one that is finished or gone is no error."""
    open_one = GuideExport.objects.filter(pk=key, state=ExportState.WRITING)
    export = open_one.first()
    if export is None:
        return
    output = io.BytesIO()
    try:
        count = export_guides(output, _Progress(open_one))
    except ValidationError as error:
        lifecycle.fail_export(export, " ".join(error.messages))
    except Exception:
        logger.exception("Export %s of the guides could not be written", key)
        lifecycle.fail_export(export, _("The program could not write the file. Tell the system administrator."))
    else:
        lifecycle.finish_export(export, output.getvalue(), count)


def _read(upload: GuideImport) -> None:
    progress = _Progress(GuideImport.objects.filter(pk=upload.pk, state=ImportState.READING))
    try:
        reading = read_workbook(io.BytesIO(bytes(upload.upload or b"")), progress)
        plan = plan_import(reading.items, upload.requested_by, progress)
    except ValidationError as error:
        lifecycle.refuse(upload, " ".join(error.messages))
    except Exception:
        logger.exception("The workbook of import %s could not be read", upload.pk)
        lifecycle.refuse(upload, _("The program could not read this file. Tell the system administrator."))
    else:
        lifecycle.finish_reading(upload, reading, plan)


def _write(upload: GuideImport) -> None:
    until = time.monotonic() + TURN_SECONDS
    items = {data["key"]: Item.from_json(data) for data in upload.items}
    steps = [
        Step(**{name: value for name, value in step.items() if name != "headings"})
        for step in upload.report["steps"]
        if step["action"] in (CREATE, CHANGE)
    ]
    with batched():
        while time.monotonic() < until:
            with transaction.atomic():
                # Whoever else works on it waits here, and goes on behind what this portion wrote.
                now = GuideImport.objects.select_for_update().get(pk=upload.pk)
                if now.state != ImportState.WRITING:
                    return
                portion = [(step, items[step.key]) for step in steps[now.done : now.done + PORTION]]
                refused = list(write(portion, now.requested_by))
                now = lifecycle.wrote(now, len(portion), refused)
            if now.state == ImportState.DONE:
                return
            let_others_write()
    lifecycle.queue(upload)
