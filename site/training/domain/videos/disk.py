"""The files of videos on the disk."""

import contextlib
import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from training.models import Video, videos_folder

from .refusals import MEGABYTE, Busy, DiskFull

# What the site itself needs beside a video: database, index, backups.
KEPT_FREE = 500 * MEGABYTE
# Long enough for a backup that was put back to be set right before anything is missed.
ORPHANS_STAY = timedelta(days=7)
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_PORTION = MEGABYTE


def require_room(size: int) -> None:
    """Raises ValidationError where a file of ``size`` bytes would leave the site without room."""
    videos_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    free = shutil.disk_usage(videos_folder()).free
    if size + KEPT_FREE > free:
        raise ValidationError(
            _(
                "There is no room for this video on the server (%(free)s MB free, of which the site keeps %(kept)s): "
                "delete videos that nobody needs, or tell the system administrator."
            )
            % {"free": free // MEGABYTE, "kept": KEPT_FREE // MEGABYTE}
        )


@contextlib.contextmanager
def writing(path: Path) -> Iterator[int]:
    """The file, open for one process at a time. Raises Busy, DiskFull."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield handle
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull from error
        raise
    finally:
        os.close(handle)


def put(handle: int, offset: int, data: bytes) -> None:
    """Write at an offset; on the disk when it returns."""
    view = memoryview(data)
    while view:
        written = os.pwrite(handle, view, offset)
        offset, view = offset + written, view[written:]
    os.fsync(handle)


def digest(path: Path) -> str:
    """SHA-256 of the whole file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def portions(path: Path, start: int, end: int, each: int = _PORTION // 4) -> Iterator[bytes]:
    """What lies between two places, little by little: never more than ``each`` bytes in memory."""
    with path.open("rb") as file:
        file.seek(start)
        while start < end and (found := file.read(min(each, end - start))):
            start += len(found)
            yield found


def delete_when_committed(video: Video) -> None:
    """The file goes when this transaction is committed."""
    transaction.on_commit(partial(video.path.unlink, missing_ok=True), robust=True)


def sweep() -> None:
    """Delete files that belong to no row: those of a process that was killed between disk and database."""
    before = (timezone.now() - ORPHANS_STAY).timestamp()
    if not videos_folder().is_dir():
        return
    known = {stored.hex for stored in Video.objects.values_list("stored_as", flat=True)}
    for path in videos_folder().iterdir():
        if path.name not in known and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
