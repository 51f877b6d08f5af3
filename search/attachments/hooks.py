"""What the texts of files give to the suite: the tick that takes up what was left, who may open the list."""

import datetime
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.documents import get_document_model

from search.attachments import tasks, working
from search.attachments.viewsets import keeps_files
from suite.periodic import PeriodicJob
from suite.permissions import PermissionRow


@hooks.register("periodic_jobs")
def periodic_jobs(now: datetime.datetime) -> Iterator[PeriodicJob]:
    """Files whose worker died are read; pages follow files that were hidden in a way that sends no signal."""
    for row in working.fallen_silent(now).select_related("document").defer("text"):
        yield PeriodicJob(
            f"search.file:{row.pk}:{row.asked_at.timestamp():.0f}",
            partial(ask_again, row.pk, now),
            _("Reading the text of “%(title)s”") % {"title": row},
        )
    if working.out_of_step().exists():
        minute = timezone.localtime(now).strftime("%Y-%m-%d %H:%M")
        yield PeriodicJob(
            f"search.files-in-step:{minute}", tasks.bring_into_step.enqueue, _("Indexing pages whose files changed")
        )
    yield PeriodicJob(
        f"search.files:{timezone.localdate(now)}", tasks.note_files.enqueue, _("Finding files that were never read")
    )


def ask_again(key: int, now: datetime.datetime) -> None:
    """Queue a file that nobody reads."""
    working.asked(key, now)
    tasks.read_file.enqueue(key)


@hooks.register("after_bulk_action")
def files_moved(request: HttpRequest, action_type: str, objects: Any, action: Any) -> None:
    """Files moved to another collection many at a time: Wagtail sends no signal for them."""
    if action_type == "add_to_collection" and _are_documents(objects):
        tasks.bring_into_step.enqueue()


def _are_documents(objects: list[Model]) -> bool:
    return any(isinstance(each, get_document_model()) for each in objects)


@hooks.register("permission_rows")
def permission_rows() -> list[PermissionRow]:
    return [PermissionRow(f"search_files:{name}", keeps_files) for name in ("index", "again")]
