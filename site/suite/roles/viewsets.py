"""Users and groups in the admin, with roles kept by the security administrator."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.users.views import groups, users
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, SetActiveStateBulkAction

from .domain.administrators import check_administrators
from .forms import RoleForm, UserCreationForm, UserEditForm
from .permissions import user_can_assign_roles


class ByWhom:
    """Tells the form who sits at it."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}


class CreateView(ByWhom, users.CreateView):
    pass


class EditView(ByWhom, users.EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only a superuser edits a superuser: a new password would make one."""
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UserViewSet(users.UserViewSet):
    add_view_class = CreateView
    edit_view_class = EditView

    def get_form_class(self, for_update: bool = False) -> type:
        return UserEditForm if for_update else UserCreationForm


class GroupDeleteView(groups.DeleteView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A role's group stays; a plugin counts on it."""
        if hasattr(self.object, "role"):
            messages.error(
                request,
                _("The group %(name)s plays a role of the suite and stays. Rename it, or take its people out.")
                % {"name": self.object.name},
            )
            return redirect(self.index_url_name)
        return super().dispatch(request, *args, **kwargs)


class GroupViewSet(groups.GroupViewSet):
    delete_view_class = GroupDeleteView


class AssignRole(AssignRoleBulkAction):
    """Wagtail's bulk action, refusing on its form what the rule of the three administrators refuses."""

    form_class = RoleForm

    def check_perm(self, obj: Any) -> bool:
        return user_can_assign_roles(self.request.user)

    def form_valid(self, form: RoleForm) -> HttpResponse:
        role = form.cleaned_data["role"]
        for user in self.get_actionable_objects()[0]:
            try:
                check_administrators(user, {*user.groups.values_list("pk", flat=True), role.pk})
            except ValidationError as refusal:
                form.add_error("role", refusal)
        return self.form_invalid(form) if form.errors else super().form_valid(form)


class SetActiveState(SetActiveStateBulkAction):
    """Accounts are opened and closed by those who may make them."""

    def check_perm(self, obj: Any) -> bool:
        return self.request.user.has_perm("auth.add_user")
