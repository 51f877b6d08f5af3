"""`Register` and `RegisterGroup`, the two classes a plugin inherits from."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import re_path
from django.utils.text import capfirst
from wagtail import hooks
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex
from wagtail.snippets.views.snippets import SnippetViewSetGroup
from wagtail_modeladmin.options import ModelAdmin

from suite.permissions import PermissionRow

from . import views
from .actions import RecordAction, RegisterActionView
from .columns import column


class Register(ModelAdmin):
    """A list of records with filters, search, inspection, history and XLSX; see the package for an example.

    Set ``model``, ``list_display``, ``panels`` and what else wagtail-modeladmin knows; ``list_export`` names the
    columns of the XLSX (those of ``list_display`` where empty). Override `write` and `remove` to call the domain.
    """

    inspect_view_enabled = True
    list_per_page = 50
    empty_value_display = "—"
    index_view_class = views.RegisterIndexView
    create_view_class = views.RegisterCreateView
    edit_view_class = views.RegisterEditView
    delete_view_class = views.RegisterDeleteView
    inspect_view_class = views.RegisterInspectView
    history_view_class = views.RegisterHistoryView
    index_template_name = "registers/index.html"
    delete_template_name = "registers/delete.html"
    inspect_template_name = "registers/inspect.html"
    index_view_extra_css = ["registers/registers.css"]
    inspect_view_extra_css = ["registers/registers.css"]
    # What can be done with one record besides editing it.
    actions: tuple[RecordAction, ...] = ()
    # Columns that stay on one line, besides dates.
    one_line: tuple[str, ...] = ()

    def get_menu_label(self) -> str:
        """The model's plural as it stands: `title()` would spoil names and says nothing in Chinese."""
        return self.menu_label or capfirst(str(self.opts.verbose_name_plural))

    def get_list_export(self, request: Any) -> Any:
        return self.list_export or [name for name in self.list_display if name != "__str__"]

    def get_list_display(self, request: Any) -> list[str]:
        """The columns, with our own in place of fields that Django would show as a picture or in its own way."""
        return [self.column(name) for name in self.list_display]

    def column(self, name: str) -> str:
        own = f"{name}_in_words"
        if not hasattr(self, own):
            cell = None
            if not hasattr(self, name) and name in {field.name for field in self.opts.concrete_fields}:
                cell = column(self.opts.get_field(name))
            setattr(self, own, cell)
        return own if getattr(self, own) else name

    def get_extra_class_names_for_field_col(self, obj: Model, field_name: str) -> list[str]:
        return ["one-line"] if field_name.endswith("_in_words") or field_name in self.one_line else []

    def write(self, form: ModelForm[Any], user: Any) -> Model:
        """Save what a valid form holds and write the log. Raise ValidationError to refuse: it shows on the form."""
        adding = form.instance._state.adding
        instance = form.save()
        log(instance, "wagtail.create" if adding else "wagtail.edit", user=user, content_changed=form.has_changed())
        return instance

    def remove(self, instance: Model, user: Any) -> None:
        """Delete a record and write the log. Raise ValidationError to refuse."""
        with transaction.atomic():
            log(instance, "wagtail.delete", user=user)
            instance.delete()

    def permission_rows(self) -> list[PermissionRow]:
        """Who may open this register's addresses, for the hook ``permission_rows``."""
        helper, name = self.permission_helper, self.url_helper.get_action_url_name
        return [
            PermissionRow(name("index"), helper.user_can_list),
            PermissionRow(name("create"), helper.user_can_create),
            PermissionRow(name("inspect"), lambda user: helper.user_can_inspect_obj(user, None)),
            PermissionRow(name("history"), lambda user: helper.user_can_inspect_obj(user, None)),
            PermissionRow(name("edit"), lambda user: helper.user_can_edit_obj(user, None)),
            PermissionRow(name("delete"), lambda user: helper.user_can_delete_obj(user, None)),
            *(
                PermissionRow(name(action.key), partial(action.open_to, permission_helper=helper))
                for action in self.actions
            ),
        ]

    def get_admin_urls_for_registration(self) -> tuple[Any, ...]:
        urls = super().get_admin_urls_for_registration()
        return urls + tuple(
            re_path(
                self.url_helper.get_action_url_pattern(action.key),
                partial(self.action_view, action=action),
                name=self.url_helper.get_action_url_name(action.key),
            )
            for action in self.actions
        )

    def action_view(self, request: HttpRequest, instance_pk: str, action: RecordAction) -> HttpResponse:
        """The form of one action."""
        return RegisterActionView.as_view(model_admin=self, instance_pk=instance_pk, action=action)(request)

    def connect(self) -> None:
        """Register addresses and permissions, and nothing in the menu."""
        hooks.register("register_admin_urls", self.get_admin_urls_for_registration)
        hooks.register("register_permissions", self.get_permissions_for_registration)
        self.register_admin_url_finders()
        ReferenceIndex.register_model(self.model)


class RegisterGroup(SnippetViewSetGroup):
    """One menu entry with registers first and snippet viewsets (``items``) after them."""

    registers: tuple[type[Register], ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.register_instances = [register() for register in self.registers]

    def get_submenu_items(self) -> list[Any]:
        entries: list[Callable[..., Any]] = [
            *(register.get_menu_item for register in self.register_instances),
            *(viewset.get_menu_item for viewset in self.registerables),
        ]
        return [get_menu_item(order=order) for order, get_menu_item in enumerate(entries, 1)]

    def on_register(self) -> None:
        super().on_register()
        for register in self.register_instances:
            register.connect()
