"""The register of numbers and that of series, in one menu group."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.models import Page
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper

from suite.registers.actions import RecordAction
from suite.registers.register import Register, RegisterGroup
from suite.registers.views import RegisterCreateView, RegisterIndexView

from . import forms
from .domain import lifecycle
from .domain.queries import year_report, years_to_show
from .enums import NumberState
from .models import DocumentNumber, NumberSeries, this_year
from .permissions import user_can_void


class KeptForEver(PermissionHelper):
    """A number is taken and voided; nobody changes or deletes one, a superuser no more than others."""

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


class NumberIndexView(RegisterIndexView):
    """The list, under a line for each series and year that says how it stands."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reports = [year_report(series, year) for series, year in years_to_show()]
        return super().get_context_data(**{"reports": reports, **kwargs})


class NumberCreateView(RegisterCreateView):
    """Taking one for a document on paper, which is not like adding a row."""

    page_title = gettext_lazy("Take a document number")

    def get_page_subtitle(self) -> str:
        return ""

    def get_meta_title(self) -> str:
        return _("Number for a document on paper")


class NumberButtons(ButtonHelper):
    def add_button(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        label = _("Number for a document on paper")
        return {**super().add_button(*args, **kwargs), "label": label, "title": label}


class NumberRegister(Register):
    model = DocumentNumber
    menu_icon = "list-ol"
    permission_helper_class = KeptForEver
    button_helper_class = NumberButtons
    index_view_class = NumberIndexView
    create_view_class = NumberCreateView
    index_template_name = "numbering/index.html"
    actions = (
        RecordAction(
            "void",
            gettext_lazy("Void"),
            forms.VoidForm,
            lambda number, data, user: lifecycle.void(number, data["reason"], user),
            gettext_lazy("The number stays in the register with the reason, and no document gets it again."),
            lambda number: number.state == NumberState.ISSUED,
            user_can_void,
        ),
    )
    one_line = ("text", "state", "carrier", "taken_by")
    list_display = ("text", "title", "state", "carrier", "taken_by", "issued_at", "void_reason")
    list_export = (
        "text", "series", "year", "number", "title", "state", "carrier", "taken_by", "issued_at", "void_reason",
        "voided_by_name", "voided_at",
    )  # fmt: skip
    inspect_view_fields = list_export
    list_filter = ("series", "year", "state")
    list_select_related = ("series", "page__content_type", "issued_by", "voided_by")
    search_fields = ("text", "title")
    edit_handler = ObjectList(
        [
            HelpPanel(
                gettext_lazy(
                    "For documents that are issued on paper only; a page takes its own in its menu. Saving takes the "
                    "number: it cannot be given back, only voided."
                )
            ),
            FieldPanel("series"),
            FieldPanel("year"),
            FieldPanel("title"),
        ],
        base_form_class=forms.IssueForm,
    )

    def write(self, form: Any, user: Any) -> DocumentNumber:
        given = form.cleaned_data
        return lifecycle.issue(given["series"], user, given["title"], year=given["year"])

    def carrier(self, number: DocumentNumber) -> str:
        """The kind of page or record that the number was given to; the title says which."""
        if number.page:
            return str((number.page.specific_class or Page)._meta.verbose_name)
        if not number.reference_kind:
            return _("on paper")
        try:
            kind = str(apps.get_model(number.reference_kind)._meta.verbose_name)
        except (LookupError, ValueError):
            kind = number.reference_kind
        return f"{kind} {number.reference_key}"

    carrier.short_description = gettext_lazy("given to")

    def taken_by(self, number: DocumentNumber) -> str:
        return _name(number.issued_by)

    taken_by.short_description = gettext_lazy("issued by")

    def voided_by_name(self, number: DocumentNumber) -> str:
        return _name(number.voided_by)

    voided_by_name.short_description = gettext_lazy("voided by")


class SeriesRegister(Register):
    model = NumberSeries
    menu_icon = "order"
    one_line = ("this_year",)
    list_display = ("prefix", "purpose", "this_year", "first_year", "first_number", "active")
    list_filter = ("active",)
    search_fields = ("prefix", "purpose")
    panels = [
        FieldPanel("prefix"),
        FieldPanel("purpose"),
        FieldPanel("first_year"),
        FieldPanel("first_number"),
        FieldPanel("active"),
    ]

    def write(self, form: Any, user: Any) -> NumberSeries:
        return lifecycle.keep_series(form.instance, user)

    def this_year(self, series: NumberSeries) -> str:
        return str(year_report(series, this_year()))

    this_year.short_description = gettext_lazy("this year")


class NumberingGroup(RegisterGroup):
    menu_label = gettext_lazy("Document numbers")
    menu_icon = "list-ol"
    menu_order = 260
    registers = (NumberRegister, SeriesRegister)


def _name(user: Any) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""
