"""What an account can do with a notice now. The functions of the life cycle refuse everything else all the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from commitments.enums import Grade, NoticeState
from commitments.models import ServedNotice
from commitments.permissions import user_can_run

from .grades import next_grade
from .notice_access import approver_of_notice, decider_of, is_account_of
from .notice_record import is_overdue, objects_until

ACKNOWLEDGE, ANSWER, OBJECT = "acknowledge", "answer", "object"
APPROVE, REFUSE, DECIDE, TALK = "approve", "refuse", "decide", "talk"
SERVE, KEY_IN, CLOSE, ASK_AGAIN, ESCALATE, WITHDRAW = "serve", "key-in", "close", "ask-again", "escalate", "withdraw"


def steps(user: Any, notice: ServedNotice) -> list[str]:
    """The steps open to this account, the one that is expected first."""
    if is_account_of(user, notice.commitment.person):
        return list(_of_person(notice))
    return list(dict.fromkeys([*_of_leaders(user, notice), *(_of_office(notice) if user_can_run(user) else ())]))


def _of_person(notice: ServedNotice) -> Iterator[str]:
    if notice.state == NoticeState.APPROVED:
        yield ACKNOWLEDGE
    elif notice.state == NoticeState.SERVED:
        yield ANSWER
        if objects_until(notice):
            yield OBJECT


def _of_leaders(user: Any, notice: ServedNotice) -> Iterator[str]:
    if notice.state == NoticeState.PROPOSED and is_account_of(user, approver_of_notice(notice)):
        yield APPROVE
        yield REFUSE
    if notice.state == NoticeState.OBJECTED and is_account_of(user, decider_of(notice)):
        yield DECIDE
    if is_account_of(user, notice.talk_by) and _takes_talk(notice):
        yield TALK


def _of_office(notice: ServedNotice) -> Iterator[str]:
    if notice.state == NoticeState.APPROVED:
        yield SERVE
    if notice.state == NoticeState.ANSWERED:
        if notice.grade == Grade.TALK and not notice.talk_record:
            yield TALK
        else:
            yield CLOSE
        yield ASK_AGAIN
    if notice.state == NoticeState.SERVED:
        yield KEY_IN
    if _takes_talk(notice):
        yield TALK
    if next_grade(notice.grade) and (notice.state == NoticeState.ANSWERED or is_overdue(notice)):
        yield ESCALATE
    if notice.state in (NoticeState.PROPOSED, NoticeState.APPROVED):
        yield WITHDRAW


def _takes_talk(notice: ServedNotice) -> bool:
    return notice.grade == Grade.TALK and notice.state in (NoticeState.SERVED, NoticeState.ANSWERED)
