"""Template tags and filters: the office, the menu, what plugins show, dates."""

from typing import Any

from django import template

from suite.theme import dates, menu, office, plugins, when

register = template.Library()

register.filter("in_full", dates.in_full)
register.filter("in_list", dates.in_list)
register.filter("in_words", dates.in_words)
register.filter("meeting_time", when.meeting_time)
register.filter("moment_in_short", when.moment_in_short)


@register.simple_tag(takes_context=True, name="office")
def office_tag(context: Any) -> Any:
    """`{% office as office %}`: the OfficeSettings of this site."""
    return office.current_office(context.get("request"))


@register.simple_tag
def last_known_office() -> Any:
    """The office as last read, for the page for failures; asks no database."""
    return office.last_known_office()


@register.simple_tag(takes_context=True)
def main_menu(context: Any) -> list[dict[str, Any]]:
    """`{% main_menu as menu %}`: each item's `page`, and `current` as aria-current wants it ('' elsewhere)."""
    request = context.get("request")
    here = getattr(context.get("page"), "path", None) or ""
    return [
        {"page": page, "current": ("page" if here == page.path else "true") if here.startswith(page.path) else ""}
        for page in (menu.main_menu(request) if request else [])
    ]


@register.simple_tag(takes_context=True)
def breadcrumbs(context: Any) -> list[Any]:
    """`{% breadcrumbs as trail %}`: the pages above the page in the context."""
    request = context.get("request")
    page = context.get("page")
    return menu.breadcrumbs(page, request) if request and hasattr(page, "get_ancestors") else []


@register.simple_tag
def page_facts(page: Any) -> list[Any]:
    """`{% page_facts page as facts %}`: what plugins say about this page."""
    return plugins.page_facts(page)


@register.simple_tag(takes_context=True)
def home_tiles(context: Any, kind: str) -> list[Any]:
    """`{% home_tiles "do" as tiles %}`: the tiles of one kind."""
    return plugins.home_tiles(context.get("request"), kind)


@register.inclusion_tag("theme/bars.html")
def bars(chart: Any) -> dict[str, Any]:
    """`{% bars chart %}`: a `suite.theme.bars.BarChart`, drawn and said."""
    return {"chart": chart}


@register.filter
def at(cells: list[Any], index: int) -> Any:
    """`{{ cells|at:2 }}`: the cell at that place, '' where the row is too short or the cell is empty."""
    return (cells[index] if index < len(cells) else "") or ""
