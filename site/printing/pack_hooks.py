"""What print packs give to the suite: the desk, the tick, the log, and the ways to order one in the page explorer."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from suite import audit
from suite.background import BackgroundJob
from suite.desk import DeskItem
from suite.periodic import PeriodicJob
from suite.permissions import PermissionRow

from .bulk import PrintBulkAction, models_that_print
from .domain import lifecycle
from .domain.packs.packing import clear, work
from .domain.packs.queries import expired, on_the_desk, packs_of
from .enums import PackState
from .models import Pack
from .models.packs import packs_folder

audit.declare("printing.order_pack", gettext_lazy("Order a print pack"), gettext_lazy("Ordered %(papers)s papers"))
audit.declare("printing.finish_pack", gettext_lazy("Print pack ready"), gettext_lazy("Printed %(printed)s papers"))
audit.declare("printing.fail_pack", gettext_lazy("Print pack not made"), gettext_lazy("Not made: %(reason)s"))
audit.declare(
    "printing.cancel_pack", gettext_lazy("Cancel a print pack"), gettext_lazy("Cancelled after %(done)s papers")
)

hooks.register("register_bulk_action", PrintBulkAction)


@hooks.register("register_page_header_buttons")
def print_all_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Everything that stands directly below a page as one file."""
    if view_name != "index" or not page.pk or not page.numchild:
        return
    models = models_that_print()
    if models and Page.objects.child_of(page).type(*models).exists():
        yield Button(_("Print all below as one file"), print_below(page), icon_name="doc-full", priority=70)


def print_below(page: Page) -> str:
    """Address of the admin's screen where what stands below `page` is ordered as a pack."""
    here = reverse("wagtailadmin_explore", args=[page.pk])
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "print"])
    return f"{address}?{urlencode({'id': 'all', 'childOf': page.pk, 'next': here})}"


class PacksMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return packs_of(request.user).exists()


@hooks.register("register_admin_menu_item")
def my_packs_in_the_menu() -> MenuItem:
    """For whoever has ordered one."""
    return PacksMenuItem(
        gettext_lazy("My print packs"), reverse_lazy("printing:packs"), name="packs", icon_name="doc-full", order=850
    )


@hooks.register("desk_items")
def packs_on_the_desk(user: Any) -> Iterator[DeskItem]:
    """A pack that is ready to be fetched, or could not be made, until its owner has it or has seen it."""
    for pack in on_the_desk(user):
        ready = pack.state == PackState.DONE
        if ready:
            reason = _("You ordered it; the file is removed then.")
        else:
            reason = _("You ordered it: see why, and what can be done.")
        yield DeskItem(
            key=f"printing.pack:{pack.pk}",
            title=(_("Fetch the print pack “%s”") if ready else _("The print pack “%s” could not be made"))
            % pack.title,
            url=reverse("printing:pack", args=[pack.pk]),
            reason=reason,
            due=pack.expires if ready else None,
            plugin="printing",
        )


@hooks.register("background_work")
def printing_of_packs() -> list[BackgroundJob]:
    trouble = gettext_lazy("The papers could not be put together. Tell the system administrator.")
    return [BackgroundJob(Pack, work, lifecycle.fail, trouble)]


@hooks.register("periodic_jobs")
def remove_packs(now: datetime) -> Iterator[PeriodicJob]:
    """Files whose time is over go, and once a day those that belong to no pack."""
    for pack in expired(now):
        yield PeriodicJob(f"printing.expire:{pack.pk}", partial(clear, pack), _("Removing the file of a print pack"))
    yield PeriodicJob(
        f"printing.sweep:{timezone.localdate(now)}", sweep, _("Removing files that belong to no print pack")
    )


def sweep() -> None:
    """Remove folders of packs whose rows are gone (their owner's account was deleted)."""
    if not packs_folder().is_dir():
        return
    known = {name.hex for name in Pack.objects.values_list("folder_name", flat=True)}
    for folder in packs_folder().iterdir():
        if folder.name not in known:
            shutil.rmtree(folder, ignore_errors=True)


@hooks.register("permission_rows")
def permission_rows() -> list[PermissionRow]:
    own = ("packs", "pack", "pack_progress", "pack_file", "cancel_pack", "dismiss_pack", "order_pack_again")
    return [PermissionRow(f"printing:{name}", lambda user: user.is_authenticated) for name in own]
