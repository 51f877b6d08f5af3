"""The views of a register: modeladmin's, with the domain in charge of every change."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import ValidationError
from django.db.models import Field, Model
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, UserColumn
from wagtail_modeladmin.views import (
    CreateView,
    DeleteView,
    EditView,
    HistoryView,
    IndexView,
    InspectView,
    ModelFormView,
)

from .actions import linked
from .columns import shown_as, yes_no
from .refusals import saved_or_refused
from .sheets import write_sheet


class RegisterIndexView(IndexView):
    """The list; its export is XLSX only, because a CSV file can carry formulas that a spreadsheet runs."""

    FORMATS = ("xlsx",)

    def get_filename(self) -> str:
        return f"{self.verbose_name_plural}-{localdate():%Y%m%d}"

    def get_heading(self, queryset: Any, field: str) -> str:
        return re.sub(r"^.", lambda first: first[0].upper(), super().get_heading(queryset, field).lower())

    def to_row_dict(self, item: Model) -> dict[str, Any]:
        return {name: self.cell(item, name) for name in self.list_export}

    def cell(self, item: Model, name: str) -> Any:
        """What stands in a cell: the words of a choice, a date as a date, nothing where nothing is known."""
        if display := getattr(item, f"get_{name}_display", None):
            return display()
        source = self.model_admin if hasattr(self.model_admin, name) else item
        value = getattr(source, name)
        if callable(value):
            value = value(item) if source is self.model_admin else value()
        return yes_no(value) if isinstance(value, bool) else value

    def write_xlsx(self, queryset: Any, output: Any) -> None:
        headings = [self.get_heading(queryset, name) for name in self.list_export]
        rows = (self.to_row_dict(item).values() for item in queryset)
        write_sheet(output, str(self.verbose_name_plural), headings, rows)


class DomainFormView(ModelFormView):
    """Lets `Register.write` save the form, and shows its refusal on the form like any other error."""

    def form_valid(self, form: Any) -> HttpResponse:
        written = saved_or_refused(form, lambda: self.model_admin.write(form, self.request.user))
        if written is None:
            return self.form_invalid(form)
        self.instance = written
        messages.success(
            self.request,
            self.get_success_message(self.instance),
            buttons=self.get_success_message_buttons(self.instance),
        )
        return redirect(self.get_success_url())


class RegisterCreateView(DomainFormView, CreateView):
    def form_valid(self, form: Any) -> HttpResponse:
        return DomainFormView.form_valid(self, form)


class RegisterEditView(DomainFormView, EditView):
    def form_valid(self, form: Any) -> HttpResponse:
        return DomainFormView.form_valid(self, form)


def referring_to(instance: Model) -> list[Model]:
    """The rows that stand in the way of deleting `instance`, because they refer to it."""
    collector = Collector(using=instance._state.db or "default", origin=instance)
    try:
        collector.collect([instance])
    except ProtectedError as error:
        return list(error.protected_objects)
    except RestrictedError as error:
        return list(error.restricted_objects)
    return []


class RegisterDeleteView(DeleteView):
    """Asks before it deletes, and says at once what refers to the record and so forbids it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = referring_to(self.instance)
        named = sorted({f"{row._meta.verbose_name}：{row}" for row in rows})
        return super().get_context_data(**{"referring": named[:20], "more": max(0, len(named) - 20), **kwargs})

    def confirmation_message(self) -> str:
        return _("Delete %(kind)s “%(name)s”? This cannot be undone; the log keeps that it was there.") % {
            "kind": self.verbose_name,
            "name": self.instance,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if referring_to(self.instance):
            return self.render_to_response(self.get_context_data(), status=409)
        name = str(self.instance)
        try:
            self.model_admin.remove(self.instance, request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect(self.url_helper.get_action_url("delete", quote(self.instance.pk)))
        messages.success(request, _("%(kind)s “%(name)s” deleted.") % {"kind": self.verbose_name, "name": name})
        return redirect(self.index_url)


class RegisterInspectView(InspectView):
    """Shows a record's fields, and the columns of the list that are no fields."""

    def get_field_label(self, field_name: str, field: Field[Any, Any] | None = None) -> str:
        attribute = getattr(self.model_admin, field_name, None)
        return str(getattr(attribute, "short_description", "")) or super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name: str, field: Field[Any, Any] | None = None) -> Any:
        if callable(column := getattr(self.model_admin, field_name, None)) and field is None:
            return column(self.instance) or self.model_admin.get_empty_value_display(field_name)
        if field is not None and (show := shown_as(field)) is not None:
            return show(getattr(self.instance, field.attname)) or self.model_admin.get_empty_value_display(field_name)
        return super().get_field_display_value(field_name, field)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        history = self.url_helper.get_action_url("history", self.pk_quoted)
        actions = linked(self.model_admin, self.instance, self.request.user)
        return super().get_context_data(**{"history_url": history, "actions": actions, **kwargs})


class RegisterHistoryView(HistoryView):
    """What the log says about a record, newest first, for those who may see the record."""

    columns = [
        Column("message", label=gettext_lazy("What happened")),
        UserColumn("user", label=gettext_lazy("Who"), blank_display_name=gettext_lazy("the system")),
        DateColumn("timestamp", label=gettext_lazy("When")),
    ]

    def check_action_permitted(self, user: Any) -> bool:
        return self.permission_helper.user_can_inspect_obj(user, self.instance)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.index_url, "label": self.model_admin.get_menu_label()},
            {
                "url": self.url_helper.get_action_url("inspect", self.pk_quoted),
                "label": str(self.instance),
            },
            {"url": "", "label": f"{gettext('Who changed what')}：{self.instance}"},
        ]
