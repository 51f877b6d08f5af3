"""What the public pages show of courses."""

from typing import Any
from urllib.parse import urlencode

from django import template

from training.domain.courses.public import coming, course_pages, villages
from training.enums import Season

register = template.Library()


@register.simple_tag(takes_context=True)
def sessions_below(context: Any, page: Any) -> dict[str, Any]:
    """`{% sessions_below page as all %}`: the sessions of the section, narrowed by ``village``, ``season``."""
    request = context.get("request")
    asked = request.GET if request else {}
    village, season = str(asked.get("village", "")), str(asked.get("season", ""))
    known = list(villages())
    chosen = next((one for one in known if str(one.pk) == village), None)
    season = season if season in Season.values else ""
    pages: Any = course_pages()
    below = list(pages.child_of(page).select_related("course"))
    kept = {"village": str(chosen.pk) if chosen else "", "season": season}
    return {
        "lines": coming({one.course_id for one in below}, chosen.pk if chosen else None, season, request),
        "pages": below,
        "village": chosen,
        "season": season,
        "villages": [(one.name, _link(kept, village=str(one.pk)), one == chosen) for one in known],
        "seasons": [(label, _link(kept, season=value), value == season) for value, label in Season.choices],
        "all_villages": _link(kept, village=""),
        "all_seasons": _link(kept, season=""),
        "posters": [value for value, _label in Season.choices if value == season],
    }


@register.simple_tag(takes_context=True)
def sessions_of_course(context: Any, page: Any) -> Any:
    """`{% sessions_of_course page as lines %}`: those of the page's course that are still to come."""
    return coming({page.course_id}, request=context.get("request"))


def _link(kept: dict[str, str], **changed: str) -> str:
    return "?" + urlencode({name: value for name, value in {**kept, **changed}.items() if value})
