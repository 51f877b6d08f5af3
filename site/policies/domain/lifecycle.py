"""What happens to a policy document: checked for secrets, declared in force, amended or repealed."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from policies.enums import Validity
from policies.models import ConfidentialityCheck, PolicyPage, ValidityRecord
from policies.permissions import user_can_check_confidentiality, user_can_record_validity
from suite.audit import record

from .queries import checked_content

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def check_confidentiality(policy: PolicyPage, user: "User", basis: str = "") -> ConfidentialityCheck:
    """Records that the newest draft of a document holds no secret (requirement G).

    Arguments: ``policy``; ``user`` who looked; ``basis``, the rule or decision relied on, in words.
    Raises ValidationError for someone without the permission or for an author of the document.
    """
    policy = PolicyPage.objects.select_for_update().get(pk=policy.pk)
    if not user_can_check_confidentiality(user, policy):
        raise ValidationError(
            _("A document is checked for secrets by somebody who did not write it. Ask a checker or an approver.")
        )
    draft = policy.get_latest_revision_as_object()
    check = ConfidentialityCheck.objects.create(
        policy=policy, digest=checked_content(draft), basis=basis, checked_by=user
    )
    record(policy, "policies.confidentiality_check", user, basis=basis)
    return check


@transaction.atomic
def record_validity(
    policy: PolicyPage,
    status: Validity | str,
    since: date,
    user: "User",
    replaced_by: PolicyPage | None = None,
    basis: str = "",
) -> ValidityRecord:
    """Adds a validity record; earlier ones stay (requirement G).

    Arguments: ``since``, first day on which ``status`` holds; ``replaced_by``, the document that took its place;
    ``basis``, which decision says so.
    Raises ValidationError without the permission, for a document replaced by itself or by one that leads back to
    it, and for a document that is said to be in force and replaced at once.
    """
    policy = PolicyPage.objects.select_for_update().get(pk=policy.pk)
    if not user_can_record_validity(user):
        raise ValidationError(_("You may not record validity. Ask an approver."))
    if status == Validity.IN_FORCE and replaced_by:
        raise ValidationError(
            {
                "replaced_by": _(
                    "A document in force is not replaced. Choose “amended” or “repealed”, or leave this blank."
                )
            }
        )
    if replaced_by and leads_to(replaced_by, policy):
        raise ValidationError(
            {
                "replaced_by": _("%(title)s is itself replaced by this document. Choose the newest one.")
                % {"title": replaced_by}
            }
        )
    entry = ValidityRecord.objects.create(
        policy=policy, status=status, since=since, replaced_by=replaced_by, basis=basis, recorded_by=user
    )
    record(policy, "policies.validity", user, status=str(Validity(status).label), since=since.isoformat(), basis=basis)
    return entry


def leads_to(start: PolicyPage, goal: PolicyPage) -> bool:
    """Whether following “replaced by” from ``start`` arrives at ``goal`` (a document leads to itself)."""
    seen: set[int] = set()
    waiting = {start.pk}
    while waiting - seen:
        seen |= waiting
        waiting = set(
            ValidityRecord.objects.filter(policy__in=waiting, replaced_by__isnull=False).values_list(
                "replaced_by", flat=True
            )
        )
    return goal.pk in seen
