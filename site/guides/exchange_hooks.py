"""What import, export and open data of guides give to the suite."""

from collections.abc import Iterator

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from suite import audit
from suite.roles import Role

from .permissions import EXCHANGE

audit.declare(
    "guides.import",
    _("Import guides"),
    _("%(file)s: %(created)s new, %(changed)s changed, %(refused)s left out"),
)
audit.declare("guides.export", _("Export guides"), _("%(count)s items written into a workbook"))


@hooks.register("register_roles")
def roles() -> list[Role]:
    """Editors keep the guides; what they import are drafts, so others check and approve them."""
    return [Role("editor", permissions=[EXCHANGE])]


@hooks.register("register_urls")
def data_urls() -> Iterator[URLResolver]:
    yield path("", include("guides.urls"))
