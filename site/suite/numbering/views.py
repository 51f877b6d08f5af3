"""The screen on which a page gets its number."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from suite.publishing.permissions import user_can_edit

from .domain import pages
from .domain.carriers import number_field
from .domain.queries import number_of_page
from .forms import AttachForm, TakeForm
from .permissions import user_can_issue


def take(request: HttpRequest, page_id: int) -> HttpResponse:
    """Which series, which number comes, and what taking it means; then the number is in the draft."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not (name := number_field(page)):
        raise Http404
    if not (user_can_issue(request.user) and page.permissions_for_user(request.user).can_edit()):
        raise PermissionDenied
    attaching = "attach" in request.POST
    take_form = TakeForm(request.POST if request.method == "POST" and not attaching else None)
    attach_form = AttachForm(request.POST if attaching else None)
    form: Any = attach_form if attaching else take_form
    if request.method == "POST" and form.is_valid() and _given(request, page, form):
        return redirect("wagtailadmin_pages:edit", page.pk)
    draft = page.get_latest_revision_as_object()
    title = draft.get_admin_display_title()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    context = {
        "page": page,
        "number": number_of_page(page.pk),
        "typed": getattr(draft, name),
        "waiting_at": page.current_workflow_task,
        "can_edit_now": user_can_edit(request.user, page),
        "take_form": take_form,
        "attach_form": attach_form,
        "nothing_given_yet": [series for series, _year in take_form.offers.values() if not series.numbers.exists()],
        "page_title": _("Take a document number"),
        "page_subtitle": title,
        "header_icon": "list-ol",
        "breadcrumbs_items": [{"url": edit, "label": title}, {"url": "", "label": _("Take a document number")}],
    }
    return render(request, "numbering/take.html", context)


def _given(request: HttpRequest, page: Any, form: Any) -> bool:
    """Whether the page got the number; if not, the form says why."""
    try:
        if isinstance(form, AttachForm):
            number, restarted = pages.attach(page, form.cleaned_data["number"], request.user)
        else:
            series, year = form.series_and_year
            number, restarted = pages.take(page, series, request.user, year)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return False
    messages.success(
        request, _("%(number)s now stands in the draft of “%(title)s”.") % {"number": number, "title": number.title}
    )
    if restarted:
        messages.info(
            request,
            _("You changed a page that was being checked: the check starts again, and somebody else passes it."),
        )
    return True
