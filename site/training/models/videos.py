"""Videos: uploaded in parts, checked behind the scenes, watched by whoever may read a material that shows them."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from suite.background.models import BackgroundWork
from suite.state import state_field
from training.enums import VideoState


def videos_folder() -> Path:
    """Where the files lie: private, served by `views.videos` alone."""
    return Path(settings.VAR_DIR) / "videos"


class Video(BackgroundWork):
    """One file, and how far it is.

    ``size`` in bytes, as its sender said it; ``received``: how many of them are on the disk; ``writer``: the window
    that may send the next part; ``sha256`` of the whole, once it was checked; ``seconds``: how long it lasts, where
    the file says so; ``codec``: how its pictures are coded; ``captions``: WebVTT, or ''.
    """

    at_work = (VideoState.CHECKING,)

    state = state_field(VideoState, VideoState.UPLOADING)
    title = models.CharField(_("title"), max_length=120)
    file_name = models.CharField(_("file"), max_length=200, editable=False)
    content_type = models.CharField(_("kind of file"), max_length=20, blank=True, editable=False)
    codec = models.CharField(_("coding of the pictures"), max_length=20, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    received = models.PositiveBigIntegerField(_("bytes received"), default=0, editable=False)
    received_at = models.DateTimeField(_("last part received at"), default=timezone.now, editable=False)
    writer = models.CharField(max_length=32, blank=True, editable=False)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True, editable=False)
    seconds = models.PositiveIntegerField(_("length in seconds"), null=True, editable=False)
    captions = models.TextField(_("captions"), blank=True)
    stored_as = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The video stays when its sender's account goes.
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        ordering = ["-requested_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> Path:
        """The file on the disk; while it is uploaded it may be longer than what counts as received."""
        return videos_folder() / self.stored_as.hex

    @transition("state", source=VideoState.UPLOADING, target=VideoState.CHECKING)
    def to_checking(self) -> None: ...

    @transition("state", source=VideoState.CHECKING, target=VideoState.READY)
    def to_ready(self) -> None: ...

    @transition("state", source=VideoState.CHECKING, target=VideoState.REFUSED)
    def to_refused(self) -> None: ...
