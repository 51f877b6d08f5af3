"""A page whose plugin has been taken out cannot be edited: the admin says so instead of failing."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.exceptions import PageClassNotFoundError


class PluginIsOutMiddleware:
    """Leads from the edit form that cannot be shown back to the explorer, with the reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer Wagtail's exception for a page without its class; leave everything else alone."""
        if not isinstance(exception, PageClassNotFoundError):
            return None
        messages.error(
            request,
            _("The plugin of this page has been taken out. Put it back to edit the page; nothing is lost."),
        )
        return redirect("wagtailadmin_explore_root")
