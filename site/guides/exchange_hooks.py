"""What import, export and open data of guides give to the suite."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from suite import audit
from suite.background import BackgroundJob
from suite.periodic import PeriodicJob
from suite.permissions import PermissionRow
from suite.roles import Role

from . import exchange_views as views
from . import export_views
from .domain import lifecycle
from .domain.exchange import working
from .models import GuideExport, GuideImport
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


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("guides/exchange/", views.exchange, name="guides_exchange"),
        path("guides/exchange/export/", export_views.order, name="guides_export"),
        path("guides/exchange/export/<int:key>/", export_views.screen, name="guides_export_screen"),
        path("guides/exchange/export/<int:key>/progress/", export_views.progress, name="guides_export_progress"),
        path("guides/exchange/export/<int:key>/file/", export_views.fetch, name="guides_export_file"),
        path("guides/exchange/template/", views.template_file, name="guides_template"),
        path("guides/exchange/<int:key>/", views.import_screen, name="guides_import"),
        path("guides/exchange/<int:key>/progress/", views.import_progress, name="guides_import_progress"),
    ]


@hooks.register("permission_rows")
def permission_rows() -> list[PermissionRow]:
    names = ["exchange", "template", "import", "import_progress"]
    names += ["export", "export_screen", "export_progress", "export_file"]
    return [PermissionRow(f"guides_{name}", lambda user: user.has_perm(EXCHANGE)) for name in names]


@hooks.register("background_work")
def imports_and_exports() -> list[BackgroundJob]:
    unread = _("The program could not go on with this file. Tell the system administrator.")
    unwritten = _("The program could not write the file. Tell the system administrator.")
    return [
        BackgroundJob(GuideImport, working.work, lifecycle.fail, unread),
        BackgroundJob(GuideExport, working.write_out, lifecycle.fail_export, unwritten),
    ]


@hooks.register("periodic_jobs")
def drop_what_nobody_wants(now: datetime) -> Iterator[PeriodicJob]:
    """Dry runs that nobody confirmed and old exports are dropped."""
    for export in lifecycle.old_exports(now):
        yield PeriodicJob(f"guides.old_export:{export.pk}", export.delete, gettext("Deleting an export of guides"))
    for upload in lifecycle.forgotten(now):
        yield PeriodicJob(
            f"guides.forget:{upload.pk}",
            partial(lifecycle.drop, upload),
            gettext("Dropping an import that nobody confirmed"),
        )
