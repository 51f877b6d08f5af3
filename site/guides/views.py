"""What the guide's form asks while it is being filled in."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.models import Page

from .domain.review import review
from .models import GuideIndexPage, GuidePage


def review_address(guide: GuidePage, parent: Page) -> str:
    """Where the form of this guide is sent for its review."""
    if guide.pk:
        return reverse("guides_review", args=[guide.pk])
    return reverse("guides_review_new", args=[parent.pk])


def parts(guide: GuidePage) -> dict[str, str]:
    """The two parts of the review as HTML: paths, review. Made once for a form."""
    if not hasattr(guide, "_review_parts"):
        found = review(guide)
        guide._review_parts = {
            part: render_to_string(f"guides/admin/{part}.html", {"review": found}) for part in ("paths", "review")
        }
    return guide._review_parts


@require_POST
def review_saved(request: HttpRequest, page_id: int) -> JsonResponse:
    """The review of a guide's form as it is filled in now; nothing is saved."""
    guide = get_object_or_404(GuidePage, pk=page_id).get_latest_revision_as_object()
    if not guide.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return _answer(request, guide, guide.get_parent().specific)


@require_POST
def review_new(request: HttpRequest, parent_id: int) -> JsonResponse:
    """The same for a guide that has not been saved yet."""
    parent = get_object_or_404(GuideIndexPage, pk=parent_id)
    if not parent.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    return _answer(request, GuidePage(), parent)


def _answer(request: HttpRequest, guide: GuidePage, parent: Page) -> JsonResponse:
    typed: Any = request.POST.copy()
    # What is being looked at is no handing on.
    for button in [name for name in typed if name.startswith("action-")]:
        del typed[button]
    form = guide.get_edit_handler().get_form_class()(typed, instance=guide, parent_page=parent, for_user=request.user)
    form.put_on_instance()
    return JsonResponse(parts(guide))
