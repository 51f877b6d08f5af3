"""Pages that go live, or stop being live, on their day."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Page, Revision

from suite import audit
from suite.publishing.models import Clearance, PublishedPage, ScheduleRefusal
from suite.publishing.signals import schedule_refused

from .authors import authors

logger = logging.getLogger(__name__)


@dataclass
class DueReport:
    """What `publish_due` did, as titles; ``refused`` pairs a title with the reason."""

    published: list[str] = field(default_factory=list)
    expired: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def due(now: datetime) -> tuple[list[Any], list[Revision]]:
    """What has to stop being live by `now` (aware), and the revisions that have to go live, oldest first."""
    expired = [obj for model in _models() for obj in model.objects.filter(live=True, expire_at__lt=now)]
    revisions = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk")
    return expired, list(revisions)


def publish_due(now: datetime | None = None) -> DueReport:
    """Do what is due by `now`: each page in a transaction of its own, none holds up another. May be called any time.

    A page that the gate refuses on its day is taken off the schedule and put, with the reason, on the desks of its
    authors and of who approved it.
    """
    report = DueReport()
    expired, revisions = due(now or timezone.now())
    for obj in expired:
        with transaction.atomic():
            obj.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        report.expired.append(str(obj))
    for revision in revisions:
        _publish_one(revision, report)
    return report


def _publish_one(revision: Revision, report: DueReport) -> None:
    try:
        with transaction.atomic():
            locked = Revision.objects.select_for_update().get(pk=revision.pk)
            if locked.approved_go_live_at is None:
                return  # another process was quicker, or somebody took it off the schedule
            locked.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as refusal:
        reason = " ".join(refusal.messages)
    except Exception:
        # Whatever one page is ill with, the next one is due too.
        logger.exception("Scheduled revision %s could not be published", revision.pk)
        reason = _("The page could not be published because of an error; the system administrator finds it in the log.")
    else:
        report.published.append(revision.object_str)
        return
    report.refused.append((revision.object_str, reason))
    _take_off_schedule(revision, reason)


@transaction.atomic
def _take_off_schedule(revision: Revision, reason: str) -> None:
    was_due = revision.approved_go_live_at
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    page = revision.content_object
    if not isinstance(page, PublishedPage):
        return
    last = Clearance.objects.filter(page_id=page.pk, revision=revision).order_by("-pk").first()
    refusal = ScheduleRefusal.objects.create(page_id=page.pk, go_live_at=was_due, reason=reason)
    refusal.people.set([*authors(page), *([last.approved_by] if last and last.approved_by else [])])
    audit.record(page, "publishing.refuse_schedule", None, reason=reason)
    schedule_refused.send(sender=ScheduleRefusal, instance=refusal)


def _models() -> Iterator[Any]:
    yield Page
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page):
            yield model
