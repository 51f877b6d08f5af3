"""Who may do what with hearings (requirement H)."""

from typing import Any

REPORT = "hearings.add_topic"
VIEW_TOPICS = "hearings.view_topic"
DECIDE = "hearings.decide_topic"
RUN = "hearings.run_hearing"
VIEW = "hearings.view_hearing"
RECORD_POSTING = "hearings.add_posting"
KEY_IN = "hearings.key_in_representative"
RECORD_SESSION = "hearings.record_session"
REPORT_MEASURE = "hearings.report_measure"


def user_can_report(user: Any) -> bool:
    """File a problem for the pool: liaisons, publicists, the efficiency office."""
    return bool(user.has_perm(REPORT))


def user_can_decide(user: Any) -> bool:
    """Merge topics, answer them, take them to a hearing."""
    return bool(user.has_perm(DECIDE))


def user_can_run(user: Any) -> bool:
    """Plan, change, postpone, cancel, fix, issue measures, close."""
    return bool(user.has_perm(RUN))


def user_can_record_posting(user: Any) -> bool:
    """Record that a notice was hung or broadcast."""
    return bool(user.has_perm(RECORD_POSTING))


def user_can_key_in(user: Any) -> bool:
    """Enter the sign-up of somebody who filled in paper, and answer or withdraw for them."""
    return bool(user.has_perm(KEY_IN))


def user_can_record_session(user: Any) -> bool:
    """Write down what is said in the session, begin and close it."""
    return bool(user.has_perm(RECORD_SESSION))


def user_can_see_figures(user: Any) -> bool:
    """The half-year's figures: whoever may see hearings and reach the admin."""
    return bool(user.has_perm(VIEW) and user.has_perm("wagtailadmin.access_admin"))
