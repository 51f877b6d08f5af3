"""A turn of the background worker on a video that has arrived."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from suite.background.domain import Turn
from training.domain.lifecycle import videos as lifecycle
from training.models import Video

from . import mp4, webm
from .containers import Broken, Found
from .disk import digest


def check(video: Video, turn: Turn) -> None:
    """Look at the file and accept it. Raises ValidationError, with what to do, for one that cannot be shown."""
    if not video.path.exists() or video.path.stat().st_size != video.size:
        raise ValidationError(_("The file is not on the server any more: upload it again."))
    lifecycle.accept(video, look(video.path), digest(video.path))


def look(path: Path) -> Found:
    """Read what kind of video the file is. Raises ValidationError, with what to do, where no browser plays it."""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(12)
        try:
            if start[4:8] == b"ftyp":
                return mp4.read(file, size)
            if start[:4] == webm.MAGIC:
                return webm.read(file, size)
        except Broken:
            raise ValidationError(
                _(
                    "The file is damaged or ends too early: play it on your computer to the end, copy it again from "
                    "the camera or phone, and upload that copy."
                )
            ) from None
    raise ValidationError(
        _("This file is no MP4 and no WebM video: save it as MP4 (H.264) with the program that made it.")
    )
