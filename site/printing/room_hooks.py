"""What the print room gives to the suite: a right for those who write papers, and the way in."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from suite.permissions import PermissionRow
from suite.roles import Role

from .permissions import ROLES, USE_PRINT_ROOM, user_can_use_print_room


class PrintRoomMenuItem(MenuItem):
    """Shown to whom the room is open."""

    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_use_print_room(request.user)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return PrintRoomMenuItem(_("Print room"), reverse_lazy("printing:room"), icon_name="doc-full", order=550)


@hooks.register("register_roles")
def roles() -> list[Role]:
    return [Role(key, permissions=[USE_PRINT_ROOM]) for key in ROLES]


@hooks.register("permission_rows")
def permission_rows() -> list[PermissionRow]:
    return [PermissionRow(f"printing:{name}", user_can_use_print_room) for name in ("room", "room_paper")]
