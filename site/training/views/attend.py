"""Signing in to a session on one's own telephone: by the digits or by the QR, one tap; then what one thought of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from suite.registers.refusals import saved_or_refused
from training.domain.attendance import arrival, codes, device
from training.domain.attendance.records import attendance_of, open_sessions, own_attendance
from training.domain.attendance.told import is_asked, last_day, why_too_late
from training.domain.lifecycle import attendance, feedback
from training.forms.attendance import CodeForm, FeedbackForm
from training.models import Enrolment, Session
from training.permissions import user_can_learn

REFUSED = 422


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def by_digits(request: HttpRequest) -> HttpResponse:
    """Type the six digits on the screen. They are read once: who is refused types the ones that show now."""
    _require_person(request)
    sessions = list(open_sessions())
    form = CodeForm(request.POST if request.method == "POST" else None, sessions=sessions)
    if request.method == "POST" and form.is_valid():
        session, given = form.cleaned_data["session"], codes.as_typed(form.cleaned_data["digits"])
        if saved_or_refused(form, lambda: _attend(request, session, given)):
            return _recorded(request, session)
        form.data = {**form.data.dict(), "digits": ""}
    context = {"form": form, "sessions": sessions}
    return _with_device(request, "training/attendance/digits.html", context, REFUSED if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_token(request: HttpRequest, public_id: str, token: str) -> HttpResponse:
    """Where the QR leads. Opening it records nothing; the tap does. Who is not signed in does that first."""
    session = _session(public_id)
    arrival.remember(request.session, session, token)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    _require_person(request)
    problems: list[str] = []
    if request.method == "POST":
        try:
            _attend(request, session, token, arrival.arrived(request.session, session, token))
        except ValidationError as refusal:
            problems = refusal.messages
        else:
            arrival.forget(request.session)
            return _recorded(request, session)
    elif own_attendance(session, request.user.person.pk):
        return redirect("training_attend_own", public_id)
    elif arrival.arrived(request.session, session, token) is None:
        problems = [_("This code counts no more. Scan the one on the screen now, or type its six digits.")]
    context = {"session": session, "problems": problems}
    return _with_device(request, "training/attendance/confirm.html", context, REFUSED if problems else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, public_id: str) -> HttpResponse:
    """Whether I am recorded for this session, and what I thought of it."""
    _require_person(request)
    session = _session(public_id)
    mine = own_attendance(session, request.user.person.pk)
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if saved_or_refused(form, lambda: feedback.give(session, given["rating"], given["words"], user=request.user)):
            messages.success(request, _("Thank you. Your answer is kept without your name."))
            return redirect("training_attend_own", public_id)
    context = {"session": session, "mine": mine, "form": form, **_asking(session, form)}
    return render(request, "training/attendance/own.html", context, status=REFUSED if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def of_enrolment(request: HttpRequest, code: str) -> HttpResponse:
    """What somebody without account thought of the session; ``code`` stands on their slip."""
    enrolment = get_object_or_404(Enrolment.objects.select_related("session__course"), code=code, person=None)
    session = enrolment.session
    mine = attendance_of(enrolment)
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if saved_or_refused(form, lambda: feedback.give(session, given["rating"], given["words"], enrolment=enrolment)):
            messages.success(request, _("Thank you. Your answer is kept without your name."))
            return redirect("training_attend_enrolment", code)
    context = {"session": session, "mine": mine, "form": form, "villager": True, **_asking(session, form)}
    return render(request, "training/attendance/own.html", context, status=REFUSED if form.errors else 200)


def _asking(session: Session, form: FeedbackForm) -> dict[str, Any]:
    """Whether the form is shown, until when, and why not. What was sent too late is not lost: it stays in the form."""
    asks = is_asked(session) or form.is_bound
    return {"asks": asks, "last_day": last_day(session), "too_late": why_too_late(session)}


def _attend(request: HttpRequest, session: Session, given: str, scanned_at: Any = None) -> Any:
    cookie = request.COOKIES.get(device.COOKIE, "")
    if not device.known(cookie):
        raise ValidationError(_("Your browser keeps no cookies. Allow them for this site, then try again."))
    return attendance.attend(session, given, request.user, device.device_of(cookie), scanned_at=scanned_at)


def _recorded(request: HttpRequest, session: Session) -> HttpResponse:
    messages.success(request, _("You are recorded."))
    return redirect("training_attend_own", session.public_id)


def _with_device(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    response = render(request, template, context, status=status)
    if not device.known(request.COOKIES.get(device.COOKIE, "")):
        response.set_cookie(
            device.COOKIE, device.new(), device.COOKIE_AGE, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response


def _session(public_id: str) -> Session:
    return get_object_or_404(Session.objects.select_related("course"), public_id=public_id)


def _require_person(request: HttpRequest) -> None:
    if not user_can_learn(request.user):
        raise PermissionDenied
