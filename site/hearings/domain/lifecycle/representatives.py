"""Who speaks for the villages: sign-up, invitation, seats, waiting list (requirement H)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearings.domain.draws import (
    DRAW_KIND,
    candidates_of,
    draw_under_way,
    line_of,
    list_is_closed,
)
from hearings.domain.notice_period import current_notice, missing_notice, public_page
from hearings.domain.people import check_person
from hearings.domain.seats import Share, invited_taken, share_of, shares
from hearings.domain.villages import serves
from hearings.enums import BEFORE_THE_SESSION, HearingState, SeatState, Source, Way
from hearings.models import Hearing, Representative
from hearings.permissions import user_can_key_in, user_can_run
from organisation.domain.queries import standing
from organisation.models import Unit
from suite import audit
from suite.draw.domain import PublicResult, Strings, Subject, draw_again, draws_of, prepare
from suite.draw.models import Draw
from suite.state import locked
from suite.state.changing import moved, require_may, require_state
from suite.theme.dates import in_list

from .changing import lock_hearing

INVITING = (HearingState.COLLECTING, HearingState.POSTPONED, *BEFORE_THE_SESSION)


@transaction.atomic
def sign_up(representative: Representative, user: Any = None) -> Representative:
    """Enter a volunteer: by themselves on the public site (``user`` None), or keyed in from paper by an account.

    A village that was merged is replaced by the one it lives on in; the returned record then has ``moved_from``, the
    village that was chosen, to be shown. Raises ValidationError: not open, village without seats, twice, a personal
    number in a text (not repeated), an account that does not serve the village.
    """
    if user is not None:
        require_may(user, user_can_key_in)
    hearing = lock_hearing(representative.hearing)
    _require_open(hearing)
    chosen = representative.village
    if chosen is None:
        raise ValidationError({"village": _("Choose your village or community.")})
    representative.village = standing(chosen)
    _require_serves(user, representative.village)
    if not share_of(hearing, representative.village).seats:
        raise ValidationError({"village": _no_seats(hearing, representative.village)})
    representative.way, representative.represents = Way.VOLUNTEER, ""
    representative.source = Source.WEB if user is None else Source.PAPER
    _enter(representative, hearing, user, "hearings.sign_up")
    if chosen.pk != representative.village.pk:
        representative.moved_from = chosen  # type: ignore[attr-defined]  # for the screen alone, never stored
    return representative


@transaction.atomic
def invite(representative: Representative, user: Any) -> Representative:
    """Offer one of the invited seats to somebody, who then accepts or declines. Returns the record that was kept.

    Raises ValidationError where all invited seats are offered, or the person takes part already.
    """
    require_may(user, user_can_run)
    hearing = lock_hearing(representative.hearing)
    require_state(hearing, INVITING, _("People are invited before the session."))
    if hearing.begun_at:
        raise ValidationError(_("The session has begun: nobody can be invited any more."))
    if invited_taken(hearing) >= hearing.invited_seats:
        raise ValidationError(
            _("All %(seats)s invited seats are given or offered. Give the hearing more of them first.")
            % {"seats": hearing.invited_seats}
        )
    if representative.village:
        representative.village = standing(representative.village)
    names = ("name", "village", "represents", "phone", "problem")
    invited = Representative(
        state=SeatState.INVITED, hearing=hearing, way=Way.INVITED, source=Source.OFFICE,
        **{name: getattr(representative, name) for name in names},
    )  # fmt: skip
    return _enter(invited, hearing, user, "hearings.invite")


@transaction.atomic
def answer_invitation(representative: Representative, accepts: bool, user: Any = None) -> Representative:
    """Somebody invited says yes or no: by their code (``user`` None), or on the phone to an account.

    Raises ValidationError where they have answered, the session has begun, or the account does not serve their village.
    """
    if user is not None:
        require_may(user, user_can_key_in)
    hearing = lock_hearing(representative.hearing)
    representative = locked(representative)
    _require_serves(user, representative.village)
    _require_before_session(hearing, INVITING)
    require_state(representative, (SeatState.INVITED,), _("An invitation is answered once."))
    transition = representative.to_seated if accepts else representative.to_declined
    moved(representative, transition, "hearings.accept" if accepts else "hearings.decline", user)
    return representative


@transaction.atomic
def withdraw(representative: Representative, user: Any = None) -> Representative:
    """Somebody steps back: by their code (``user`` None), or told to an account. The next of the village's waiting
    list moves up. Raises ValidationError where they take no part any more, or the session has begun."""
    if user is not None:
        require_may(user, user_can_key_in)
    hearing = lock_hearing(representative.hearing)
    representative = locked(representative)
    _require_serves(user, representative.village)
    _require_before_session(hearing, INVITING)
    require_state(
        representative,
        (SeatState.APPLIED, SeatState.WAITING, SeatState.SEATED),
        _("Only who signed up or has a seat can withdraw. An invitation is declined instead."),
    )
    moved(representative, representative.to_withdrawn, "hearings.withdraw", user)
    if representative.way == Way.VOLUNTEER and representative.village:
        move_up(hearing, representative.village, user)
    return representative


@transaction.atomic
def prepare_draw(hearing: Hearing, user: Any, seed: PublicResult | Strings, reason: str = "") -> Draw:
    """Put together the draw among the volunteers of every village that has more of them than seats.

    ``seed``: where the seed comes from (`suite.draw.domain`); ``reason``: why it is drawn again, where the hearing had
    a draw before. The result is taken over by `fix_representatives`. Raises ValidationError: not notified, sign-up not
    over, no village with too many, and as `suite.draw`.
    """
    require_may(user, user_can_run)
    hearing = lock_hearing(hearing)
    require_state(hearing, (HearingState.NOTIFIED,), _("A draw is held while the hearing is announced."))
    if problem := missing_notice(hearing):
        raise ValidationError(problem)
    require_sign_up_over(hearing)
    people, rules = candidates_of(hearing)
    if not people:
        raise ValidationError(_("No village has more volunteers than seats: fix the representatives without a draw."))
    if before := draws_of(DRAW_KIND, hearing.pk).exclude(frozen_at=None).last():
        draw = draw_again(before, reason, user, seed=seed, candidates=people, rules=rules)
    else:
        page = public_page(hearing)
        title = _("Draw of representatives: %(hearing)s") % {"hearing": hearing}
        subject = Subject(DRAW_KIND, hearing.pk, str(hearing), page.get_url() or "" if page else "")
        purpose = _("Who of the volunteers speaks for the villages; who is not drawn makes the waiting list.")
        draw = prepare(
            user, title=title[:120], purpose=purpose, subject=subject, candidates=people, rules=rules, seed=seed
        )
    audit.record(hearing, "hearings.prepare_draw", user, candidates=len(people), seats=rules.total)
    return draw


def take_over_draw(hearing: Hearing, user: Any) -> None:
    """Give the seats of villages that have been drawn for, before a hearing is put off. Under the hearing's lock."""
    for share in shares(hearing):
        if share.needs_draw and (line := line_of(hearing, share)):
            _give(share, line, user)


