"""Signing up as a representative, without an account (requirement H)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from suite.slips.form_errors import forget_numbers, take_over
from suite.throttle.addresses import client_address
from suite.throttle.domain import TooMany, let_through, refuse_too_many
from suite.throttle.responses import too_many

from .domain.lifecycle import representatives
from .domain.public.own import SLIPS
from .domain.public.pages import addresses, public_hearings
from .domain.public.sign_up import village_seats, why_closed
from .domain.settings import hearings_settings
from .models import Hearing, Representative
from .sign_up_forms import SignUpForm

PURPOSE = "hearings.sign-up"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form; sent and accepted, it leads to the slip with the code. Too many from one address are told to wait."""
    if request.method == "POST":
        # Before anything else: an address that sends thousands costs two small queries a time.
        try:
            refuse_too_many(PURPOSE, client_address(request), hearings_settings().sign_ups_an_hour)
        except TooMany as refusal:
            return too_many(request, refusal)
    hearing = get_object_or_404(public_hearings().select_related("host"), public_id=public_id)
    address = addresses([hearing], request).get(hearing.pk)
    if address is None:
        raise Http404
    context = {"hearing": hearing, "address": address, "closed": why_closed(hearing)}
    if context["closed"]:
        return render(request, "hearings/public/sign_up.html", context, status=200 if request.method == "GET" else 409)
    seats = village_seats(hearing)
    form = SignUpForm(request.POST or None, seats=seats)
    context |= {"form": form, "seats": seats}
    if request.method != "POST":
        return render(request, "hearings/public/sign_up.html", context)
    if form.is_valid():
        try:
            one = _store(request, hearing, form)
        except TooMany as refusal:
            return too_many(request, refusal)
        except ValidationError as refusal:
            take_over(form, refusal)
        else:
            return redirect("hearings_own_page", SLIPS.pass_for(one))
    forget_numbers(form, "name", "problem", phone="phone")
    return render(request, "hearings/public/sign_up.html", context, status=422)


@transaction.atomic
def _store(request: HttpRequest, hearing: Hearing, form: SignUpForm) -> Representative:
    """Count it and keep it, both or neither."""
    let_through(PURPOSE, client_address(request), hearings_settings().sign_ups_an_hour)
    return representatives.sign_up(entry(hearing, form))


def entry(hearing: Hearing, form: SignUpForm) -> Representative:
    """What was typed, as a record that is not stored yet."""
    typed = form.cleaned_data
    return Representative(hearing=hearing, **{name: typed[name] for name in ("name", "village", "phone", "problem")})
