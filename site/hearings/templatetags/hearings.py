"""What the public pages of hearings show of their records."""

from typing import Any

from django import template
from django.core.paginator import Paginator

from hearings.domain.public import promises
from hearings.domain.public.overview import overview
from hearings.domain.public.pages import notices
from hearings.domain.public.shown import SHAPES, hearing_shown

PAST_ON_A_PAGE = 20
# What the standing of a promise looks like beside its word: see theme/type.css.
_SHAPES = {
    promises.KEPT: "state-done",
    promises.LATE: "state-urgent",
    promises.GOING_ON: "state-soon",
    promises.EXPLAINED: "state-ended",
}

register = template.Library()


@register.simple_tag(takes_context=True)
def hearings_overview(context: Any, page: Any) -> dict[str, Any]:
    """`{% hearings_overview page as all %}`: the hearings below the section, those over by pages."""
    request = context.get("request")
    pages: Any = notices()
    found = overview(pages.child_of(page).select_related("hearing__host"), request)
    past = Paginator(found.past, PAST_ON_A_PAGE).get_page(request.GET.get("p") if request else 1)
    return {"coming": found.coming, "stopped": found.stopped, "past": past, "empty": not any(vars(found).values())}


@register.simple_tag
def shown_hearing(hearing: Any) -> Any:
    """`{% shown_hearing page.hearing as shown %}`: the record as everybody may see it."""
    return hearing_shown(hearing)


@register.inclusion_tag("hearings/public/state.html")
def hearing_state(hearing: Any) -> dict[str, Any]:
    """`{% hearing_state hearing %}`: its state as word, colour and shape."""
    return {"word": hearing.get_state_display(), "shape": SHAPES[hearing.state]}


@register.inclusion_tag("hearings/public/state.html")
def promise_state(measure: Any) -> dict[str, Any]:
    """`{% promise_state measure %}`: what became of a promise, as word, colour and shape."""
    return {"word": promises.in_words(measure), "shape": _SHAPES[promises.standing(measure)]}