def require_drawable(hearing: Hearing) -> None:
    """Raise ValidationError where a draw would come too late: the seats are given, or the hearing is off."""
    require_state(
        hearing,
        (HearingState.NOTIFIED, HearingState.PLANNED, HearingState.POSTPONED),
        _("The seats are given already, or the hearing is cancelled: void this draw with that reason."),
    )


def require_sign_up_over(hearing: Hearing) -> None:
    """Raise ValidationError while people can still sign up."""
    if hearing.sign_up_until and hearing.sign_up_until > timezone.now():
        raise ValidationError(
            _("People can sign up until %(until)s. Come back after that.") % {"until": in_list(hearing.sign_up_until)}
        )


def move_up(hearing: Hearing, village: Unit, user: Any) -> None:
    """Free seats of a village go to those who wait, in their order. Under the hearing's lock."""
    share = share_of(hearing, village)
    for next_one in share.waiting[: share.free]:
        moved(next_one, next_one.to_seated, "hearings.move_up", user)


def seat_volunteers(hearing: Hearing, user: Any) -> None:
    """Give the villages' seats to their volunteers. Under the hearing's lock; for `fix_representatives`.

    Raises ValidationError naming the villages that need a draw first.
    """
    undrawn = []
    for village in [share.village for share in shares(hearing)]:
        move_up(hearing, village, user)
        share = share_of(hearing, village)
        line = line_of(hearing, share) if share.needs_draw else share.applied
        if line is None:
            undrawn.append(share)
        else:
            _give(share, line, user)
    if undrawn and (draw := draw_under_way(hearing)):
        raise ValidationError(
            _("The draw “%(draw)s” is under way: carry it out, or void it with a reason.") % {"draw": draw}
        )
    if undrawn:
        raise ValidationError(
            _("More volunteers than seats: %(villages)s. Hold a draw first; those not drawn make the waiting list.")
            % {"villages": "、".join(f"{share.village}（{len(share.applied)}/{share.free}）" for share in undrawn)}
        )


def _give(share: Share, line: list[Representative], user: Any) -> None:
    last = max((one.place_in_line or 0 for one in share.waiting), default=0)
    for place, one in enumerate(line):
        if place < share.for_applied:
            moved(one, one.to_seated, "hearings.seat", user)
        else:
            last += 1
            one.place_in_line = last
            moved(one, one.to_waiting, "hearings.wait", user, place=last)


def _enter(one: Representative, hearing: Hearing, user: Any, action: str) -> Representative:
    one.hearing, one.entered_by, one.entered_at = hearing, user, timezone.now()
    check_person(one)
    one.save()
    audit.record(one, action, user, after=str(one.get_state_display()), village=str(one.village or one.represents))
    return one


def _require_serves(user: Any, village: Unit | None) -> None:
    if user is not None and not serves(user, village):
        raise ValidationError(
            {"village": _("You do not serve %(village)s: choose one of your villages.") % {"village": village}}
        )


def _require_open(hearing: Hearing) -> None:
    require_state(hearing, (HearingState.NOTIFIED,), _("People can sign up once the hearing is announced."))
    if current_notice(hearing) is None or hearing.sign_up_until is None:
        raise ValidationError(_("People can sign up once the hearing is announced."))
    if hearing.sign_up_until <= timezone.now():
        raise ValidationError(
            _(
                "Sign-up ended on %(until)s. Come and listen: hearings are open to everybody, and the next one is "
                "announced."
            )
            % {"until": in_list(hearing.sign_up_until)}
        )
    if list_is_closed(hearing):
        raise ValidationError(_("The list for the draw is published, so nobody can be added to it any more."))


def _require_before_session(hearing: Hearing, states: tuple[HearingState, ...]) -> None:
    require_state(hearing, states, _("That is possible until the session begins."))
    if hearing.begun_at:
        raise ValidationError(_("The session has begun: tell the clerk, who notes who is present."))


def _no_seats(hearing: Hearing, village: Unit) -> str:
    with_seats = "、".join(str(share.village) for share in shares(hearing) if share.seats)
    return _("%(village)s has no seats in this hearing. Seats are for: %(villages)s.") % {
        "village": village,
        "villages": with_seats or "—",
    }
