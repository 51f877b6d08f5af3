"""The main menu and the breadcrumbs, from the page tree. One query each, kept for the request."""

from typing import Any

from wagtail.models import Page, Site


def is_served(page: Page) -> bool:
    """Whether the plugin that this page's type belongs to is installed."""
    model = page.cached_content_type.model_class()
    return model is not None and model is not Page


def main_menu(request: Any) -> list[Page]:
    """The sections under the home page that are live and marked for menus, in the order of the tree."""
    if not hasattr(request, "_main_menu"):
        site = Site.find_for_request(request)
        pages = (
            Page.objects.child_of(site.root_page).live().public().in_menu().order_by("path")
            if site and site.root_page_id
            else []
        )
        request._main_menu = [page for page in pages if is_served(page)]
    return request._main_menu


def breadcrumbs(page: Page | None, request: Any) -> list[Page]:
    """The pages above this one, from the home page down; none for the home page itself."""
    site = Site.find_for_request(request)
    if not page or not page.pk or not site or page.pk == site.root_page_id:
        return []
    if not hasattr(request, "_breadcrumbs"):
        above = page.get_ancestors().filter(depth__gte=site.root_page.depth).order_by("path")
        request._breadcrumbs = list(above)
    return request._breadcrumbs
