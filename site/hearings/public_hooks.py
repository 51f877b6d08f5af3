"""What hearings give to the public site: their addresses."""

from typing import Any

from django.urls import URLResolver, include, path
from wagtail import hooks

from suite.permissions import PermissionRow

from .public_urls import urlpatterns


@hooks.register("register_urls")
def urls() -> list[URLResolver]:
    return [path("hearing/", include("hearings.public_urls"))]


@hooks.register("permission_rows")
def permission_rows() -> list[PermissionRow]:
    """Everybody may open them; what belongs to one person needs their code as well."""
    return [PermissionRow(pattern.name or "", _everybody) for pattern in urlpatterns]


def _everybody(user: Any) -> bool:
    return True
