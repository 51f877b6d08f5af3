"""The pool of topics: reported, put together, answered, taken to a hearing, given back (requirement H)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearings.domain.notice_period import current_notice, facts_of, is_announced
from hearings.domain.texts import reason_given, require_no_numbers
from hearings.domain.villages import serves
from hearings.enums import HearingState, TopicState
from hearings.models import Hearing, Topic
from hearings.permissions import user_can_decide, user_can_report
from organisation.domain.queries import standing
from organisation.enums import SETTLED
from organisation.models import Unit
from suite import audit
from suite.state import locked
from suite.state.changing import moved, require_may, require_state

from .changing import lock_hearing

# A hearing takes topics in while nothing is announced.
TAKES_TOPICS = (HearingState.COLLECTING, HearingState.POSTPONED, HearingState.PLANNED)
# What is put to one of its topics is still heard with it.
NOT_HEARD_YET = (*TAKES_TOPICS, HearingState.NOTIFIED, HearingState.FIXED)


@transaction.atomic
def report(topic: Topic, user: Any) -> Topic:
    """Put a new problem into the pool. A village that was merged is replaced by the one it lives on in.

    Raises ValidationError for what is not filled in, a personal number in a text (not repeated), somebody who does not
    serve the village.
    """
    require_may(user, user_can_report)
    topic.village = standing(topic.village)
    require_settled(topic.village)
    if user is not None and not serves(user, topic.village):
        raise ValidationError(
            {"village": _("You do not serve %(village)s: choose one of your villages.") % {"village": topic.village}}
        )
    topic.reported_by, topic.reported_at = user, timezone.now()
    topic.full_clean()
    require_no_numbers(topic, "title", "text", "wish", "raised_by")
    topic.save()
    audit.record(topic, "hearings.report", user, after=str(topic.get_state_display()), village=str(topic.village))
    return topic


@transaction.atomic
def merge(topic: Topic, into: Topic, user: Any) -> Topic:
    """Put a topic together with a similar one; whoever raised it follows that one. What was put to it goes along.

    Raises ValidationError where either is settled already, or both are the same.
    """
    require_may(user, user_can_decide)
    topic, into = locked(topic), locked(into)
    if topic.pk == into.pk:
        raise ValidationError({"into": _("Choose another topic: one cannot be put together with itself.")})
    _require_waiting(topic)
    if into.state not in (TopicState.REPORTED, TopicState.TAKEN):
        raise ValidationError(
            {"into": _("“%(topic)s” is settled: choose one that waits or goes to a hearing.") % {"topic": into}}
        )
    if into.state == TopicState.TAKEN and into.hearing and into.hearing.state not in NOT_HEARD_YET:
        raise ValidationError(
            {
                "into": _("“%(topic)s” has been heard: answer this one, or take it to the next hearing.")
                % {"topic": into}
            }
        )
    for other in topic.merged.select_for_update():
        other.merged_into = into
        other.save()
        audit.record(other, "hearings.follow", user, into=str(into))
    topic.merged_into = into
    moved(topic, topic.to_merged, "hearings.merge", user, into=str(into))
    return topic


@transaction.atomic
def answer(topic: Topic, text: str, unit: Unit, user: Any) -> Topic:
    """Answer a topic directly: who raised it, and those put together with it, can read the text.

    Raises ValidationError without a text, for a personal number in it, or where the topic is settled.
    """
    require_may(user, user_can_decide)
    topic = locked(topic)
    _require_waiting(topic)
    if not text.strip():
        raise ValidationError({"answer": _("Write the answer: whoever raised the problem reads it.")})
    topic.answer, topic.answered_by, topic.answered_at = text.strip(), unit, timezone.now()
    require_no_numbers(topic, "answer")
    topic.full_clean()
    moved(topic, topic.to_answered, "hearings.answer", user, unit=str(unit))
    return topic


@transaction.atomic
def take(topic: Topic, hearing: Hearing, user: Any) -> Topic:
    """Take a topic to a hearing of which nothing is announced yet. Raises ValidationError otherwise."""
    require_may(user, user_can_decide)
    hearing = lock_hearing(hearing)
    topic = locked(topic)
    _require_open_agenda(hearing)
    return take_now(topic, hearing, user)


@transaction.atomic
def give_back(topic: Topic, reason: str, user: Any) -> Topic:
    """Give a topic back to the pool: one that was put to another, or to a hearing of which nothing is announced.

    Raises ValidationError without a reason, or where it is neither.
    """
    require_may(user, user_can_decide)
    reason = reason_given(reason)
    topic = locked(topic)
    require_state(topic, (TopicState.MERGED, TopicState.TAKEN), _("This topic waits in the pool, or is answered."))
    if topic.hearing:
        _require_open_agenda(lock_hearing(topic.hearing))
    return give_back_now(topic, reason, user)


def take_now(topic: Topic, hearing: Hearing, user: Any) -> Topic:
    """As `take`, for who has checked the hearing and holds its lock."""
    _require_waiting(topic)
    topic.hearing = hearing
    moved(topic, topic.to_taken, "hearings.take", user, hearing=str(hearing))
    _rewrite(hearing)
    return topic


def give_back_now(topic: Topic, reason: str, user: Any) -> Topic:
    """As `give_back`, for who has checked the hearing and holds its lock."""
    hearing, topic.hearing, topic.merged_into = topic.hearing, None, None
    moved(topic, topic.to_reported, "hearings.give_back", user, reason=reason, hearing=str(hearing or ""))
    if hearing:
        _rewrite(hearing)
    return topic


def require_settled(village: Unit) -> None:
    """Raise ValidationError for a unit that is no village or community, or is closed."""
    if village.kind not in SETTLED or not village.exists_on(timezone.localdate()):
        raise ValidationError(
            {"village": _("%(unit)s is not a village or community of today: choose one.") % {"unit": village}}
        )


def _require_waiting(topic: Topic) -> None:
    require_state(
        topic, (TopicState.REPORTED,), _("This topic is settled already. Give it back to the pool if that was wrong.")
    )


def _require_open_agenda(hearing: Hearing) -> None:
    require_state(hearing, TAKES_TOPICS, _("The topics of this hearing are fixed."))
    if is_announced(current_notice(hearing)):
        raise ValidationError(
            _("The topics have been announced: change them at the hearing, with a reason; the notice then starts anew.")
        )


def _rewrite(hearing: Hearing) -> None:
    """What nobody has seen yet is corrected, not replaced."""
    notice = current_notice(hearing)
    if notice and not is_announced(notice):
        notice.facts = facts_of(hearing)
        notice.save()
