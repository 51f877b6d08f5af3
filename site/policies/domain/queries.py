"""Questions about policy documents."""

from typing import TYPE_CHECKING

from suite.publishing.digest import digest

if TYPE_CHECKING:
    from policies.models import PolicyPage


def has_confidentiality_check(policy: "PolicyPage") -> bool:
    """Whether somebody checked exactly this content for secrets (requirement G)."""
    return policy.confidentiality_checks.filter(digest=checked_content(policy)).exists()


def checked_content(policy: "PolicyPage") -> str:
    """Fingerprint of what a confidentiality check looks at: everything but where and when the page is shown."""
    return digest(policy, without={"slug", "go_live_at", "expire_at", "show_in_menus"})
