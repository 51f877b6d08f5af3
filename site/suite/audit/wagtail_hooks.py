"""The trail in the admin: for audit administrators, who have no pages through which Wagtail would offer it."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from suite.roles import Role


class TrailMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("audit.view_trail") and not request.user.is_superuser


@hooks.register("register_reports_menu_item")
def register_trail() -> MenuItem:
    return TrailMenuItem(
        _("Audit trail"), reverse("wagtailadmin_reports:site_history"), name="audit-trail", icon_name="history"
    )


@hooks.register("register_roles")
def roles() -> list[Role]:
    return [Role("audit_admin", permissions=["audit.view_trail"])]
