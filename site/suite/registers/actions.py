"""What can be done with one record besides editing it: end, hand over, close. One small form each.

    class UnitRegister(Register):
        actions = (
            RecordAction("close", _("Close or merge"), CloseForm, run=lambda unit, data, user: ...),
        )

The button stands on the record's page; the address is ``…/close/<pk>/``. ``run`` calls the domain; a ValidationError
it raises is shown on the form.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from wagtail.admin import messages
from wagtail_modeladmin.views import InstanceSpecificView

from .refusals import saved_or_refused


@dataclass(frozen=True)
class RecordAction:
    """One thing to do with a record.

    ``form_class`` takes ``instance`` beside what every form takes; ``run(instance, cleaned_data, user)`` does it. What
    the form's attribute ``warnings`` lists stands above its fields: what follows from doing it now, for this record.
    ``possible(instance)`` says whether the button stands there at all; ``allowed(user)`` who may do it: where it is
    None, who may edit the record.
    """

    key: str
    label: str | Promise
    form_class: Callable[..., forms.BaseForm]
    run: Callable[[Any, dict[str, Any], Any], Any]
    explanation: str | Promise = ""
    possible: Callable[[Any], bool] = lambda instance: True
    allowed: Callable[[Any], bool] | None = None

    def open_to(self, user: Any, permission_helper: Any, instance: Any = None) -> bool:
        """Whether `user` may do it at all, with this record or (None) with any."""
        if self.allowed is not None:
            # What somebody may not look at they change nothing about.
            seen = instance is None or permission_helper.user_can_inspect_obj(user, instance)
            return bool(seen and self.allowed(user))
        return bool(permission_helper.user_can_edit_obj(user, instance))


class RegisterActionView(InstanceSpecificView):
    """Shows the action's form and runs it."""

    action: Any = None  # a RecordAction; as_view wants the name to exist
    template_name = "registers/action.html"

    def __init__(self, model_admin: Any, instance_pk: str, action: RecordAction) -> None:
        super().__init__(model_admin, instance_pk)
        self.action = action

    def check_action_permitted(self, user: Any) -> bool:
        return self.action.open_to(user, self.permission_helper, self.instance)

    def get_page_title(self) -> str:
        return str(self.action.label)

    def get_meta_title(self) -> str:
        return f"{self.action.label}：{self.instance}"

    def form(self, data: Any = None, files: Any = None) -> forms.BaseForm:
        return self.action.form_class(data, files, instance=self.instance)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = self.url_helper.get_action_url("inspect", self.pk_quoted)
        return super().get_context_data(**{"form": self.form(), "action": self.action, "back": back, **kwargs})

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.refuse_the_impossible()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.refuse_the_impossible()
        form = self.form(request.POST, request.FILES)
        if form.is_valid() and saved_or_refused(
            form, lambda: self.action.run(self.instance, form.cleaned_data, request.user)
        ):
            messages.success(request, f"{self.action.label}：{self.instance}")
            return redirect(self.url_helper.get_action_url("inspect", self.pk_quoted))
        return self.render_to_response(self.get_context_data(form=form))

    def refuse_the_impossible(self) -> None:
        if not self.action.possible(self.instance):
            raise PermissionDenied


def linked(model_admin: Any, instance: Model, user: Any) -> list[tuple[str | Promise, str]]:
    """Label and address of what `user` can do with the record now."""
    return [
        (action.label, model_admin.url_helper.get_action_url(action.key, instance.pk))
        for action in model_admin.actions
        if action.possible(instance) and action.open_to(user, model_admin.permission_helper, instance)
    ]
