"""From a saved file to a page that is found by it: what background work does, each step short and taken up again."""

import logging
import tempfile
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument

from search.attachments import child
from search.attachments.models import FileText
from search.attachments.outcomes import READABLE, Outcome
from search.attachments.texts import pages_linking
from search.batch import let_others_write
from search.indexing import index_objects

logger = logging.getLogger("search")

KINDS = ("pdf", "docx")
# A file that is read for so long, or waits in the queue for so long, is asked for again: its worker is dead.
SILENT = timedelta(minutes=10)
# A file that ended its worker so often is not tried again by itself.
MOST_TRIES = 3
# Pages written to the index in one go; others write between.
PORTION = 20


def note(document: AbstractDocument) -> bool:
    """Keep the record of a saved document in step with its file. Returns whether the file is to be read.

    A replaced file's text is forgotten in the same transaction.
    """
    row = FileText.objects.filter(pk=document.pk).first()
    if document.file_extension.lower() not in KINDS:
        if row:
            row.delete()
        return False
    if row and row.stored_as == document.file.name and row.file_hash in ("", document.file_hash):
        # Wagtail computes the hash of a file that no form saved when it is first asked for.
        FileText.objects.filter(pk=row.pk).exclude(file_hash=document.file_hash).update(file_hash=document.file_hash)
        return False
    row = row or FileText(document_id=document.pk)
    row.begin_anew(timezone.now())
    row.stored_as, row.file_hash = document.file.name, document.file_hash
    row.save()
    return True


def read_file(key: int) -> bool:
    """Read the file of one document and keep what came of it. Returns whether there was anything to do.

    Only one process reads a file at a time; one that died is known by its silence. Nothing is written but two short
    rows, so nobody waits.
    """
    begun = timezone.now()
    waiting = FileText.objects.filter(pk=key, outcome=Outcome.WAITING)
    free = Q(begun_at=None) | Q(begun_at__lt=begun - SILENT)
    if not waiting.filter(free).update(begun_at=begun, asked_at=begun, tries=F("tries") + 1):
        return False
    row = FileText.objects.select_related("document").get(pk=key)
    digest, reading = ("", child.Reading(Outcome.STOPPED)) if row.tries > MOST_TRIES else _read(row)
    # Whoever replaced the file meanwhile, or took it for given up, has begun anew.
    waiting.filter(begun_at=begun).update(
        outcome=reading.outcome,
        text=reading.text,
        characters=len(reading.text),
        pages=reading.pages,
        pages_read=reading.pages_read,
        digest=digest,
        begun_at=None,
        shown=False,
    )
    return True


def _read(row: FileText) -> tuple[str, child.Reading]:
    """The digest of a document's file, and what it says."""
    document: AbstractDocument = row.document
    with tempfile.NamedTemporaryFile(suffix=".reading") as copy:
        try:
            with document.file.storage.open(row.stored_as, "rb") as file:
                digest = child.copied(file, copy)
        except OSError:
            logger.warning("the file %s can't be had from its store", row.stored_as, exc_info=True)
            return "", child.Reading(Outcome.MISSING)
        if digest is None:
            return "", child.Reading(Outcome.TOO_BIG)
        kind = document.file_extension.lower()
        same = FileText.objects.filter(digest=digest, stored_as__iendswith=f".{kind}", outcome__in=READABLE)
        if known := same.exclude(pk=row.pk).first():
            return digest, child.Reading(Outcome(known.outcome), known.pages, known.pages_read, known.text)
        return digest, child.read(copy.name, kind)


def try_again(key: int) -> None:
    """Forget why a file could not be read; the caller has it read."""
    with transaction.atomic():
        row = FileText.objects.select_for_update().get(pk=key)
        row.begin_anew(timezone.now())
        row.save()


def out_of_step() -> QuerySet[FileText]:
    """Files whose pages' index entries hold a text that they should not hold, or lack one."""
    open_now = FileText.objects.open_to_all().values("pk")
    return FileText.objects.filter(Q(shown=True) & ~Q(pk__in=open_now) | Q(shown=False, pk__in=open_now))


def bring_into_step() -> None:
    """Index the pages anew that link files of `out_of_step`: as soon as a text is there, private, or gone."""
    seen = list(out_of_step().values_list("pk", "shown", "outcome", "digest"))
    for key, shown, outcome, digest in seen:
        index_pages(pages_linking([key]))
        # Not where the file has changed while its pages were written.
        FileText.objects.filter(pk=key, outcome=outcome, digest=digest).update(shown=not shown)
        let_others_write()


def index_pages(keys: Iterable[int]) -> None:
    """Index pages anew, some at a time."""
    keys = list(keys)
    for start in range(0, len(keys), PORTION):
        index_objects("wagtailcore", "page", keys[start : start + PORTION])


def fallen_silent(now: datetime) -> QuerySet[FileText]:
    """Files that nobody reads although they wait: their worker is dead, or what was queued is lost."""
    free = Q(begun_at=None) | Q(begun_at__lt=now - SILENT)
    return FileText.objects.filter(free, outcome=Outcome.WAITING, asked_at__lt=now - SILENT)


def never_noted() -> QuerySet[AbstractDocument]:
    """PDF and Word files without a record: those from before there were any, and those that no form saved."""
    kinds = Q()
    for kind in KINDS:
        kinds |= Q(file__iendswith=f".{kind}")
    return get_document_model().objects.filter(kinds).exclude(pk__in=FileText.objects.values("pk"))


def asked(key: int, now: datetime) -> None:
    """Remember that a file that waits was queued again."""
    FileText.objects.filter(pk=key).update(asked_at=now)
