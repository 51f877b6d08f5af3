"""The tracker of promises and the calendar, for everybody."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .domain.public.feed import feed
from .domain.public.pages import addresses
from .domain.public.promises import STANDINGS, in_state, narrowed, promises, totals
from .promise_forms import PromiseFilter

ON_A_PAGE = 30


@require_safe
def promise_list(request: HttpRequest) -> HttpResponse:
    """What was promised at hearings, what is done, what is late; by village, theme and hearing."""
    chosen = PromiseFilter(request.GET)
    # A value that means nothing any more is left out, so that an old link still leads somewhere.
    asked = {name: value for name, value in (chosen.cleaned() if chosen.data else {}).items() if value}
    found = narrowed(promises(), **{name: value for name, value in asked.items() if name != "state"})
    paging = Paginator(in_state(found, asked.get("state", "")), ON_A_PAGE).get_page(request.GET.get("p"))
    where = addresses({measure.problem.hearing for measure in paging}, request)
    keep: dict[str, Any] = {name: request.GET[name] for name in asked}
    context = {
        "form": chosen,
        "asked": asked,
        "totals": totals(found),
        "standings": STANDINGS,
        "keep": f"&{urlencode(keep)}" if keep else "",
        "paging": paging,
        "rows": [(measure, where.get(measure.problem.hearing_id, "")) for measure in paging],
    }
    return render(request, "hearings/public/promises.html", context)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The days of all public hearings as iCalendar, for a phone's calendar to subscribe to."""
    response = HttpResponse(feed(request), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="hearings.ics"'
    return response
