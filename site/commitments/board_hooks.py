"""What commitments give to the public site: their addresses, a tile, a way from the desk."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from suite.desk import DeskLink
from suite.permissions import PermissionRow
from suite.theme import HomeTile

from .models import Month
from .permissions import user_can_file, user_can_see_register, user_can_verify
from .public_urls import urlpatterns


@hooks.register("register_urls")
def board_urls() -> list[URLResolver]:
    return [path("commitments/", include("commitments.public_urls"))]


@hooks.register("permission_rows")
def board_permissions() -> list[PermissionRow]:
    """Everybody may open them: only what is public stands there."""
    return [PermissionRow(pattern.name or "", _everybody) for pattern in urlpatterns]


@hooks.register("home_tiles")
def commitments_tile(request: Any) -> Iterator[HomeTile]:
    """What cadres promised for the newest month, once there is one."""
    month = Month.objects.order_by("-first").first()
    if month is not None:
        text = _("%(month)s: what every cadre promised, and what became of it") % {"month": month}
        yield HomeTile(_("Monthly commitments of the cadres"), reverse("commitments_index"), text, order=60)


@hooks.register("desk_links")
def boards_link(user: Any) -> Iterator[DeskLink]:
    """The boards, for those whose work is on them."""
    if user_can_file(user) or user_can_see_register(user) or user_can_verify(user):
        yield DeskLink(_("Boards of commitments"), reverse("commitments_index"), order=130)


def _everybody(user: Any) -> bool:
    return True
