"""Questions about policy documents."""

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.timezone import localdate

from policies.enums import APPLICABLE
from policies.listing import with_validity
from suite.publishing.digest import digest

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from policies.models import PolicyPage, PolicyTheme


def has_confidentiality_check(policy: "PolicyPage") -> bool:
    """Whether somebody checked exactly this content for secrets (requirement G)."""
    return policy.confidentiality_checks.filter(digest=checked_content(policy)).exists()


def checked_content(policy: "PolicyPage") -> str:
    """Fingerprint of what a confidentiality check looks at: everything but where and when the page is shown."""
    return digest(policy, without={"slug", "go_live_at", "expire_at", "show_in_menus"})


def applicable(theme: "PolicyTheme") -> "QuerySet[PolicyPage]":
    """The documents of a theme that apply today and that anyone may read, newest first, with `listed_validity`."""
    policies = theme.policies.live().public()  # type: ignore[attr-defined]  # a page's manager, unknown to django-stubs
    found = with_validity(policies, localdate()).filter(current_validity__in=APPLICABLE)
    return found.order_by(F("issued_on").desc(nulls_last=True), "title")
