"""Two people in one form: who saves second is told before theirs becomes the newest draft (design, publication)."""

import json
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as in_words
from django.utils.translation import gettext as _
from wagtail.models import Revision


def newer_revision(page: Any, data: Any) -> Revision | None:
    """The newest revision of ``page``, if it was saved since the form posted as ``data`` was opened; else None.

    Wagtail's form says which revision it was opened with, or which one its autosave writes; Wagtail itself asks only
    when it saves by itself. Who posts without saying either is taken to know the newest.
    """
    newest = page.get_latest_revision()
    if newest is None:
        return None
    if own := data.get("overwrite_revision_id"):
        return newest if own != str(newest.pk) else None
    loaded = data.get("loaded_revision_id")
    if not loaded:
        return None
    # Somebody's autosave may have written over the very revision that was opened.
    same = loaded == str(newest.pk) and data.get("loaded_revision_created_at", "") == newest.created_at.isoformat()
    return None if same else newest


def warning(newest: Revision, data: Any) -> str:
    """What the one who saves second is told; a remark typed for the authors stands in it, as no field keeps it."""
    who = newest.user.get_full_name() or newest.user.get_username() if newest.user else _("Somebody")
    text = _(
        "%(who)s saved a newer version at %(time)s, after you had opened this one. Nothing was saved yet, and what you "
        "typed is still here. Open “History” in another tab and compare; if you save again, yours becomes the newest "
        "draft, and theirs stays in the history."
    ) % {"who": who, "time": in_words(timezone.localtime(newest.created_at), "Y-m-d H:i")}
    if remark := _remark(data):
        text += " " + _("Your remark was: %(remark)s") % {"remark": remark}
    return text


def _remark(data: Any) -> str:
    try:
        return str(json.loads(data.get("workflow-action-extra-data") or "{}").get("comment", ""))
    except (ValueError, AttributeError):
        return ""
