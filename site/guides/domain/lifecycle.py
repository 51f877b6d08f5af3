"""Changes of state of imports and exports of guides; the work in between is in `exchange.working`."""

import io
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guides.enums import ExportState, ImportState
from guides.models import GuideExport, GuideImport, GuidePage
from suite import audit
from suite.background.domain import held, queue
from suite.registers.workbook.container import LARGEST_FILE, check_container
from suite.state import locked

from .exchange.importing import Refused, record, to_write
from .exchange.items import Item
from .exchange.planning import CHANGE, CREATE, Plan, home, plan_import
from .exchange.reading import Reading

# How long a dry run waits for somebody to confirm it.
KEPT = timedelta(days=7)
# How long a written workbook can be fetched.
EXPORT_KEPT = timedelta(days=1)


@transaction.atomic
def receive(file: UploadedFile, user: Any) -> GuideImport:
    """Keep an uploaded workbook and queue its reading. Raises ValidationError for what cannot be one."""
    name = (file.name or "")[-200:]
    if not name.lower().endswith(".xlsx"):
        raise ValidationError(_("Choose a file that ends in .xlsx: the filled-in template."))
    content = file.read(LARGEST_FILE + 1)
    check_container(io.BytesIO(content))
    return queue(GuideImport(file_name=name, requested_by=user, upload=content))


@transaction.atomic
def finish_reading(upload: GuideImport, reading: Reading, plan: Plan) -> GuideImport:
    """The dry run is there: it waits for its owner, or lists what has to be mended. Raises TurnIsOver."""
    upload = held(upload)
    problems = [*reading.problems, *plan.problems]
    upload.report = {**_report(plan), "notes": reading.notes, "more": reading.more}
    upload.report["problems"] = [[problem.place, problem.message] for problem in problems]
    upload.upload = None
    if problems:
        upload.to_refused()
    else:
        upload.items = [item.as_json() for item in reading.items]
        upload.to_ready()
    upload.save()
    return upload


@transaction.atomic
def fail(upload: GuideImport, message: str) -> GuideImport:
    """The file as a whole will not do, or not all of it can be written: what is written stays. Raises TurnIsOver."""
    upload = held(upload)
    if upload.state == ImportState.READING:
        upload.to_refused()
        upload.report = {"problems": [["", message]], "steps": [], "notes": [], "more": 0, "left_alone": 0}
        upload.upload = None
    else:
        upload.to_stopped()
        upload.message = message
        upload.items = []
    upload.save()
    return upload


@transaction.atomic
def confirm(upload: GuideImport) -> GuideImport:
    """Begin to write what the dry run says; stays ready, with a new dry run, where something changed meanwhile.

    Raises ValidationError where it waits for nobody.
    """
    upload = locked(upload)
    if upload.state != ImportState.READY:
        raise ValidationError(_("This file waits for nobody any more. Upload it again."))
    items = [Item.from_json(data) for data in upload.items]
    plan = plan_import(items, upload.requested_by)
    now = _report(plan)
    if plan.problems:
        upload.report["problems"] = [[problem.place, problem.message] for problem in plan.problems]
        upload.to_refused()
        upload.items = []
    elif now["steps"] != upload.report["steps"]:
        upload.report |= now
    else:
        upload.total, upload.done, upload.started_at = len(to_write(plan, items)), 0, None
        upload.to_writing()
        return queue(upload)
    upload.save()
    return upload


def wrote(upload: GuideImport, count: int, refused: list[Refused]) -> GuideImport:
    """So many more items are behind us; after the last one it is done. Inside the transaction that wrote them."""
    upload.done += count
    upload.refused += [[one.title, one.reason] for one in refused]
    if upload.done >= upload.total:
        upload.to_done()
        created, changed = (len(upload.steps_of(action)) for action in (CREATE, CHANGE))
        record(upload.file_name, created, changed, len(upload.refused), upload.requested_by)
        upload.items = []
    upload.save()
    return upload


@transaction.atomic
def drop(upload: GuideImport) -> GuideImport:
    """Nothing of it is imported. Raises ValidationError once it is being written, or is."""
    upload = locked(upload)
    if upload.state not in (ImportState.READING, ImportState.READY):
        raise ValidationError(_("It is too late to leave it out: the drafts are being written, or nothing was kept."))
    upload.to_dropped()
    upload.upload, upload.items = None, []
    upload.save()
    return upload


def forgotten(now: datetime) -> QuerySet[GuideImport]:
    """Dry runs that nobody confirmed."""
    return GuideImport.objects.filter(state=ImportState.READY, requested_at__lt=now - KEPT)


@transaction.atomic
def order_export(user: Any) -> GuideExport:
    """Queue a workbook of all guides; the one that is being written for this user already, if there is one."""
    waiting = GuideExport.objects.filter(requested_by=user, state=ExportState.WRITING).first()
    if waiting is None:
        waiting = queue(GuideExport(requested_by=user, total=GuidePage.objects.count()))
    return waiting


@transaction.atomic
def finish_export(export: GuideExport, content: bytes, count: int) -> None:
    """The file is there: its owner may fetch it. Raises TurnIsOver."""
    export = held(export)
    export.content, export.done, export.total = content, count, count
    export.to_done()
    export.save()
    index = home()
    if index is not None:
        audit.record(index, "guides.export", export.requested_by, count=count)


@transaction.atomic
def fail_export(export: GuideExport, message: str) -> None:
    """There will be no file; its owner reads why. Raises TurnIsOver."""
    export = held(export)
    export.message = message
    export.to_failed()
    export.save()


def old_exports(now: datetime) -> QuerySet[GuideExport]:
    """Exports that nobody may fetch any more."""
    return GuideExport.objects.filter(requested_at__lt=now - EXPORT_KEPT).defer("content")


def _report(plan: Plan) -> dict[str, Any]:
    return {
        "steps": [{**step.as_json(), "headings": step.headings} for step in plan.steps],
        "left_alone": plan.left_alone,
    }
