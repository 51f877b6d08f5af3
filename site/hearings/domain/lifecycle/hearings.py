"""The states of a hearing, from collecting topics to closed (requirement H)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hearings.domain.draws import draw_under_way
from hearings.domain.notice_period import missing_notice
from hearings.domain.outcome import missing_feedback, open_measures, without_measure
from hearings.domain.planning import require_plan, sign_up_problems
from hearings.domain.seats import representatives_of, shares
from hearings.domain.texts import reason_given, require_no_numbers
from hearings.enums import BEFORE_THE_SESSION, HearingState, ProblemState, SeatState
from hearings.models import Hearing, MinutesPage, Problem
from hearings.permissions import user_can_run
from hearings.session_permissions import user_can_record_hearing
from suite import audit
from suite.draw.domain import void
from suite.state.changing import moved, require_may, require_state
from suite.theme.dates import in_full, in_list

from .changes import change
from .changing import lock_hearing
from .measures import issue_studies
from .notices import end_notice, make_notice
from .representatives import require_sign_up_over, seat_volunteers, take_over_draw
from .session import require_assents
from .topics import give_back_now

__all__ = [
    "begin_session",
    "cancel",
    "change",
    "close",
    "close_session",
    "fix_representatives",
    "follow_up",
    "open_hearing",
    "plan",
    "postpone",
    "publish_minutes",
]

BEFORE_PLANNING = (HearingState.COLLECTING, HearingState.POSTPONED)


@transaction.atomic
def open_hearing(hearing: Hearing, user: Any) -> Hearing:
    """Begin a new hearing, which collects topics. Day, place and sign-up end may be left for later.

    Raises ValidationError for what is not filled in and for times that do not fit.
    """
    require_may(user, user_can_run)
    hearing.created_by, hearing.created_at = user, timezone.now()
    hearing.full_clean()
    require_no_numbers(hearing, "title", "about", "place")
    problems = sign_up_problems(hearing) if hearing.sign_up_until else {}
    if hearing.starts_at and hearing.starts_at <= timezone.now():
        problems["starts_at"] = _("That lies in the past: choose a day that is still to come.")
    if problems:
        raise ValidationError(problems)
    hearing.save()
    audit.record(hearing, "hearings.open", user, after=str(hearing.get_state_display()))
    return hearing


@transaction.atomic
def plan(hearing: Hearing, user: Any) -> Hearing:
    """Fix topics, day, place, seats: from here on the notice can be published and hung.

    Raises ValidationError that names, field by field, everything that is wanting.
    """
    require_may(user, user_can_run)
    hearing = lock_hearing(hearing)
    require_state(hearing, BEFORE_PLANNING, _("A hearing is planned once, and again after it was postponed."))
    require_plan(hearing)
    hearing.reason = ""
    notice = make_notice(hearing)
    moved(
        hearing, hearing.to_planned, "hearings.plan", user,
        begins=in_list(hearing.starts_at), place=hearing.place, number=notice.number,
    )  # fmt: skip
    return hearing


@transaction.atomic
def postpone(hearing: Hearing, reason: str, user: Any) -> Hearing:
    """Put an announced hearing off; the reason is public. Representatives keep their seats.

    Raises ValidationError without a reason, outside planned … fixed, or once the session has a record.
    """
    require_may(user, user_can_run)
    reason = reason_given(reason)
    hearing = lock_hearing(hearing)
    require_state(hearing, BEFORE_THE_SESSION, _("Only a hearing that is planned and not yet held is postponed."))
    _take_back_agenda(hearing)
    take_over_draw(hearing, user)
    end_notice(hearing, reason)
    hearing.reason, hearing.begun_at = reason, None
    moved(hearing, hearing.to_postponed, "hearings.postpone", user, reason=reason, begins=in_list(hearing.starts_at))
    return hearing


@transaction.atomic
def cancel(hearing: Hearing, reason: str, user: Any) -> Hearing:
    """Call a hearing off; the reason is public, its topics go back to the pool.

    Raises ValidationError without a reason, or once the session has a record.
    """
    require_may(user, user_can_run)
    reason = reason_given(reason)
    hearing = lock_hearing(hearing)
    require_state(
        hearing, (*BEFORE_PLANNING, *BEFORE_THE_SESSION), _("A hearing that was held, or cancelled, stays as it is.")
    )
    _take_back_agenda(hearing)
    end_notice(hearing, reason)
    if draw := draw_under_way(hearing):
        void(draw, reason, user)
    for topic in hearing.topics.select_for_update():
        give_back_now(topic, reason, user)
    hearing.reason, hearing.begun_at = reason, None
    moved(hearing, hearing.to_cancelled, "hearings.cancel", user, reason=reason)
    return hearing


@transaction.atomic
def fix_representatives(hearing: Hearing, user: Any) -> Hearing:
    """Give the seats: where there are enough of them to all who signed up, else as the draw came out.

    Raises ValidationError before sign-up is over, where the notice fell short, where a village has more volunteers
    than seats and no draw was carried out, and where nobody at all would sit there.
    """
    require_may(user, user_can_run)
    hearing = lock_hearing(hearing)
    require_state(
        hearing, (HearingState.NOTIFIED,), _("Representatives are fixed once the hearing is notified, and only once.")
    )
    _require_notice(hearing)
    require_sign_up_over(hearing)
    seat_volunteers(hearing, user)
    if not hearing.representatives.filter(state=SeatState.SEATED).exists():
        raise ValidationError(
            _("Nobody would sit there: move the end of sign-up, or invite people and have them confirm.")
        )
    moved(
        hearing, hearing.to_fixed, "hearings.fix", user,
        seated=len(representatives_of(hearing)), waiting=sum(len(share.waiting) for share in shares(hearing)),
    )  # fmt: skip
    return hearing


@transaction.atomic
def begin_session(hearing: Hearing, user: Any) -> Hearing:
    """Open the session; each topic becomes a problem of the agenda. Raises ValidationError before its day, where the
    representatives are not fixed or the notice fell short, and a second time."""
    require_may(user, lambda one: user_can_record_hearing(one, hearing))
    hearing = lock_hearing(hearing)
    require_state(hearing, (HearingState.FIXED,), _("A session begins when the representatives are fixed."))
    if hearing.begun_at:
        raise ValidationError(_("The session has begun already: go on with it."))
    if hearing.starts_at is None or timezone.localdate() < timezone.localdate(hearing.starts_at):
        raise ValidationError(
            _("The hearing was announced for %(day)s. Begin it on that day.") % {"day": in_full(hearing.starts_at)}
        )
    _require_notice(hearing)
    hearing.begun_at = timezone.now()
    hearing.save()
    _write_agenda(hearing)
    audit.record(hearing, "hearings.begin", user, problems=hearing.problems.count())
    return hearing


@transaction.atomic
def close_session(hearing: Hearing, user: Any) -> Hearing:
    """The session is over: every problem has its conclusion, or goes to the township for study.

    Raises ValidationError that names the problems not heard to the end.
    """
    require_may(user, lambda one: user_can_record_hearing(one, hearing))
    hearing = lock_hearing(hearing)
    require_state(hearing, (HearingState.FIXED,), _("A session is closed once, after it began."))
    if hearing.begun_at is None:
        raise ValidationError(_("The session has not begun: begin it first."))
    _require_notice(hearing)
    unheard = hearing.problems.filter(state=ProblemState.OPEN)
    if unheard or not hearing.problems.exists():
        raise ValidationError(
            _("Not heard to the end: %(problems)s. Declare a conclusion, or say until when the township studies it.")
            % {"problems": "；".join(map(str, unheard)) or "—"}
        )
    require_assents(hearing)
    hearing.held_at = timezone.now()
    agreed = hearing.problems.filter(state=ProblemState.AGREED).count()
    moved(
        hearing, hearing.to_held, "hearings.held", user,
        agreed=agreed, studied=hearing.problems.count() - agreed,
    )  # fmt: skip
    return hearing


@transaction.atomic
def publish_minutes(page: MinutesPage, user: Any = None) -> Hearing:
    """The minutes page went live. Published again later, it changes nothing."""
    hearing = lock_hearing(page.hearing)
    if hearing.state == HearingState.HELD:
        moved(hearing, hearing.to_published, "hearings.publish_minutes", user, page=page.title)
    return hearing


@transaction.atomic
def follow_up(hearing: Hearing, user: Any) -> Hearing:
    """Every problem has a measure; what is studied without one gets the study itself, due on its day.

    Raises ValidationError that names the problems without a measure.
    """
    require_may(user, user_can_run)
    hearing = lock_hearing(hearing)
    require_state(
        hearing, (HearingState.PUBLISHED,), _("Measures are followed up when the minutes are published, once.")
    )
    issue_studies(hearing, user)
    if missing := without_measure(hearing):
        raise ValidationError(
            _(
                "Without a measure: %(problems)s. Issue one for each: what cannot be done now gets a time-limited "
                "commitment."
            )
            % {"problems": "；".join(map(str, missing))}
        )
    moved(hearing, hearing.to_following, "hearings.follow_up", user)
    return hearing


@transaction.atomic
def close(hearing: Hearing, user: Any) -> Hearing:
    """Done: every measure carried out or publicly explained, everybody told. Raises ValidationError naming the rest."""
    require_may(user, user_can_run)
    hearing = lock_hearing(hearing)
    require_state(hearing, (HearingState.FOLLOWING,), _("A hearing is closed once, while it is followed up."))
    problems = []
    if measures := open_measures(hearing):
        problems.append(
            _("Still open: %(measures)s. Report each as done, or explain publicly why not.")
            % {"measures": "；".join(map(str, measures))}
        )
    if feedback := missing_feedback(hearing):
        problems.append(
            _("Not recorded yet: %(feedback)s. Record when and how each was given.") % {"feedback": "；".join(feedback)}
        )
    if problems:
        raise ValidationError(problems)
    moved(hearing, hearing.to_closed, "hearings.close", user)
    return hearing


def _require_notice(hearing: Hearing) -> None:
    if problem := missing_notice(hearing):
        raise ValidationError(problem)


def _take_back_agenda(hearing: Hearing) -> None:
    """A session begun by mistake can be undone; one in which somebody spoke cannot."""
    heard = Problem.objects.filter(hearing=hearing)
    if hearing.begun_at and (
        heard.exclude(state=ProblemState.OPEN).exists()
        or heard.filter(Q(entries__isnull=False) | Q(assents__isnull=False)).exists()
    ):
        raise ValidationError(
            _(
                "The session has a record already. Close it: what was not heard to the end goes to the township for "
                "study."
            )
        )
    heard.exclude(topic=None).delete()


def _write_agenda(hearing: Hearing) -> None:
    listed = set(hearing.problems.exclude(topic=None).values_list("topic", flat=True))
    number = hearing.problems.count()
    for topic in hearing.topics.exclude(pk__in=listed).order_by("reported_at", "pk"):
        number += 1
        Problem.objects.create(
            hearing=hearing, number=number, title=topic.title, topic=topic, village=topic.village, theme=topic.theme
        )
