"""What numbering gives to the suite."""

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet

from suite import audit
from suite.permissions import PermissionRow
from suite.roles import Role

from . import demo, views
from .domain import pages
from .domain.carriers import number_field
from .permissions import ISSUE, VOID, user_can_issue
from .viewsets import NumberingGroup

audit.declare("numbering.issue", gettext_lazy("Issue number"), gettext_lazy("%(number)s issued for “%(title)s”"))
audit.declare("numbering.attach", gettext_lazy("Bring number to page"), gettext_lazy("%(number)s is on “%(page)s”"))
audit.declare("numbering.void", gettext_lazy("Void number"), gettext_lazy("%(number)s voided"))
audit.declare("numbering.keep_series", gettext_lazy("Keep series of numbers"), gettext_lazy("Series %(prefix)s kept"))

register_snippet(NumberingGroup)
hooks.register("publish_checks", pages.problems)
# After the office has its name and prefix, before the plugins' pages.
hooks.register("build_demo", demo.build, order=-80)

VIEW = ("numbering.view_documentnumber", "numbering.view_numberseries")


@hooks.register("register_roles")
def roles() -> list[Role]:
    """Editors take numbers, who approves documents voids them, the system administrator keeps the series."""
    series = [f"numbering.{verb}_numberseries" for verb in ("add", "change", "delete")]
    return [
        Role("editor", permissions=[*VIEW, ISSUE]),
        Role("checker", permissions=VIEW),
        Role("approver", permissions=[*VIEW, ISSUE, VOID]),
        Role("system_admin", permissions=[*VIEW, *series]),
    ]


@hooks.register("permission_rows")
def permission_rows() -> list[PermissionRow]:
    return [
        PermissionRow("numbering_take", user_can_issue),
        *(row for register in NumberingGroup().register_instances for row in register.permission_rows()),
    ]


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("numbering/page/<int:page_id>/", views.take, name="numbering_take")]


@hooks.register("register_page_header_buttons")
def header_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Where an editor looks for it: in the menu of the page that carries the number."""
    if view_name == "edit" and page.pk and number_field(page.specific_class) and user_can_issue(user):
        url = reverse("numbering_take", args=[page.pk])
        yield Button(_("Take a document number"), url, icon_name="list-ol", priority=55)
