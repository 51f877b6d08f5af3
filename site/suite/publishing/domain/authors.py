"""Who wrote what is to go live."""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.log_actions import registry
from wagtail.models import Page, Revision, RevisionMixin

from suite.publishing.models import Clearance, UnchangedRevision

# Log entries that tell of writing. Revisions alone would do, but an office may purge old ones.
WRITING = ("wagtail.create", "wagtail.edit", "wagtail.revert", "wagtail.copy")


def author_ids(obj: RevisionMixin) -> set[int]:
    """Ids of all who changed `obj` in a saved revision since it last went live, also one that is gone or overwritten.

    Whoever brought back an older revision counts, and so does who wrote that one; on a page that never was live its
    owner counts too.
    """
    last = Clearance.objects.filter(page_id=obj.pk).used().first() if isinstance(obj, Page) else None
    revisions, log = _round(obj, last)
    writers = set(revisions.values_list("user_id", flat=True)) | set(log.values_list("user_id", flat=True))
    brought_back = [
        data.get("revision", {}).get("id")
        for data in log.filter(action="wagtail.revert").values_list("data", flat=True)
    ]
    if brought_back:
        writers |= set(Revision.objects.filter(pk__in=brought_back).values_list("user_id", flat=True))
    if last is None:
        writers.add(getattr(obj, "owner_id", None))
    return writers - {None}


def authors(obj: RevisionMixin) -> QuerySet:
    """The users of `author_ids`, by username; without those whose account is gone."""
    return get_user_model().objects.filter(pk__in=author_ids(obj)).order_by("username")


def named(users: Any) -> list[dict[str, Any]]:
    """Users as a clearance keeps them: ``[{"id": 7, "name": "王芳"}]``."""
    return [{"id": user.pk, "name": user.get_full_name() or user.get_username()} for user in users]


def _round(obj: RevisionMixin, last: Clearance | None) -> tuple[QuerySet, QuerySet]:
    unchanged = UnchangedRevision.objects.values("pk")
    revisions = obj.revisions.exclude(pk__in=unchanged)
    log = registry.get_logs_for_instance(obj).filter(action__in=WRITING).exclude(revision_id__in=unchanged)
    if last is None:
        return revisions, log
    # A revision saved before the day of a scheduled page is newer than the one cleared; the cleared one itself may be
    # overwritten after it went live, which makes it a draft again.
    went_live: datetime | None = last.went_live_at
    later, later_entry = Q(created_at__gt=went_live), Q(timestamp__gt=went_live)
    if last.revision_id:
        later |= Q(pk__gt=last.revision_id)
        later_entry |= Q(revision_id__gt=last.revision_id)
    return revisions.filter(later), log.filter(later_entry)
