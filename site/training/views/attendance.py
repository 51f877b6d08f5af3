"""The trainer's side: the list to tick, the window, the heads, strike out, the paper list, certificates."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suite.registers.refusals import saved_or_refused
from training.domain.attendance import codes
from training.domain.attendance.access import sessions_of, user_can_key_in_for, user_can_take
from training.domain.attendance.names import chosen_of, key_of, read
from training.domain.attendance.overview import by_day
from training.domain.attendance.records import is_open, list_of, missing_of, standing, window_of
from training.domain.attendance.told import last_day, opinions
from training.domain.lifecycle import attendance, attendance_window, courses
from training.enums import AttendanceState, SessionState
from training.forms.attendance import AddForm, HeadsForm, HoldForm, KeyInForm, OpenForm, ReasonForm
from training.models import Attendance, Enrolment, Session
from training.permissions import user_can_key_in, user_can_learn, user_can_run

REFUSED = 422


def user_can_meet(user: Any) -> bool:
    """Open the list of sessions; whose session it is, each view asks."""
    return user_can_learn(user) or user_can_run(user) or user_can_key_in(user)


def session_to_take(request: HttpRequest, pk: int) -> Session:
    """The session, for who takes its attendance; 403 for others."""
    session = get_object_or_404(Session.objects.select_related("course__contact", "trainer", "village"), pk=pk)
    if not user_can_take(request.user, session):
        raise PermissionDenied
    return session


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The sessions whose attendance this account takes or keys in: today's first, then the past, then what comes."""
    if not user_can_meet(request.user):
        raise PermissionDenied
    return render(request, "training/attendance/overview.html", {"parts": by_day(sessions_of(request.user))})


@never_cache
@login_required
@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one session's attendance, to be held in one hand."""
    found = get_object_or_404(Session, pk=pk)
    if not user_can_take(request.user, found) and user_can_key_in_for(request.user, found):
        return redirect("training_attendance_key_in", pk)
    return _page(request, session_to_take(request, pk))


def _page(request: HttpRequest, session: Session, status: int = 200, **forms: Any) -> HttpResponse:
    now = timezone.now()
    window, found = window_of(session), standing(session)
    recorded = session.attendances.filter(state=AttendanceState.RECORDED)
    context = {
        "session": session,
        "takes": session.state in (SessionState.PLANNED, SessionState.OPEN),
        "early": now < session.starts_at - attendance_window.EARLY,
        "cancelled": session.state == SessionState.CANCELLED,
        "held": session.state == SessionState.HELD,
        # After that the office alone puts the list right.
        "settled": session.state == SessionState.HELD and not user_can_run(request.user),
        "runs": user_can_run(request.user),
        "window": window,
        "open": is_open(window, now),
        "code": codes.code_at(session, codes.step_at(now)),
        "standing": found,
        "missing": missing_of(found),
        "rows": list_of(session),
        "struck": session.attendances.filter(state=AttendanceState.STRUCK),
        "refused_devices": session.refused_devices.exclude(person__in=recorded.exclude(person=None).values("person"))
        .select_related("person", "used_by"),
        "opinions": opinions(session),
        "last_day": last_day(session),
        "certificates": recorded.filter(certificates__isnull=False).exists(),
        "open_form": OpenForm(),
        "heads_form": HeadsForm(),
        "add_form": AddForm(),
        "hold_form": HoldForm(),
        "closes": now >= session.starts_at and session.state in (SessionState.PLANNED, SessionState.OPEN),
        "lines": [],
        **forms,
    }  # fmt: skip
    return render(request, "training/attendance/session.html", context, status=status)


@login_required
@require_POST
def open_codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Let codes count; then the trainer's screen, or back to the list."""
    session = session_to_take(request, pk)
    form = OpenForm(request.POST)
    if form.is_valid() and saved_or_refused(
        form, lambda: attendance_window.open_window(session, form.cleaned_data["minutes"], request.user)
    ):
        return redirect("training_attendance_screen" if "screen" in request.POST else "training_attendance", pk)
    return _page(request, session, REFUSED, open_form=form)


@login_required
@require_POST
def close_codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Let no more codes count."""
    session = session_to_take(request, pk)
    _done(request, lambda: attendance_window.close_window(session, request.user))
    return redirect("training_attendance", pk)


@login_required
@require_POST
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap: somebody of the list, or whose device was refused, is there."""
    session = session_to_take(request, pk)
    kind, _apart, key = request.POST.get("who", "").partition("-")
    number = int(key) if key.isascii() and key.isdecimal() and len(key) < 10 else 0  # noqa: PLR2004 - a row's id
    who = None
    if kind == "enrolment":
        enrolment = get_object_or_404(Enrolment.objects.select_related("person", "village"), pk=number)
        who = attendance.Who(enrolment=enrolment)
    elif kind == "person":
        refused = get_object_or_404(session.refused_devices.select_related("person"), person=number)
        who = attendance.Who(person=refused.person)
    if who is not None:
        _done(request, lambda: attendance.tick(session, who, request.user))
    response = redirect("training_attendance", pk)
    response["Location"] += f"#{kind}-{number}"
    return response


