"""Videos: begun, sent part by part, checked, deleted."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from suite import audit
from suite.background.domain import held, queue
from suite.evidence.validators import cleaned_name
from suite.state import locked
from training.domain.videos import captions, disk
from training.domain.videos.containers import Found
from training.domain.videos.refusals import (
    MEGABYTE,
    PART,
    AllHere,
    DamagedPart,
    OtherFile,
    OtherWindow,
    PartTooLong,
    WrongOffset,
    require_size,
)
from training.domain.videos.uses import in_use
from training.enums import VideoState
from training.models import Video

# Who comes back from a holiday can still go on.
KEPT = timedelta(days=14)
# So much of what is there is compared with the file that somebody goes on with.
COMPARED = 64 * 1024


@transaction.atomic
def begin(title: str, file_name: str, size: int, user: Any) -> Video:
    """A video whose file will come in parts. ``size`` in bytes.

    Raises ValidationError: too large, empty, or no room on the disk; then nothing needs to be sent.
    """
    require_size(size)
    disk.require_room(size)
    video = Video(title=title.strip(), file_name=cleaned_name(file_name), size=size, requested_by=user)
    video.writer = secrets.token_hex(16)
    video.full_clean(exclude=["requested_by", "file_name"])
    video.save()
    audit.record(video, "training.begin_video", user, size=size // MEGABYTE)
    return video


@transaction.atomic
def go_on(video: Video, start: bytes, before: bytes, size: int, user: Any) -> Video:
    """The file was chosen again: this window sends the rest, any other is told to stop.

    ``start``: its first bytes, ``before``: those before what is missing, `COMPARED` of each (or all there are).
    Raises OtherFile where they are not what was sent before, AllHere where nothing is missing.
    """
    video = locked(video)
    _require_uploading(video)
    length = min(COMPARED, video.received)
    there = b""
    if length:
        with video.path.open("rb") as file:
            there = file.read(length)
            file.seek(video.received - length)
            there += file.read(length)
    if size != video.size or start[:length] + before[len(before) - length :] != there:
        raise OtherFile
    video.writer = secrets.token_hex(16)
    video.save(update_fields=["writer"])
    return video


def add_part(video: Video, writer: str, offset: int, data: bytes, sha256: str = "") -> Video:
    """Keep one part, on the disk when it returns; the last one sends the video to be checked.

    ``offset``: where it belongs; ``sha256``: in hexadecimal, where the sender could compute it. A part that fails
    leaves everything as it was. Raises PartRefused: WrongOffset (also for a part sent twice), OtherWindow,
    DamagedPart, PartTooLong, AllHere, DiskFull, Busy.
    """
    if len(data) > PART:
        raise PartTooLong
    if sha256 and not hmac.compare_digest(hashlib.sha256(data).hexdigest(), sha256.lower()):
        raise DamagedPart
    with disk.writing(video.path) as handle:
        # Nobody else moves on while the file is held: the database is not kept waiting for the disk.
        video = Video.objects.get(pk=video.pk)
        _require_place(video, writer, offset, len(data))
        disk.put(handle, offset, data)
        if offset + len(data) == video.size:
            os.ftruncate(handle, video.size)
        return _received(video, writer, offset, len(data))


def keep_whole(title: str, file_name: str, chunks: Iterable[bytes], size: int, user: Any) -> Video:
    """A small video that came with a form, in one piece. Raises ValidationError; nothing of it stays then."""
    video = begin(title, file_name, size, user)
    try:
        offset = 0
        for chunk in chunks:
            for at in range(0, len(chunk), PART):
                piece = chunk[at : at + PART]
                video = add_part(video, video.writer, offset, piece)
                offset += len(piece)
    except BaseException:
        with transaction.atomic():
            _drop(locked(video))
        raise
    return video


@transaction.atomic
def accept(video: Video, found: Found, sha256: str) -> Video:
    """It is what it should be: it can be shown. Raises TurnIsOver."""
    video = held(video)
    video.to_ready()
    video.content_type, video.codec, video.seconds, video.sha256 = (
        found.content_type,
        found.codec,
        found.seconds,
        sha256,
    )
    video.done = video.total
    video.save()
    audit.record(video, "training.accept_video", None, sha256=sha256)
    return video


@transaction.atomic
def refuse(video: Video, message: str) -> Video:
    """It cannot be shown; `message` says why and what to do. Its file goes. Raises TurnIsOver."""
    video = held(video)
    video.to_refused()
    video.message = message
    video.save()
    disk.delete_when_committed(video)
    audit.record(video, "training.refuse_video", None, reason=message)
    return video


@transaction.atomic
def set_captions(video: Video, text: str, user: Any) -> Video:
    """Captions as WebVTT or SRT; '' takes them away. Raises ValidationError naming the line that is wrong."""
    video = locked(video)
    text = captions.cleaned(text, video.seconds)
    if text != video.captions:
        video.captions = text
        video.save(update_fields=["captions"])
        audit.record(video, "training.caption_video", user, cues=len(captions.cues(text)))
    return video


@transaction.atomic
def delete(video: Video, user: Any) -> None:
    """Delete a video with its file. Raises ValidationError while a material, published or not, shows it."""
    video = locked(video)
    if pages := in_use(video):
        raise ValidationError(
            _("“%(page)s” shows this video: choose another one there first (and publish that).") % {"page": pages[0]}
        )
    audit.record(video, "training.delete_video", user, name=video.file_name, size=video.size // MEGABYTE)
    _drop(video)


@transaction.atomic
def drop_abandoned(pk: int, now: datetime) -> None:
    """Delete what has been begun and not gone on with for `KEPT`."""
    video = abandoned(now).select_for_update().filter(pk=pk).first()
    if video is not None:
        audit.record(video, "training.drop_video", None, name=video.file_name)
        _drop(video)


def abandoned(now: datetime) -> Any:
    """Videos that have been begun and not gone on with for `KEPT`."""
    return Video.objects.filter(state=VideoState.UPLOADING, received_at__lte=now - KEPT)


def _drop(video: Video) -> None:
    disk.delete_when_committed(video)
    video.delete()


def _require_uploading(video: Video) -> None:
    if video.state != VideoState.UPLOADING:
        raise AllHere


def _require_place(video: Video, writer: str, offset: int, length: int) -> None:
    _require_uploading(video)
    if not hmac.compare_digest(writer, video.writer):
        raise OtherWindow
    if offset != video.received or not length or offset + length > video.size:
        raise WrongOffset(video.received)


@transaction.atomic
def _received(video: Video, writer: str, offset: int, length: int) -> Video:
    video = locked(video)
    # Whoever went on in another window while the part was written is right.
    _require_place(video, writer, offset, length)
    video.received = offset + length
    video.received_at = timezone.now()
    if video.received < video.size:
        video.save(update_fields=["received", "received_at"])
        return video
    video.writer = ""
    video.total = max(1, video.size // MEGABYTE)
    video.requested_at = timezone.now()
    video.to_checking()
    return queue(video)
