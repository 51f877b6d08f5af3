"""Nobody's text is overwritten by somebody who has not seen it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import KeptDraft


class Conflict(ValidationError):
    """Somebody else changed meanwhile what was to be saved: ``stored`` is it as it is now; nothing was overwritten."""

    def __init__(self, stored: Any, told: str = "") -> None:
        self.stored = stored
        told = told or _("This was changed elsewhere meanwhile. Compare both versions and save what is right.")
        super().__init__(told, code="conflict")


def accept(record: KeptDraft, version: int, writer: str = "", turn: int = 0) -> None:
    """Let a new text of a draft in: its next version. The caller holds the lock, sets the text and saves the record.

    Arguments: ``version``, the one that whoever writes has seen; ``writer`` and ``turn``, the page that sends it and
    the how manieth time it does, empty and 0 from a form without scripts. A page whose answers got lost on the way
    goes on from a version it never heard of: that is no conflict, unless what comes was sent before what is stored.
    Raises Conflict where the stored version is another.
    """
    goes_on = bool(writer) and writer == record.writer and turn > record.turn
    if version != record.version and not goes_on:
        raise Conflict(record)
    record.version += 1
    record.writer, record.turn, record.saved_at = writer, turn, timezone.now()
