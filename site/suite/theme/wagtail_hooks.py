"""Who edits the office's settings; and a page whose plugin has been taken out says so, instead of failing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail import hooks
from wagtail.models import Page, Site

from suite.roles import Role

from .menu import is_served
from .models import OfficeSettings


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


@hooks.register("build_demo", order=-90)
def name_the_office(township: Any) -> None:
    """The sample office's names, phones and hours, unless a real office has entered its own."""
    site = Site.objects.get(is_default_site=True)
    if not OfficeSettings.objects.filter(site=site).exists():
        OfficeSettings.objects.create(
            site=site,
            township_name="石桥镇人民政府",
            township_short_name="石桥镇",
            document_prefix="石政发",
            hall_phone="8812 0110",
            supervision_phone="8812 0109",
            address="石桥镇中心街1号",
            hours="周一至周五 8:30–12:00，14:00–17:30；赶集日 7:00起",
        )
