"""Who may do what with policy documents."""

from typing import TYPE_CHECKING

from suite.publishing.domain.authors import authors

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from .models import PolicyPage

CHECK_CONFIDENTIALITY = "policies.add_confidentialitycheck"
VIEW_REGISTER = "policies.view_policypage"
RECORD_VALIDITY = "policies.add_validityrecord"


def user_can_check_confidentiality(user: "User", policy: "PolicyPage") -> bool:
    """The permission, and not one's own document (requirement G; three different people)."""
    return user.has_perm(CHECK_CONFIDENTIALITY) and user not in authors(policy)


def user_can_record_validity(user: "User") -> bool:
    return user.has_perm(RECORD_VALIDITY)
