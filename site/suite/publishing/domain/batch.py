"""One decision of two people about many pages at once, for imports."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from suite.publishing.models import BatchDecision, PublishedPage
from suite.publishing.permissions import user_can_approve, user_can_check

from .clearing import clear_and_publish


@dataclass
class BatchResult:
    """What became of the pages: ``refused`` pairs each page that stayed a draft with the reason."""

    decision: BatchDecision
    published: list[PublishedPage] = field(default_factory=list)
    refused: list[tuple[PublishedPage, str]] = field(default_factory=list)


@transaction.atomic
def publish_batch(
    pages: Iterable[PublishedPage],
    checked_by: Any,
    approved_by: Any,
    name: str,
    file_hash: str,
    imported_by: Any = None,
) -> BatchResult:
    """Clear and publish drafts on one named decision (requirement G), without a workflow for each.

    Arguments: ``pages``, saved drafts, of which each one's newest revision is published (one is saved where there is
    none); ``name`` and ``file_hash`` (SHA-256, hexadecimal) say what the two decided on: called again with the same,
    it goes on with the same decision, so an import can publish in portions and be run again; ``imported_by``, who
    runs the import, if a person does.
    Raises ValidationError, before touching a page, for people who may not decide. A page whose author is one of the
    two, or whose content is not fit, is listed as refused and stays a draft; the others go live.
    """
    _require_two_who_may(checked_by, approved_by, imported_by)
    decision, _created = BatchDecision.objects.get_or_create(
        name=name, file_hash=file_hash, checked_by=checked_by, approved_by=approved_by
    )
    result = BatchResult(decision)
    for page in pages:
        try:
            with transaction.atomic():
                _publish_one(page, decision, imported_by)
        except ValidationError as refusal:
            result.refused.append((page, " ".join(refusal.messages)))
        else:
            result.published.append(page)
    return result


def _publish_one(page: PublishedPage, decision: BatchDecision, imported_by: Any) -> None:
    revision = page.get_latest_revision() or page.save_revision(user=imported_by)
    clear_and_publish(page, revision, decision.checked_by, decision.approved_by, decision)


def _require_two_who_may(checked_by: Any, approved_by: Any, imported_by: Any) -> None:
    if checked_by == approved_by:
        raise ValidationError(_("Name two different people: one who checked the file and one who approved it."))
    if imported_by in (checked_by, approved_by):
        raise ValidationError(_("Whoever imports the file neither checks nor approves it: name two others."))
    if not user_can_check(checked_by):
        raise ValidationError(_("%(user)s is not a checker: name somebody who holds that role.") % {"user": checked_by})
    if not user_can_approve(approved_by):
        raise ValidationError(
            _("%(user)s is not an approver: name somebody who holds that role.") % {"user": approved_by}
        )
