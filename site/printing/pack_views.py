"""Screens of print packs. A pack exists for its owner alone: for all others the answer is 404."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from suite.background.following import follow, progress

from .domain import lifecycle
from .domain.files import clean_name
from .domain.packs import PackItem, order_pack
from .domain.packs.packing import clear
from .domain.packs.queries import packs_of, progress_text
from .models import Pack

A_PAGE = 20


@never_cache
@login_required
@require_safe
def my_packs(request: HttpRequest) -> HttpResponse:
    """The packs that this person ordered."""
    page = Paginator(packs_of(request.user), A_PAGE).get_page(request.GET.get("p"))
    now = timezone.now()
    return render(
        request, "printing/packs.html", {"page_of": page, "rows": [(one, progress_text(one, now)) for one in page]}
    )


@never_cache
@login_required
@require_safe
def pack_screen(request: HttpRequest, key: int) -> HttpResponse:
    """How far it is, what could not be printed, and the file."""
    pack = _own(request, key)
    text = progress_text(pack, timezone.now())
    address = reverse("printing:pack_progress", args=[pack.pk])
    following = follow(request, pack, _("Papers printed"), text, address)
    context = {"pack": pack, "progress": text, "following": following}
    return render(request, "printing/pack.html", context)


@never_cache
@login_required
@require_safe
def pack_progress(request: HttpRequest, key: int) -> HttpResponse:
    """The same for the script on that screen."""
    pack = _own(request, key)
    return progress(pack, progress_text(pack, timezone.now()))


@never_cache
@login_required
@require_safe
def pack_file(request: HttpRequest, key: int) -> HttpResponse | FileResponse:
    """The file, to its owner, while it is kept. Whoever has it needs no line on the desk any more."""
    pack = _own(request, key)
    if not pack.can_be_fetched:
        raise Http404
    try:
        content = pack.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    lifecycle.take_from_desk(pack)
    return FileResponse(content, as_attachment=True, filename=f"{clean_name(pack.title) or 'pack'}.pdf")


@never_cache
@login_required
def cancel_pack(request: HttpRequest, key: int) -> HttpResponse:
    """Asks whether it is meant, then cancels."""
    pack = _own(request, key)
    if request.method != "POST":
        return render(request, "printing/cancel_pack.html", {"pack": pack})
    try:
        lifecycle.cancel(pack, request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        clear(pack)
        messages.success(request, _("“%(title)s” is cancelled; nothing is kept of it.") % {"title": pack.title})
    return redirect("printing:pack", pack.pk)


@login_required
@require_POST
def dismiss_pack(request: HttpRequest, key: int) -> HttpResponse:
    """Its line on the desk goes; the file stays as long as it is kept."""
    lifecycle.take_from_desk(_own(request, key))
    messages.success(request, _("It is no longer on your desk; you find it under “My print packs”."))
    return redirect("desk")


@login_required
@require_POST
def order_again(request: HttpRequest, key: int) -> HttpResponse:
    """The same papers once more, as they read today."""
    pack = _own(request, key)
    items = [PackItem(item["kind"], item["key"], item["size"], item["copies"]) for item in pack.items]
    try:
        new = order_pack(pack.title, items, request.user, pack.both_sides)
    except ValidationError as refusal:
        for text in refusal.messages:
            messages.error(request, text)
        return redirect("printing:pack", pack.pk)
    return redirect("printing:pack", new.pk)


def _own(request: HttpRequest, key: int) -> Pack:
    return get_object_or_404(packs_of(request.user), pk=key)
