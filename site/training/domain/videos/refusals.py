"""Why a part or a whole video is not taken, each with the status that its sender's program understands."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from training.models import TrainingSettings

MEGABYTE = 1024 * 1024
# One part at most. Also what is in memory of each at a time, and what a broken line costs.
PART = 4 * MEGABYTE
# What comes in one piece with a form (without JavaScript) is lost where the line breaks.
MOST_WHOLE = 100 * MEGABYTE


class PartRefused(ValidationError):
    """``status``: of the answer, as in the tus protocol where that has one."""

    status = 400


class WrongOffset(PartRefused):
    """A part that does not follow on what is there, perhaps because it is there already. ``received``: go on there."""

    status = 409

    def __init__(self, received: int) -> None:
        super().__init__(_("This part does not follow on what is here: go on behind byte %(at)s.") % {"at": received})
        self.received = received


class OtherWindow(PartRefused):
    status = 423

    def __init__(self) -> None:
        super().__init__(
            _("This video is being uploaded in another window: go on there, or choose the file here once more.")
        )


class OtherFile(PartRefused):
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("This is not the file whose upload was begun: choose that one, or upload this one as a new video.")
        )


class NoPlace(PartRefused):
    def __init__(self) -> None:
        super().__init__(_("This part does not say where it belongs: load the page again."))


class AllHere(PartRefused):
    status = 410

    def __init__(self) -> None:
        super().__init__(_("This video is all here: there is nothing left to send."))


class Busy(PartRefused):
    """Other uploads hold the server, or this very video, for a moment."""

    status = 503

    def __init__(self) -> None:
        super().__init__(_("Other parts are just being stored: this goes on in a few seconds."))


class DiskFull(PartRefused):
    """There is no room. What arrived before stays."""

    status = 507

    def __init__(self) -> None:
        super().__init__(
            _(
                "The server's disk is full. What has been uploaded so far is kept: tell the system administrator, and "
                "go on with the same file once there is room."
            )
        )


class DamagedPart(PartRefused):
    # "Checksum mismatch" of the tus protocol.
    status = 460

    def __init__(self) -> None:
        super().__init__(_("This part was damaged on its way: send it once more."))


class PartTooLong(PartRefused):
    status = 413

    def __init__(self) -> None:
        super().__init__(_("A part has at most %(most)s MB: load the page again.") % {"most": PART // MEGABYTE})


def most_bytes() -> int:
    """How large a video may be, in bytes, as the office has set it."""
    return int(TrainingSettings.load().video_megabytes) * MEGABYTE


def require_size(size: int) -> None:
    """Raises ValidationError for an empty file, and one that is larger than the office allows."""
    if size <= 0:
        raise ValidationError({"file": _("There is nothing in this file: choose another one.")})
    if size > most_bytes():
        raise ValidationError(
            {
                "file": _(
                    "This video has %(size)s MB, at most %(most)s MB are taken: save it in a lower resolution (720p is "
                    "enough), or cut it into several."
                )
                % {"size": -(-size // MEGABYTE), "most": most_bytes() // MEGABYTE}
            }
        )


def require_small(size: int) -> None:
    """Raises ValidationError where a file is too large to come in one piece."""
    if size > MOST_WHOLE:
        raise ValidationError(
            {
                "file": _(
                    "Without JavaScript at most %(most)s MB can be uploaded: switch JavaScript on, or use another "
                    "browser."
                )
                % {"most": MOST_WHOLE // MEGABYTE}
            }
        )
