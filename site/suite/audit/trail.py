"""Whoever may read the trail reads all of it, in Wagtail's own report.

Wagtail shows people the entries of what they may edit; an audit administrator edits nothing and reads everything.
Entries about records that only some may see (`suite.audit.restrict`) are shown to those alone.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from wagtail.models import ModelLogEntry, PageLogEntry

from . import restricted

LOGS = (ModelLogEntry, PageLogEntry)


def open_to_auditors() -> None:
    """Let the managers of both logs show everything to holders of audit.view_trail."""
    for log in LOGS:
        manager: Any = type(log._default_manager)
        manager.viewable_by_user = _everything_to_auditors(manager.viewable_by_user)


def _everything_to_auditors(narrow: Callable[[Any, Any], QuerySet[Any]]) -> Callable[[Any, Any], QuerySet[Any]]:
    def viewable_by_user(self: Any, user: Any) -> QuerySet[Any]:
        if user.has_perm("audit.view_trail"):
            return self.all()
        rows = narrow(self, user)
        return _without_hidden(rows, user) if self.model is ModelLogEntry else rows

    return viewable_by_user


def _without_hidden(rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
    for model, visible_to in restricted.items():
        seen = visible_to(user).order_by().annotate(key=Cast("pk", CharField())).values("key")
        about = ContentType.objects.get_for_model(model)
        rows = rows.exclude(pk__in=ModelLogEntry.objects.filter(content_type=about).exclude(object_id__in=seen))
    return rows
