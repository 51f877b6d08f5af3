"""The background work: read and compare an uploaded workbook, later write its items; write one that was ordered."""

import io
from collections.abc import Callable

from django.db import transaction

from guides.domain import lifecycle
from guides.enums import ImportState
from guides.models import GuideExport, GuideImport
from search.batch import PORTION, batched, let_others_write
from suite.background.domain import Turn, held

from .importing import write
from .items import Item
from .planning import CHANGE, CREATE, Step, plan_import
from .reading import read_workbook
from .writing import export_guides


def work(upload: GuideImport, turn: Turn) -> None:
    """One turn of work on an import."""
    if upload.state == ImportState.READING:
        _read(upload, turn)
    else:
        _write(upload, turn)


def write_out(export: GuideExport, turn: Turn) -> None:
    """Write the ordered workbook, in one turn."""
    output = io.BytesIO()
    count = export_guides(output, _counting(turn))
    lifecycle.finish_export(export, output.getvalue(), count)


def _counting(turn: Turn) -> Callable[[int], None]:
    """A function that is told of so many more rows or items, and reports how many there are by now."""
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        turn.report(done)

    return count


def _read(upload: GuideImport, turn: Turn) -> None:
    count = _counting(turn)
    reading = read_workbook(io.BytesIO(bytes(upload.upload or b"")), count)
    lifecycle.finish_reading(upload, reading, plan_import(reading.items, upload.requested_by, count))


def _write(upload: GuideImport, turn: Turn) -> None:
    items = {data["key"]: Item.from_json(data) for data in upload.items}
    steps = [
        Step(**{name: value for name, value in step.items() if name != "headings"})
        for step in upload.report["steps"]
        if step["action"] in (CREATE, CHANGE)
    ]
    with batched():
        while True:
            with transaction.atomic():
                now = held(upload)
                portion = [(step, items[step.key]) for step in steps[now.done : now.done + PORTION]]
                refused = list(write(portion, now.requested_by))
                now = lifecycle.wrote(now, len(portion), refused)
            if not now.unfinished or turn.time_is_up:
                return
            let_others_write()
