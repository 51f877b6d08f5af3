"""The folder of the files: beside the public uploads, never among them."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage


def evidence_folder() -> Path:
    """Where the files lie: private, served by `views.evidence_file` alone."""
    return Path(settings.VAR_DIR) / "evidence"


class EvidenceStorage(FileSystemStorage):
    """Readable by the site's own account only; a file has no address of its own."""

    # The folder is asked for each time: it moves with the setting.
    @property
    def base_location(self) -> Path:
        return evidence_folder()

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)

    def url(self, name: str | None) -> str:
        """Raises ValueError: the address belongs to the row (`Evidence.url`)."""
        raise ValueError("Evidence is served by its row, not by its file.")

    def _save(self, name: str, content: Any) -> str:
        """On the disk when it returns, as the database's rows are when they are committed."""
        stored: str = super()._save(name, content)  # type: ignore[misc]  # not in the stubs
        for path, flags in ((self.path(stored), os.O_RDONLY), (os.path.dirname(self.path(stored)), os.O_DIRECTORY)):
            handle = os.open(path, flags)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        return stored


def evidence_storage() -> EvidenceStorage:
    """The storage of `Evidence.file`."""
    return EvidenceStorage(file_permissions_mode=0o600, directory_permissions_mode=0o700)
