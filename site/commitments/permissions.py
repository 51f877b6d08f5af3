"""Who may do what with monthly commitments (requirement I). Whose it is, the domain asks (domain/responsibility.py)."""

from typing import Any

FILE = "commitments.file_commitment"
VIEW = "commitments.view_commitment"
APPROVE = "commitments.approve_commitment"
KEY_IN = "commitments.key_in_commitment"
RUN = "commitments.run_commitments"
VERIFY = "commitments.verify_promise"
VIEW_NOTICES = "commitments.view_servednotice"
APPROVE_NOTICE = "commitments.approve_notice"
DECIDE_OBJECTION = "commitments.decide_objection"


def user_can_file(user: Any) -> bool:
    """Write, file and report on their own commitment, and answer notices to themselves."""
    return bool(user.has_perm(FILE))


def user_can_see_register(user: Any) -> bool:
    """See all commitments in the admin, and the month's analysis with names."""
    return bool(user.has_perm(VIEW))


def user_can_approve(user: Any) -> bool:
    """Approve commitments of those they are in charge of."""
    return bool(user.has_perm(APPROVE))


def user_can_key_in(user: Any) -> bool:
    """Key in a commitment that somebody filled in by hand."""
    return bool(user.has_perm(KEY_IN))


def user_can_run(user: Any) -> bool:
    """Open and close months, release people, plan meetings, decide outcomes, propose notices."""
    return bool(user.has_perm(RUN))


def user_can_verify(user: Any) -> bool:
    """Verify, as efficiency supervisor, what others report."""
    return bool(user.has_perm(VERIFY))


def user_can_approve_notice(user: Any) -> bool:
    """Approve notices to those they are in charge of."""
    return bool(user.has_perm(APPROVE_NOTICE))


def user_can_decide_objection(user: Any) -> bool:
    """Decide objections to notices they neither proposed nor approved."""
    return bool(user.has_perm(DECIDE_OBJECTION))
