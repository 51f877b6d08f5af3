"""Courses on the desk: enrolling with one tap, the list of a session, whom the office has to call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suite.registers.refusals import saved_or_refused
from training.domain.attendance.access import user_can_take
from training.domain.attendance.records import is_open, own_attendance, window_of
from training.domain.attendance.told import is_asked
from training.domain.courses import enrolled, free_seats, own_enrolment, place_in_line, waiting, why_closed
from training.domain.courses.checks import ON_THE_PLAN
from training.domain.courses.own import (
    ON_THE_LIST,
    may_sign_up_villagers,
    on_the_list_for,
    served_by,
    sessions_for,
    taught_by,
    to_call,
    to_key_in,
)
from training.domain.courses.public import SLIPS
from training.domain.lifecycle import enrolments
from training.enums import CourseKind, SessionState
from training.forms.courses import KeyInForm
from training.models import Enrolment, Session
from training.permissions import user_can_key_in, user_can_run

REFUSED = 422


def person_of(request: HttpRequest) -> Any:
    """Who is logged in; 403 for an account without a person."""
    person = getattr(request.user, "person", None)
    if person is None:
        raise PermissionDenied
    return person


def user_can_see_list(user: Any, session: Session) -> bool:
    """Names and phones: whoever runs training, keys in for villages, teaches it or is responsible for the course."""
    person = getattr(user, "person", None)
    return user_can_run(user) or (person is not None and person in (session.trainer, session.course.contact))


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What one can enrol in, what one is enrolled in, what one teaches, what one can sign villagers up for."""
    person = person_of(request)
    for_villagers = to_key_in(person) if may_sign_up_villagers(request.user) else None
    context = {"sessions": sessions_for(person), "taught": taught_by(person), "for_villagers": for_villagers}
    return render(request, "training/courses/overview.html", context)


@never_cache
@login_required
@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: facts, my seat, and for those who hold it the list."""
    found = _session(pk)
    person, user = person_of(request), request.user
    own = own_enrolment(found, person)
    sees = user_can_see_list(user, found)
    can_withdraw = found.state in ON_THE_PLAN and found.starts_at > timezone.now()
    served = on_the_list_for(user, found)
    context = {
        "session": found,
        "own": own,
        "place": place_in_line(own) if own else None,
        "closed": why_closed(found),
        "free": free_seats(found),
        "for_villagers": found.course.kind == CourseKind.VILLAGERS,
        "enrolled": list(enrolled(found)) if sees else None,
        "waiting": list(waiting(found)) if sees else None,
        "teaches": found.trainer == person,
        "asks": is_asked(found),
        "mine": own_attendance(found, person.pk),
        "codes_count": is_open(window_of(found)) and found.state in ON_THE_PLAN,
        "can_withdraw": can_withdraw,
        "served": served,
        "acts_for": served if can_withdraw else [],
        "takes": user_can_take(user, found) and found.state != SessionState.CANCELLED,
        "can_key_in": found.course.kind == CourseKind.VILLAGERS
        and not why_closed(found)
        and may_sign_up_villagers(user),
    }
    return render(request, "training/courses/session.html", context)


@never_cache
@login_required
@require_POST
def enrol(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap: I come."""
    found, person = _session(pk), person_of(request)
    told = _("You are on the list.")
    return _done(request, found, lambda: enrolments.enrol(found, person, request.user), told)


@never_cache
@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """I do not come after all; the next one moves up."""
    found, person = _session(pk), person_of(request)
    own = own_enrolment(found, person)
    if own is None:
        return redirect("training_courses_session", pk)
    return _done(request, found, lambda: enrolments.withdraw(own, request.user), _("You have withdrawn."))


@never_cache
@login_required
@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """I know that it was moved or cancelled, or that I have a seat."""
    found, person = _session(pk), person_of(request)
    own = own_enrolment(found, person)
    if own is not None:
        enrolments.have_told(own, request.user)
    return redirect("desk")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def key_in(request: HttpRequest, pk: int) -> HttpResponse:
    """A villager who has no phone, or came to the village's station."""
    if not user_can_key_in(request.user):
        raise PermissionDenied
    found = get_object_or_404(Session.objects.select_related("course"), pk=pk, course__kind=CourseKind.VILLAGERS)
    form = KeyInForm(request.POST or None, villages={str(one.pk): (one, one.name) for one in served_by(request.user)})
    if request.method == "POST" and form.is_valid():
        typed = Enrolment(session=found, **form.cleaned_data)
        kept = saved_or_refused(form, lambda: enrolments.sign_up(typed, request.user))
        if kept is not None:
            told = _("%(name)s: %(state)s. The code for the slip is %(code)s.")
            messages.success(request, told % {"name": kept, "state": kept.get_state_display(), "code": kept.code})
            return redirect(f"{reverse('training_courses_key_in', args=[pk])}?slip={SLIPS.pass_for(kept)}")
    slip = request.GET.get("slip", "")
    context = {
        "form": form,
        "session": found,
        "free": free_seats(found),
        "closed": why_closed(found),
        "slip": slip if SLIPS.by_pass(slip) else "",
    }
    return render(request, "training/courses/key_in.html", context, status=REFUSED if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_villager(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """A villager who lost the slip said that they do not come: asked once more, then done."""
    found = _session(pk)
    one = next((one for one in on_the_list_for(request.user, found) if one.pk == key), None)
    if one is None and found.enrolments.filter(pk=key, state__in=ON_THE_LIST).exists():
        raise PermissionDenied
    if one is None:
        messages.info(request, _("This sign-up is not on the list any more."))
        return redirect("training_courses_session", pk)
    if request.method == "POST":
        told = _("%(name)s has withdrawn.") % {"name": one}
        return _done(request, found, lambda: enrolments.withdraw(one, request.user), told)
    return render(request, "training/courses/withdraw_villager.html", {"one": one, "session": found})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calls(request: HttpRequest) -> HttpResponse:
    """Whom the office has to call, with phones; ticked off one by one."""
    if not user_can_run(request.user):
        raise PermissionDenied
    if request.method == "POST":
        one = get_object_or_404(to_call(), pk=int(request.POST.get("one", "0") or 0))
        enrolments.have_told(one, request.user)
        messages.success(request, _("%(name)s was told.") % {"name": one})
        return redirect("training_courses_calls")
    return render(request, "training/courses/calls.html", {"rows": list(to_call())})


def _session(pk: int) -> Session:
    return get_object_or_404(
        Session.objects.select_related("course__unit", "course__contact", "trainer", "village"), pk=pk
    )


def _done(request: HttpRequest, found: Session, change: Callable[[], Any], told: str) -> HttpResponse:
    try:
        change()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, told)
    return redirect(reverse("training_courses_session", args=[found.pk]))
