"""Upload of a draft, and the report."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from .domain.importing import import_draft, last_report, replace_text
from .forms import FileForm, ImportForm
from .permissions import page_types, user_can_import, user_can_replace


def import_page(request: HttpRequest, parent_id: int) -> HttpResponse:
    """A new draft page under the parent from an uploaded file."""
    parent = get_object_or_404(Page, pk=parent_id).specific
    if not user_can_import(request.user, parent):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None, types=page_types(parent))
    return _upload(
        request,
        form,
        lambda file: import_draft(parent, form.model, file.read(), file.name, request.user),
        title=_("Import a Word draft"),
        subtitle=parent.get_admin_display_title(),
        explanation=_(
            "The file becomes a draft page: title, headings, lists, tables and pictures. What cannot be kept is listed "
            "afterwards. Nothing is published."
        ),
        button=_("Import"),
        back=reverse("wagtailadmin_explore", args=[parent.pk]),
    )


def replace_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """The text of a draft from an uploaded file."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not user_can_replace(request.user, page):
        raise PermissionDenied
    return _upload(
        request,
        FileForm(request.POST or None, request.FILES or None),
        lambda file: replace_text(page, file.read(), file.name, request.user),
        title=_("Replace the text from Word"),
        subtitle=page.get_admin_display_title(),
        explanation=_(
            "The file's text takes the place of the draft's text. Title and other fields stay; the text as it is now "
            "stays in the history. Save what you are writing first."
        ),
        button=_("Replace the text"),
        back=reverse("wagtailadmin_pages:edit", args=[page.pk]),
    )


def report(request: HttpRequest, page_id: int) -> HttpResponse:
    """What became of the file that the page's text came from."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    found = last_report(page)
    if found is None:
        raise Http404
    return render(request, "drafts/report.html", {"draft": page, "report": found})


def _upload(request: HttpRequest, form: FileForm, run: Callable[[Any], Page], **words: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            page = run(form.cleaned_data["file"])
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect("drafts_report", page.pk)
    return render(request, "drafts/upload.html", {"form": form, **words})
