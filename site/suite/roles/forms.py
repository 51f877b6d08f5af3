"""Accounts are kept by the system administrator, roles by the security administrator: one form, two halves."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm as WagtailUserCreationForm
from wagtail.users.forms import UserEditForm as WagtailUserEditForm

from .domain.administrators import check_administrators
from .permissions import user_can_assign_roles

ROLE_FIELDS = {"groups", "is_superuser"}


class TwoHalves:
    """Switches off the half that `by`, the person at the form, is not in charge of."""

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One field holds the whole name, as accounts of the organisation have it; not everybody has an address.
        self.fields["first_name"].label = _("Full name")
        self.fields["first_name"].help_text = _("As it is spoken and written, for example 李建国.")
        self.fields["email"].required = False
        self.fields.pop("last_name")
        if not user_can_assign_roles(by):
            self.fields["groups"].disabled = True
            self.fields["groups"].help_text = _("Roles are given and taken by the security administrator: ask there.")
        if "is_superuser" in self.fields and not by.is_superuser:
            self.fields["is_superuser"].disabled = True
        if not by.has_perm("auth.add_user"):
            for name in ("password1", "password2"):
                self.fields.pop(name, None)
            for name in self.fields.keys() - ROLE_FIELDS:
                self.fields[name].disabled = True

    @property
    def password_enabled(self) -> bool:
        """Without the password fields Wagtail must not look for their values."""
        return super().password_enabled and ("password1" in self.fields or not hasattr(self, "fields"))

    def clean(self) -> dict[str, Any]:
        """Show the rule of the three administrators beside the roles."""
        data = super().clean()
        person = self.instance
        was = person.is_superuser
        person.is_superuser = data.get("is_superuser", was)
        groups = {group.pk for group in data.get("groups", ())}
        if person.is_superuser and not was and person.pk:
            # The account is saved before its groups are: what is held now counts too.
            groups |= set(person.groups.values_list("pk", flat=True))
        try:
            check_administrators(person, groups)
        except ValidationError as refusal:
            self.add_error("groups", refusal)
        finally:
            person.is_superuser = was
        return data


class UserCreationForm(TwoHalves, WagtailUserCreationForm):
    class Meta(WagtailUserCreationForm.Meta):
        pass


class UserEditForm(TwoHalves, WagtailUserEditForm):
    class Meta(WagtailUserEditForm.Meta):
        pass


class RoleForm(forms.Form):
    """Which role the chosen people get."""

    role = forms.ModelChoiceField(queryset=Group.objects.order_by("name"), label=_("Role"))
