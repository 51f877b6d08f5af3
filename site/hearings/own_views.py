"""Somebody's own sign-up: how it stands, withdrawing, answering an invitation, correcting the minutes."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suite.slips import looking_up

from .domain.lifecycle import representatives
from .domain.public.own import (
    SLIPS,
    can_answer,
    can_correct,
    can_withdraw,
    place_in_line,
)
from .domain.public.pages import addresses
from .minutes_views import correction_screen
from .models import Correction, Representative

PURPOSE = "hearings.look-up"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """Code and last four digits lead to one's own sign-up."""
    return looking_up.look_up(request, SLIPS, PURPOSE, "hearings/public/look_up.html", "hearings_own_page")


@never_cache
@require_safe
def own(request: HttpRequest, opened: str) -> HttpResponse:
    """The slip: state, code, what can be done. Without a valid pass back to the form."""
    one = SLIPS.by_pass(opened)
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


@dataclass(frozen=True)
class Question:
    """What is asked once more before it is done: it cannot be taken back."""

    title: str | Promise
    text: str | Promise
    yes: str | Promise
    possible: Callable[[Representative], bool]
    change: Callable[[Representative], object]
    told: str | Promise


WITHDRAW = Question(
    gettext_lazy("Withdraw from the hearing?"),
    gettext_lazy("Your place goes to the next one of your village. You can sign up again only while sign-up is open."),
    gettext_lazy("Yes, withdraw"),
    can_withdraw,
    representatives.withdraw,
    gettext_lazy("You have withdrawn. Thank you for telling us."),
)
DECLINE = Question(
    gettext_lazy("Decline the invitation?"),
    gettext_lazy("The office will invite somebody else. This cannot be taken back."),
    gettext_lazy("Yes, decline"),
    can_answer,
    lambda one: representatives.answer_invitation(one, False),
    gettext_lazy("You have declined."),
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_once_more(request: HttpRequest, opened: str, question: Question) -> HttpResponse:
    """Withdrawing, or declining an invitation: asked once more, then done."""
    one = SLIPS.by_pass(opened)
    if one is None:
        return _again(request)
    if request.method == "POST":
        return _done(request, opened, lambda: question.change(one), question.told)
    if not question.possible(one):
        return redirect("hearings_own_page", opened)
    context = {"question": question, "one": one, "hearing": one.hearing, "opened": opened}
    return render(request, "hearings/public/ask_once_more.html", context)


@never_cache
@require_POST
def accept(request: HttpRequest, opened: str) -> HttpResponse:
    """Somebody invited comes."""
    one = SLIPS.by_pass(opened)
    if one is None:
        return _again(request)
    return _done(
        request, opened, lambda: representatives.answer_invitation(one, True), _("Thank you. Your seat is kept.")
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, opened: str) -> HttpResponse:
    """The draft of the minutes for a representative, and what of it is not as it was said."""
    one = SLIPS.by_pass(opened)
    if one is None:
        return _again(request)
    wanted = Correction(hearing=one.hearing, representative=one)
    back = (reverse("hearings_own_page", args=[opened]), _("My sign-up"))
    return correction_screen(request, one, wanted, can_correct(one), back)


def _again(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("For your safety this page closes after an hour. Open it again with your code."))
    return redirect("hearings_own")


def _done(request: HttpRequest, opened: str, change: Callable[[], object], told: str | Promise) -> HttpResponse:
    try:
        change()
    except ValidationError as refusal:
        for message in refusal.messages:
            messages.error(request, message)
    else:
        messages.success(request, str(told))
    return redirect("hearings_own_page", opened)
