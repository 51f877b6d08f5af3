"""What the screens of the efficiency office and of the clerk give to the suite."""

from typing import Any

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from suite import audit
from suite.permissions import PermissionRow

from . import desk_urls
from .permissions import REPORT_MEASURE
from .session_permissions import user_can_record
from .viewsets import HearingsGroup

audit.declare("hearings.draft_notice", _("Draft notice"), _("Drafted “%(page)s”"))
audit.declare("hearings.draft_circular", _("Draft circular"), _("Drafted “%(page)s”"))

register_snippet(HearingsGroup)


@hooks.register("register_urls")
def desk_addresses() -> list[URLResolver]:
    return [path("desk/hearings/", include("hearings.desk_urls"))]


@hooks.register("permission_rows")
def desk_rows() -> list[PermissionRow]:
    names = [str(one.name) for one in desk_urls.urlpatterns]
    return [
        *(PermissionRow(name, user_can_record if "session" in name else user_can_report_measure) for name in names),
        *(row for register in HearingsGroup().register_instances for row in register.permission_rows()),
    ]


def user_can_report_measure(user: Any) -> bool:
    return bool(user.has_perm(REPORT_MEASURE))