@login_required
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who is not on the list, by name; where the name says not enough, whom it means is asked."""
    session = session_to_take(request, pk)
    form = AddForm(request.POST)
    lines: list[Any] = []
    if form.is_valid():
        text = f"{''.join(form.cleaned_data['name'].split())} {form.cleaned_data['of']}"
        lines = read(session, text, {" ".join(text.split()): request.POST.get("meant", "")})
        if all(line.chosen for line in lines):
            done = saved_or_refused(
                form, lambda: [attendance.tick(session, who, request.user) for who in chosen_of(lines)]
            )
            if done is not None:
                for row in done:
                    messages.success(request, _("%(name)s is recorded.") % {"name": row.name})
                response = redirect("training_attendance", pk)
                response["Location"] += "#add"
                return response
    return _page(request, session, REFUSED, add_form=form, lines=[line for line in lines if not line.chosen])


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def strike(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Strike somebody out, with the reason."""
    session = session_to_take(request, pk)
    found = get_object_or_404(Attendance, session=session, pk=row)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        struck = saved_or_refused(form, lambda: attendance.strike(found, form.cleaned_data["reason"], request.user))
        if struck:
            messages.success(request, _("%(name)s is struck out.") % {"name": found.name})
            return redirect("training_attendance", pk)
    context = {"session": session, "row": found, "form": form}
    return render(request, "training/attendance/strike.html", context, status=REFUSED if form.errors else 200)


@login_required
@require_POST
def heads(request: HttpRequest, pk: int) -> HttpResponse:
    """The number of heads in the room, and why it is not the number recorded."""
    session = session_to_take(request, pk)
    form = HeadsForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        if saved_or_refused(
            form, lambda: attendance.count_heads(session, given["number"], request.user, given["explanation"])
        ):
            response = redirect("training_attendance", pk)
            response["Location"] += "#count"
            return response
    return _page(request, session, REFUSED, heads_form=form)


@login_required
@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the session as held: who was there proves it, or it is said why nobody is recorded."""
    session = session_to_take(request, pk)
    form = HoldForm(request.POST)
    if form.is_valid():
        held = saved_or_refused(
            form, lambda: courses.close_as_held(session, request.user, without=form.cleaned_data["without"])
        )
        if held:
            messages.success(request, _("The session is closed as held."))
            return redirect("training_attendance", pk)
    return _page(request, session, REFUSED, hold_form=form)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def key_in(request: HttpRequest, pk: int) -> HttpResponse:
    """A list that was signed on paper. Names nobody knows, or several bear, are asked about before anything is kept."""
    session = get_object_or_404(Session.objects.select_related("course__contact", "trainer", "village"), pk=pk)
    if not user_can_key_in_for(request.user, session):
        raise PermissionDenied
    rows = list_of(session)
    initial = {"dated": timezone.localdate(session.starts_at)}
    form = KeyInForm(request.POST if request.method == "POST" else None, rows=rows, initial=initial)
    lines: list[Any] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        signed = {int(key) for key in given.get("signed", [])}
        answers = {key[6:]: str(value) for key, value in request.POST.items() if key.startswith("meant-")}

        def keyed() -> attendance.Keyed:
            lines.extend(read(session, given["written"], answers))
            listed = [attendance.Who(enrolment=row.enrolment) for row in rows if row.key in signed]
            return attendance.key_in(session, [*listed, *chosen_of(lines)], given["dated"], request.user)

        done = saved_or_refused(form, keyed)
        if done is not None:
            said = _("%(new)s recorded from the paper list, %(already)s had been recorded before.")
            messages.success(request, said % {"new": len(done.new), "already": done.already})
            return redirect("training_attendance_key_in", pk)
    context = {
        "session": session,
        "form": form,
        "takes": user_can_take(request.user, session),
        "recorded": [row for row in rows if row.attendance],
        "asked": [(key_of(line), line) for line in lines if line.chosen is None or not line.sure],
    }
    return render(request, "training/attendance/key_in.html", context, status=REFUSED if form.errors else 200)


def _done(request: HttpRequest, act: Any) -> None:
    try:
        act()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
