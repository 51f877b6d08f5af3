"""The draft of the minutes for somebody who sat there: to read, and to ask for corrections (requirement H)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from suite.slips.form_errors import forget_numbers, take_over

from .domain.lifecycle.minutes import correct
from .domain.minutes_checks import takes_corrections
from .domain.public.own import draft_of, last_day_to_correct
from .models import Correction, Officer, Representative
from .sign_up_forms import CorrectionForm

REFUSED = 422


def user_sat_there(user: Any) -> bool:
    """Whether the account is that of an officer of some hearing."""
    return user.is_authenticated and Officer.objects.filter(person__user=user).exists()


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """On the desk of the officers of this hearing."""
    seats = Officer.objects.filter(hearing=pk, person__user=request.user.pk).select_related("hearing")
    officer = seats.first()
    if officer is None:
        raise PermissionDenied
    wanted = Correction(hearing=officer.hearing, officer=officer)
    back = (reverse("desk"), _("Desk"))
    return correction_screen(request, officer, wanted, takes_corrections(officer.hearing), back, request.user)


def correction_screen(
    request: HttpRequest,
    seat: Officer | Representative,
    wanted: Correction,
    is_open: bool,
    back: tuple[str, str],
    user: Any = None,
) -> HttpResponse:
    """What is drafted, what `seat` asked for, and one more correction.

    ``wanted``: that one, to be filled in; ``is_open``: it can still be asked for; ``back``: address and name of where
    `seat` came from; ``user``: the account, None for who came with a code.
    """
    form = CorrectionForm(request.POST or None, problems=seat.hearing.problems.all())
    if request.method == "POST" and form.is_valid():
        wanted.problem, wanted.text = form.cleaned_data["problem"], form.cleaned_data["text"]
        try:
            correct(wanted, user)
        except ValidationError as refusal:
            take_over(form, refusal)
        else:
            messages.success(request, _("Thank you. The clerk looks at it; the answer stands here."))
            return redirect(request.path)
    if request.method == "POST":
        forget_numbers(form, "text")
    context = {
        "form": form,
        "is_open": is_open,
        "until": last_day_to_correct(seat.hearing),
        "minutes": draft_of(seat.hearing) if is_open else None,
        "corrections": seat.corrections.select_related("problem"),
        "back": back,
        "with_code": user is None,
    }
    return render(request, "hearings/correct.html", context, status=REFUSED if form.errors else 200)
