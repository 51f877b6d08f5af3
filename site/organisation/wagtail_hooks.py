"""What the organisation adds to the suite."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from printing import Printable
from suite import audit
from suite.permissions import PermissionRow
from suite.roles import Role
from suite.theme import HomeTile

from . import views
from .domain.directory_sheet import KEY, directory_by_key, directory_sheet
from .domain.documents import PRINTABLES
from .models import Person
from .permissions import KEEP, KEEP_ABSENCES, READERS, RECORD_ABSENCES, VIEW
from .viewsets import OrganisationGroup

audit.declare("organisation.add", _("Add a record"), _("Added to the organisation"))
audit.declare("organisation.correct", _("Correct a record"), _("Corrected: %(changes)s"))
audit.declare("organisation.delete", _("Delete a record"), _("Record deleted"))
audit.declare("organisation.appoint", _("Appoint"), _("%(person)s appointed to %(post)s"))
audit.declare("organisation.take_charge", _("Take charge"), _("%(person)s takes responsibility for %(unit)s"))
audit.declare("organisation.end", _("End a term"), _("Ended; last day %(until)s"))
audit.declare("organisation.absence", _("Record an absence"), _("%(person)s away (%(days)s)"))
audit.declare("organisation.absence_end", _("Change the end of an absence"), _("Last day away: %(until)s"))
audit.declare("organisation.close", _("Close unit"), _("Closed; last day %(until)s"))
audit.declare("organisation.merge", _("Merge units"), _("Took over %(units)s"))
audit.declare("organisation.leave", _("Leave the township"), _("Left the township; last day %(until)s"))
audit.declare("organisation.open_account", _("Open account"), _("Account %(account)s opened"))
audit.declare("organisation.close_account", _("Close account"), _("Account %(account)s closed"))

register_snippet(OrganisationGroup)


@hooks.register("register_roles")
def roles() -> list[Role]:
    """The system administrator keeps the registers, the efficiency office absences; leaders and others read."""
    return [
        Role("system_admin", permissions=(*KEEP, *KEEP_ABSENCES)),
        Role("efficiency_office", permissions=RECORD_ABSENCES),
        *(Role(key, permissions=VIEW) for key in READERS),
    ]


@hooks.register("register_urls")
def urls() -> list[URLPattern]:
    return [path("office/", views.office, name="organisation_office")]


@hooks.register("personal_names")
def personal_names() -> Iterator[str]:
    """Everybody who is or was with the office: last year's document names last year's people."""
    yield from Person.objects.values_list("name", flat=True).distinct().order_by()


@hooks.register("register_printables")
def directory_printable() -> list[Printable]:
    """The office page as a table: whoever may read the page may print it."""
    return [
        Printable(
            kind="directory",
            label=_("Directory of the office"),
            model=None,
            document=directory_sheet,
            find=directory_by_key,
            keys=lambda: [KEY],
            user_can_print=lambda user, found: True,
        )
    ]


@hooks.register("home_tiles")
def home_tiles(request: Any) -> list[HomeTile]:
    return [
        HomeTile(
            gettext("Who to call"),
            reverse("organisation_office"),
            gettext("Units, duties, telephones, stationed cadres"),
        )
    ]


@hooks.register("permission_rows")
def permission_rows() -> Iterator[PermissionRow]:
    yield PermissionRow("organisation_office", lambda user: True)
    for register in OrganisationGroup().register_instances:
        yield from register.permission_rows()


@hooks.register("register_printables")
def printables() -> list[Printable]:
    return PRINTABLES


@hooks.register("build_demo", order=-100)
def build_demo(township: Any) -> None:
    """The sample township stands before anything that happens in it."""
    from .sample import build

    build(township)
