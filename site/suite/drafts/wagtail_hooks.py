"""Buttons and addresses of the import, and the entry in the log."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from suite import audit
from suite.permissions import PermissionRow

from . import views
from .domain.importing import ACTION, last_report
from .permissions import user_can_import, user_can_replace

audit.declare(ACTION, gettext_lazy("Import from Word"), gettext_lazy("Text taken from the Word file %(file)s"))


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("drafts/under/<int:parent_id>/", views.import_page, name="drafts_import"),
        path("drafts/replace/<int:page_id>/", views.replace_page, name="drafts_replace"),
        path("drafts/report/<int:page_id>/", views.report, name="drafts_report"),
    ]


@hooks.register("permission_rows")
def permission_rows() -> list[PermissionRow]:
    return [
        PermissionRow(name, lambda user: user.has_perm("wagtailadmin.access_admin"))
        for name in ("drafts_import", "drafts_replace", "drafts_report")
    ]


@hooks.register("register_page_header_buttons")
def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """In the list of a section: import. On a draft: replace its text, see what became of the file."""
    specific = page.specific
    if view_name == "index" and user_can_import(user, specific):
        address = reverse("drafts_import", args=[page.pk])
        yield Button(_("Import a Word draft"), address, icon_name="upload", priority=16)
    if view_name == "edit" and page.pk and user_can_replace(user, specific):
        address = reverse("drafts_replace", args=[page.pk])
        yield Button(_("Replace the text from Word"), address, icon_name="upload", priority=16)
        if last_report(page):
            address = reverse("drafts_report", args=[page.pk])
            yield Button(_("What became of the Word file"), address, icon_name="clipboard-list", priority=17)
