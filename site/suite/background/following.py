"""What a screen needs to follow background work, with scripts and without; the template is `background/progress.html`.

::

    context["following"] = follow(request, count, _("Lamps looked at"), progress_text(count, now), address)
    {% include "background/head.html" %} in extra_css, "background/progress.html" where it is to stand,
    "background/script.html" in extra_js

``address`` answers `progress(count, text)`. All three show nothing once the work is finished.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.functional import Promise

from .models import BackgroundWork

# How many seconds a browser without JavaScript waits before it asks again.
REFRESH = 5


@dataclass(frozen=True)
class Following:
    """``itself``: the page follows the work by itself, until somebody tells it not to (``?follow=no``)."""

    record: BackgroundWork
    label: str | Promise
    text: str
    address: str
    itself: bool
    refresh: int = REFRESH


def follow(
    request: HttpRequest, record: BackgroundWork, label: str | Promise, text: str, address: str
) -> Following | None:
    """What the templates show; None where there is nothing to follow any more.

    ``label``: what the bar counts; ``text``: how far it is; ``address``: where the script asks.
    """
    if not record.unfinished:
        return None
    return Following(record, label, text, address, itself=request.GET.get("follow") != "no")


def progress(record: BackgroundWork, text: str, **more: Any) -> JsonResponse:
    """The answer to the script on that screen."""
    return JsonResponse({"done": record.done, "text": text, "unfinished": record.unfinished, **more})
