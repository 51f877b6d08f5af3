"""The draft of the minutes on an officer's desk: to read, and to ask for corrections (requirement H)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .domain.lifecycle.minutes import correct
from .domain.minutes_checks import takes_corrections
from .domain.public.own import draft_of, last_day_to_correct
from .form_errors import forget_numbers, take_over
from .models import Correction, Officer
from .sign_up_forms import CorrectionForm

REFUSED = 422


def user_sat_there(user: Any) -> bool:
    """Whether the account is that of an officer of some hearing."""
    return user.is_authenticated and Officer.objects.filter(person__user=user).exists()


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """For the officers of this hearing: what is drafted, what they asked for, and one more correction."""
    seats = Officer.objects.filter(hearing=pk, person__user=request.user.pk).select_related("hearing")
    officer = seats.first()
    if officer is None:
        raise PermissionDenied
    hearing = officer.hearing
    is_open = takes_corrections(hearing)
    form = CorrectionForm(request.POST or None, problems=hearing.problems.all())
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        wanted = Correction(hearing=hearing, officer=officer, problem=typed["problem"], text=typed["text"])
        try:
            correct(wanted, request.user)
        except ValidationError as refusal:
            take_over(form, refusal)
        else:
            messages.success(request, _("Thank you. The clerk looks at it; the answer stands here."))
            return redirect("hearings_minutes", pk)
    if request.method == "POST":
        forget_numbers(form, "text")
    context = {
        "form": form,
        "is_open": is_open,
        "until": last_day_to_correct(hearing),
        "minutes": draft_of(hearing) if is_open else None,
        "corrections": officer.corrections.select_related("problem"),
    }
    return render(request, "hearings/minutes.html", context, status=REFUSED if form.errors else 200)
