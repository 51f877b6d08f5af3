"""The register of policy documents beside the office's list of themes, in one menu group."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from suite.registers.pages import ListedPages
from suite.registers.register import Register, RegisterGroup

from .listing import with_validity
from .models import PolicyPage, PolicyTheme


class PolicyRegister(Register):
    """Every document with what it says about itself; editing happens on the page."""

    model = PolicyPage
    permission_helper_class = ListedPages
    menu_icon = "doc-full-inverse"
    list_display = ("title", "number", "issuing_body", "issued_on", "validity_today", "status")
    list_filter = ("live", "theme", "issued_on")
    search_fields = ("title", "number", "issuing_body")

    def get_queryset(self, request: Any) -> QuerySet[PolicyPage]:
        return with_validity(super().get_queryset(request).defer("body"), timezone.localdate())

    def validity_today(self, policy: PolicyPage) -> str:
        return str(policy.listed_validity.label)

    validity_today.short_description = _("validity")

    def status(self, policy: PolicyPage) -> str:
        return str(policy.status_string)

    status.short_description = _("status")


class PolicyThemeViewSet(SnippetViewSet):
    model = PolicyTheme
    icon = "tag"
    list_display = ["name", "order"]
    panels = [FieldPanel("name"), FieldPanel("order")]


class PolicyGroup(RegisterGroup):
    menu_label = _("Policy documents")
    menu_icon = "doc-full-inverse"
    menu_order = 250
    registers = (PolicyRegister,)
    items = (PolicyThemeViewSet,)
