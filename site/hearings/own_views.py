"""Somebody's own sign-up: how it stands, withdrawing, answering an invitation, correcting the minutes."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suite.throttle.addresses import client_address
from suite.throttle.domain import TooMany, let_through, refuse_too_many
from suite.throttle.responses import too_many

from .domain.lifecycle import minutes, representatives
from .domain.public.own import (
    by_pass,
    can_answer,
    can_correct,
    can_withdraw,
    draft_of,
    find_own,
    last_day_to_correct,
    pass_for,
    place_in_line,
)
from .domain.public.pages import addresses
from .form_errors import forget_numbers, take_over
from .models import Correction, Representative
from .sign_up_forms import CorrectionForm, LookUpForm

PURPOSE = "hearings.look-up"
# Wrong codes from one address an hour.
TRIES = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """Code and last four digits lead to one's own sign-up. Guessing is counted."""
    form = LookUpForm(request.POST or None)
    if request.method == "POST":
        address = client_address(request)
        try:
            refuse_too_many(PURPOSE, address, TRIES)
            if form.is_valid():
                return redirect("hearings_own_page", pass_for(_found(form, address)))
        except TooMany as refusal:
            return too_many(request, refusal)
        except ValidationError as refusal:
            take_over(form, refusal)
    return render(request, "hearings/public/look_up.html", {"form": form}, status=422 if form.errors else 200)


def _found(form: LookUpForm, address: str) -> Representative:
    try:
        return find_own(form.cleaned_data["code"], form.cleaned_data["digits"])
    except ValidationError:
        let_through(PURPOSE, address, TRIES)
        raise


@never_cache
@require_safe
def own(request: HttpRequest, opened: str) -> HttpResponse:
    """The slip: state, code, what can be done. Without a valid pass back to the form."""
    one = by_pass(opened)
    if one is None:
        return _again(request)
    context = {
        "one": one,
        "hearing": one.hearing,
        "opened": opened,
        "address": addresses([one.hearing], request).get(one.hearing_id, ""),
        "place": place_in_line(one),
        "can_withdraw": can_withdraw(one),
        "can_answer": can_answer(one),
        "can_correct": can_correct(one),
        "has_corrected": one.corrections.exists(),
    }
    return render(request, "hearings/public/own.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, opened: str) -> HttpResponse:
    """Asked once more, then done."""
    one = by_pass(opened)
    if one is None:
        return _again(request)
    if request.method == "POST":
        return _done(
            request, opened, lambda: representatives.withdraw(one), _("You have withdrawn. Thank you for telling us.")
        )
    if not can_withdraw(one):
        return redirect("hearings_own_page", opened)
    return render(request, "hearings/public/withdraw.html", {"one": one, "hearing": one.hearing, "opened": opened})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, opened: str) -> HttpResponse:
    """Declining is asked once more: it cannot be taken back."""
    one = by_pass(opened)
    if one is None:
        return _again(request)
    if request.method == "POST":
        return _done(request, opened, lambda: representatives.answer_invitation(one, False), _("You have declined."))
    if not can_answer(one):
        return redirect("hearings_own_page", opened)
    return render(request, "hearings/public/decline.html", {"one": one, "hearing": one.hearing, "opened": opened})


@never_cache
@require_POST
def accept(request: HttpRequest, opened: str) -> HttpResponse:
    """Somebody invited comes."""
    one = by_pass(opened)
    if one is None:
        return _again(request)
    return _done(
        request, opened, lambda: representatives.answer_invitation(one, True), _("Thank you. Your seat is kept.")
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, opened: str) -> HttpResponse:
    """The draft of the minutes for a representative, and what of it is not as it was said."""
    one = by_pass(opened)
    if one is None:
        return _again(request)
    is_open = can_correct(one)
    form = CorrectionForm(request.POST or None, problems=one.hearing.problems.all())
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        wanted = Correction(hearing=one.hearing, representative=one, problem=typed["problem"], text=typed["text"])
        try:
            minutes.correct(wanted)
        except ValidationError as refusal:
            take_over(form, refusal)
        else:
            messages.success(request, _("Thank you. The clerk looks at it; the answer stands here."))
            return redirect("hearings_own_correct", opened)
    if request.method == "POST":
        forget_numbers(form, "text")
    context = {
        "one": one,
        "hearing": one.hearing,
        "opened": opened,
        "form": form,
        "is_open": is_open,
        "until": last_day_to_correct(one.hearing),
        "minutes": draft_of(one.hearing) if is_open else None,
        "corrections": one.corrections.select_related("problem"),
    }
    return render(request, "hearings/public/correct.html", context, status=422 if form.errors else 200)


def _again(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("For your safety this page closes after an hour. Open it again with your code."))
    return redirect("hearings_own")


def _done(request: HttpRequest, opened: str, change: Callable[[], object], told: str) -> HttpResponse:
    try:
        change()
    except ValidationError as refusal:
        for message in refusal.messages:
            messages.error(request, message)
    else:
        messages.success(request, told)
    return redirect("hearings_own_page", opened)
