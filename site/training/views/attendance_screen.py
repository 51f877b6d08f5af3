"""What the projector shows: the code that changes, as QR and digits, how long it stays, and how many are recorded."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from training.domain.attendance import codes
from training.domain.attendance.records import attended, is_open, window_of
from training.models import Session

from .attendance import session_to_take


@never_cache
@login_required
@require_safe
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """Renews itself: smoothly with the script, by loading again without."""
    session = session_to_take(request, pk)
    digits = request.build_absolute_uri(reverse("training_attend"))
    return render(
        request, "training/attendance/screen.html", {"session": session, "address": digits, **_shown(request, session)}
    )


@never_cache
@login_required
@require_safe
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for the script."""
    shown = _shown(request, session_to_take(request, pk))
    return JsonResponse({**shown, "until": None})


def _shown(request: HttpRequest, session: Session) -> dict[str, Any]:
    now = timezone.now()
    window = window_of(session)
    here = attended(session)
    if window is None or not is_open(window, now):
        return {"open": False, "present": here}
    code = codes.code_at(session, codes.step_at(now))
    where = reverse("training_attend_token", args=[session.public_id, code.token])
    return {
        "open": True,
        "present": here,
        "digits": f"{code.digits[:3]} {code.digits[3:]}",
        "qr": _picture(request.build_absolute_uri(where)),
        "left": codes.seconds_left(now),
        "until": window.until,
    }


def _picture(address: str) -> str:
    """The address as an inline SVG, black on white whatever the screen's colours."""
    import segno

    drawn = segno.make(address, error="l", micro=False).svg_inline(border=3, omitsize=True, light="#fff", dark="#000")
    return mark_safe(drawn)  # noqa: S308 - made here of an address of ours
