"""Training for villagers: signing up without an account, one's own slip, the calendar (requirement Q)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suite.slips import looking_up
from suite.slips.form_errors import forget_numbers, take_over
from suite.throttle.addresses import client_address
from suite.throttle.domain import TooMany, let_through, refuse_too_many
from suite.throttle.responses import too_many
from training.domain.attendance.records import attendance_of, is_over
from training.domain.attendance.told import is_asked, last_day
from training.domain.courses import free_seats, place_in_line, why_closed
from training.domain.courses.public import SLIPS, addresses, feed, one_event, public_sessions, villages
from training.domain.lifecycle import enrolments
from training.enums import EnrolmentState, SessionState
from training.forms.courses import SignUpForm
from training.models import Enrolment, Session, TrainingSettings

SIGN_UP, LOOK_UP = "training.sign-up", "training.look-up"
REFUSED = 422


def _limit() -> int:
    return (TrainingSettings.objects.first() or TrainingSettings()).sign_ups_an_hour


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form; sent and accepted, it leads to the slip with the code. Too many from one address are told to wait."""
    if request.method == "POST":
        try:
            refuse_too_many(SIGN_UP, client_address(request), _limit())
        except TooMany as refusal:
            return too_many(request, refusal)
    session = get_object_or_404(public_sessions(), public_id=public_id)
    context: dict[str, Any] = {
        "session": session,
        "address": addresses(request).get(session.course_id, ""),
        "closed": why_closed(session),
        "free": free_seats(session),
    }
    page = "training/courses/sign_up.html"
    if context["closed"]:
        return render(request, page, context, status=200 if request.method == "GET" else 409)
    choices = {str(village.pk): (village, village.name) for village in villages()}
    form = SignUpForm(request.POST or None, villages=choices)
    context["form"] = form
    if request.method != "POST":
        return render(request, page, context)
    if form.is_valid():
        try:
            one = _store(request, session, form)
        except TooMany as refusal:
            return too_many(request, refusal)
        except ValidationError as refusal:
            take_over(form, refusal)
        else:
            return redirect("training_courses_own_page", SLIPS.pass_for(one))
    forget_numbers(form, "name", phone="phone")
    return render(request, page, context, status=REFUSED)


@transaction.atomic
def _store(request: HttpRequest, session: Session, form: SignUpForm) -> Enrolment:
    """Count it and keep it, both or neither."""
    let_through(SIGN_UP, client_address(request), _limit())
    typed = {name: form.cleaned_data[name] for name in ("name", "village", "phone")}
    return enrolments.sign_up(Enrolment(session=session, **typed))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """Code and last four digits lead to one's own slip."""
    return looking_up.look_up(request, SLIPS, LOOK_UP, "training/courses/look_up.html", "training_courses_own_page")


@never_cache
@require_safe
def own(request: HttpRequest, opened: str) -> HttpResponse:
    """The slip: state, code, place in line. Without a valid pass back to the form."""
    one = SLIPS.by_pass(opened)
    if one is None:
        return _again(request)
    session = one.session
    comes = one.state != EnrolmentState.WITHDRAWN and session.state != SessionState.CANCELLED
    over = comes and is_over(session)
    context = {
        "one": one,
        "session": session,
        "opened": opened,
        "address": addresses(request).get(session.course_id, ""),
        "place": place_in_line(one),
        "over": over,
        "asks": is_asked(session),
        "last_day": last_day(session),
        "mine": attendance_of(one) if over else None,
        "can_withdraw": comes and session.state == SessionState.OPEN and session.starts_at > timezone.now(),
    }
    return render(request, "training/courses/own.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, opened: str) -> HttpResponse:
    """Asked once more, then done."""
    one = SLIPS.by_pass(opened)
    if one is None:
        return _again(request)
    if request.method != "POST":
        return render(request, "training/courses/withdraw.html", {"one": one, "session": one.session, "opened": opened})
    try:
        enrolments.withdraw(one)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("You have withdrawn. Thank you for telling us."))
    return redirect("training_courses_own_page", opened)


def _again(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("For your safety this page closes after an hour. Open it again with your code."))
    return redirect("training_courses_own")


@require_safe
def days(request: HttpRequest) -> HttpResponse:
    """The days of all public sessions as iCalendar, for a phone's calendar to subscribe to."""
    return _calendar(feed(request), "training")


@require_safe
def day(request: HttpRequest, public_id: str) -> HttpResponse:
    """One session as a calendar file."""
    session = get_object_or_404(public_sessions(), public_id=public_id)
    return _calendar(one_event(session, request), public_id)


def _calendar(written: bytes, name: str) -> HttpResponse:
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response
