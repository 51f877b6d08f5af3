"""Required reading of the one who is signed in: the list, the end of a text, the confirmation (requirement Q)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from training.domain.lifecycle import reading as lifecycle
from training.domain.materials.versions import current
from training.domain.reading import own, shown, watching
from training.domain.videos.lasting import lasting
from training.models import MaterialPage
from training.permissions import user_can_learn, user_can_view


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I am asked to read, what is due first at the top, and what I confirmed."""
    person = _person(request)
    context = {
        "tasks": own.left(person),
        "confirmed": own.confirmations(person),
        "today": timezone.localdate(),
        "sees_others": user_can_view(request.user),
    }
    return render(request, "training/reading/mine.html", context)


@never_cache
@login_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """“I have read it”: from the list, from the last sheet, or from the end of the page, which hands in its tokens."""
    person, material = _person(request), get_object_or_404(MaterialPage, pk=pk)
    _note_end(request, person, material)
    if (version := current(material)) is not None:
        watching.note_watched(person, version, request.POST.get("video", ""))
    try:
        lifecycle.confirm(person, material, _number(request))
    except ValidationError as refusal:
        for message in refusal.messages:
            messages.error(request, message)
    else:
        messages.success(request, _("Confirmed: you have read “%(title)s”.") % {"title": material.title})
    return redirect("training_reading_mine")


@never_cache
@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The end of a text came into sight, as its script says; nothing is shown."""
    _note_end(request, _person(request), get_object_or_404(MaterialPage, pk=pk))
    return HttpResponse(status=204)


@never_cache
@login_required
@require_POST
def watched(request: HttpRequest, pk: int) -> HttpResponse:
    """What of the video was played, as its script says; answers how far the person has come, in words too."""
    person, version = _person(request), current(get_object_or_404(MaterialPage, pk=pk))
    found = None
    if version is not None:
        found = watching.note_played(person, version, request.POST.get("video", ""), request.POST.get("played", ""))
    if found is None:
        raise PermissionDenied
    far = {"percent": found.percent, "wait": found.wait, "done": found.counts, "said": watched_so_far(found)}
    if version is not None and (left := shown.left_of(person, version)):
        wanting = _("%(wanting)s. You confirm it at the end of the material.") % {"wanting": left.wanting}
        far["wanting"] = wanting
    return JsonResponse(far)


def watched_so_far(found: watching.Watched) -> str:
    """How far somebody has come with a video."""
    if found.counts:
        return _("You have watched the video.")
    if found.whole:
        return _("You have watched the video; it counts in %(wait)s.") % {"wait": lasting(found.wait or 0)}
    return _("%(percent)s%% of the video watched") % {"percent": found.percent}


def _person(request: HttpRequest) -> Any:
    if not user_can_learn(request.user):
        raise PermissionDenied
    return request.user.person


def _note_end(request: HttpRequest, person: Any, material: MaterialPage) -> None:
    version, token = current(material), request.POST.get("end", "")
    if version is not None and token:
        shown.note_end(person, version, token)


def _number(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 6 else 0  # noqa: PLR2004 (a small integer of the database)
