"""What the versions of papers give to the suite: the page behind the codes, and the register."""

from collections.abc import Iterator

from django.urls import URLResolver, include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from suite.permissions import PermissionRow
from suite.roles import Role

from .viewsets import VIEW_VERSIONS, PaperGroup

register_snippet(PaperGroup)


@hooks.register("register_urls")
def paper_urls() -> Iterator[URLResolver]:
    yield path("z/", include("printing.paper_urls"))


@hooks.register("register_roles")
def roles() -> list[Role]:
    return [Role(key, permissions=[VIEW_VERSIONS]) for key in ("editor", "checker", "approver")]


@hooks.register("permission_rows")
def permission_rows() -> list[PermissionRow]:
    return [
        PermissionRow("papers:form", lambda user: True),
        PermissionRow("papers:paper", lambda user: True),
        *(row for register in PaperGroup().register_instances for row in register.permission_rows()),
    ]
