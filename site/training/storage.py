"""The private folder of training: files of materials and the pictures of their pages, never among public uploads."""

import os
import weakref
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from suite.evidence.storage import EvidenceStorage


def training_folder() -> Path:
    """Where the files lie. They are served by views that ask `domain.materials.may_read`."""
    return Path(settings.VAR_DIR) / "training"


class TrainingStorage(EvidenceStorage):
    """Readable by the site's own account only, on the disk when a save returns; a file has no address of its own."""

    @property
    def base_location(self) -> Path:
        return training_folder()

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)

    def url(self, name: str | None) -> str:
        """Raises ValueError: who may fetch it depends on the material."""
        raise ValueError("A training file is served by its material, not by its name.")


def training_storage() -> Any:
    """The storage of everything that training keeps."""
    return TrainingStorage(file_permissions_mode=0o600, directory_permissions_mode=0o700)


class _StaysIfCommitted:
    """As evidence's: being forgotten at a rollback is what deletes the file."""

    def __init__(self, name: str) -> None:
        self._undo = weakref.finalize(self, training_storage().delete, name)

    def __call__(self) -> None:
        self._undo.detach()


def keep_if_committed(name: str) -> None:
    """The file `name`, written in this transaction, is deleted if that is rolled back."""
    transaction.on_commit(_StaysIfCommitted(name))


def delete_when_committed(name: str) -> None:
    """The file `name` goes when this transaction is committed, and stays when it is rolled back."""
    transaction.on_commit(partial(training_storage().delete, name), robust=True)
