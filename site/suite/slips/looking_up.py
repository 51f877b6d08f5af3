"""The form by which somebody without an account finds their own sign-up again."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from suite.throttle.addresses import client_address
from suite.throttle.domain import TooMany, let_through, refuse_too_many
from suite.throttle.responses import too_many

from .form_errors import take_over
from .forms import LookUpForm
from .passes import Slips

# Wrong codes from one address an hour.
TRIES = 20


def look_up(request: HttpRequest, slips: Slips[Any], purpose: str, template: str, page: str) -> HttpResponse:
    """Code and last four digits lead to one's own sign-up. Guessing is counted.

    Arguments: ``purpose``, what wrong codes are counted under; ``page``, the name of the address that a pass opens.
    """
    form = LookUpForm(request.POST or None)
    if request.method == "POST":
        sender = client_address(request)
        try:
            refuse_too_many(purpose, sender, TRIES)
            if form.is_valid():
                return redirect(page, slips.pass_for(_found(slips, form, purpose, sender)))
        except TooMany as refusal:
            return too_many(request, refusal)
        except ValidationError as refusal:
            take_over(form, refusal)
    return render(request, template, {"form": form}, status=422 if form.errors else 200)


def _found(slips: Slips[Any], form: LookUpForm, purpose: str, sender: str) -> Any:
    try:
        return slips.find(form.cleaned_data["code"], form.cleaned_data["digits"])
    except ValidationError:
        let_through(purpose, sender, TRIES)
        raise
