"""A refusal by the gate is an answer, never an error page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from . import PublicationRefused
from .domain.stages import user_decides_now
from .models import PublishedPage


class RefusalMiddleware:
    """Shows the reason where the user came from: on the page's edit form, in the admin, or as JSON."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a `PublicationRefused` that no form caught; leave everything else alone."""
        if not isinstance(exception, PublicationRefused):
            return None
        url = self._where_to(request, exception)
        if request.headers.get("x-requested-with") == "XMLHttpRequest" and "/workflow/" in request.path:
            # The stages' dialogue follows a redirect that comes as JSON; the message waits on that page.
            messages.error(request, exception.reason)
            return JsonResponse({"step": "success", "redirect": url})
        if not request.accepts("text/html"):
            return JsonResponse(
                {
                    "success": False,
                    "error_code": "publication_refused",
                    "error_message": exception.reason,
                    "errors": exception.message_dict,
                },
                status=400,
            )
        for message in exception.messages:
            messages.error(request, message)
        return redirect(url)

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        """No autosave for who decides on the page: it would make an author of them, who may not decide."""
        context = getattr(response, "context_data", None) or {}
        page = context.get("page")
        if context.get("autosave_enabled") and isinstance(page, PublishedPage) and user_decides_now(page, request.user):
            context["autosave_enabled"] = False
        return response

    def _where_to(self, request: HttpRequest, refusal: PublicationRefused) -> str:
        page = refusal.page
        if page is not None and getattr(page, "pk", None) and page.permissions_for_user(request.user).can_edit():
            return reverse("wagtailadmin_pages:edit", args=[page.pk])
        return reverse("wagtailadmin_home")
