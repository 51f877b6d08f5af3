"""Files on the disk that follow the database: what is rolled back leaves nothing, what is removed goes."""

import datetime
import weakref
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from suite.evidence.models import Evidence
from suite.evidence.storage import evidence_folder, evidence_storage

# Long enough for a backup that was put back to be set right before anything is missed.
ORPHANS_STAY = datetime.timedelta(days=7)


class _StaysIfCommitted:
    """Called when the transaction is committed. Django forgets it when the transaction, or the savepoint it was made
    in, is rolled back, and there is no hook for that: being forgotten is what deletes the file."""

    def __init__(self, name: str) -> None:
        self._undo = weakref.finalize(self, evidence_storage().delete, name)

    def __call__(self) -> None:
        self._undo.detach()


def keep_if_committed(name: str) -> None:
    """The file `name`, which is about to be written in this transaction, is deleted if that is rolled back."""
    transaction.on_commit(_StaysIfCommitted(name))


def delete_when_committed(name: str) -> None:
    """The file `name` goes when this transaction is committed, and stays when it is rolled back."""
    transaction.on_commit(partial(evidence_storage().delete, name), robust=True)


def sweep() -> None:
    """Delete files that belong to no row: those of a process that was killed between disk and database."""
    before = (timezone.now() - ORPHANS_STAY).timestamp()
    old = [path for path in evidence_folder().rglob("*") if path.is_file() and path.stat().st_mtime < before]
    known = set(Evidence.objects.exclude(file="").values_list("file", flat=True))
    for path in old:
        if _name(path) not in known:
            path.unlink(missing_ok=True)


def _name(path: Path) -> str:
    return path.relative_to(evidence_folder()).as_posix()
