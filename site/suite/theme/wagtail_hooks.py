"""Who edits the office's settings; and a page whose plugin has been taken out says so, instead of failing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail import hooks
from wagtail.models import Page, Site

from suite.roles import Role

from .menu import is_served


@hooks.register("register_roles")
def settings_are_kept_by_the_system_administrator() -> list[Role]:
    return [Role("system_admin", permissions=("theme.change_officesettings",))]


@hooks.register("construct_help_menu")
def leave_out_what_leads_to_english_pages(request: HttpRequest, items: list[Any]) -> None:
    """Wagtail's release notes and editor guide are English, and lie outside an office's network."""
    items[:] = [item for item in items if not item.name.startswith(("whats-new-in-wagtail", "editor-guide"))]


@hooks.register("before_serve_page")
def say_that_the_plugin_is_out(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """Not found (404) for a page without its plugin: nothing is kept of it by caches and search engines, and a
    monitor does not take the site for broken. The site's root answers 200: the menu leads on from there."""
    if is_served(page):
        return None
    site = Site.find_for_request(request)
    is_root = site is not None and site.root_page_id == page.pk
    return TemplateResponse(
        request, "wagtailcore/page.html", {"page": page, "self": page}, status=200 if is_root else 404
    )
