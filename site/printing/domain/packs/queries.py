"""What screens and the tick ask about print packs."""

import re
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from printing.enums import PackState
from printing.models import Pack
from printing.models.packs import packs_folder
from suite.background.domain import telling

_FOLDER = re.compile("[0-9a-f]{32}")


def packs_of(user: Any) -> QuerySet[Pack]:
    """The packs this person ordered, newest first; nobody else's."""
    return Pack.objects.filter(requested_by=user)


def on_the_desk(user: Any) -> QuerySet[Pack]:
    """Packs that are ready, or could not be made, and that their owner has not taken yet."""
    ended = packs_of(user).filter(state__in=(PackState.DONE, PackState.FAILED), taken_at=None)
    return ended.filter(expires__gt=timezone.now()).order_by("finished_at")


def expired(now: datetime) -> QuerySet[Pack]:
    """Packs whose time is over and whose files are still there."""
    there = [folder.name for folder in packs_folder().iterdir()] if packs_folder().is_dir() else []
    return Pack.objects.filter(folder_name__in=[name for name in there if _FOLDER.fullmatch(name)], expires__lte=now)


def progress_text(pack: Pack, now: datetime) -> str:
    """One line on how far it is: “12 / 100, about 30 seconds left”."""
    if pack.state == PackState.DONE:
        return ngettext("%(pages)d page in one file", "%(pages)d pages in one file", pack.pages) % {"pages": pack.pages}
    if pack.unfinished and pack.done == pack.total:
        return _("%(count)s, now being put together") % {"count": f"{pack.done} / {pack.total}"}
    return telling.progress_text(pack, now)
