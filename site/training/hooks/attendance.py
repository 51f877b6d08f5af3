"""What attendance gives to the suite: its log, screens, papers, desk."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks

from printing import Printable
from suite import audit
from suite.desk import DeskItem, DeskLink
from suite.permissions import PermissionRow
from training.domain.attendance.papers import attendance_papers
from training.domain.attendance.waiting import desk_items
from training.permissions import user_can_key_in, user_can_learn, user_can_run
from training.urls.attendance import urlpatterns
from training.views.attend import of_enrolment
from training.views.attendance import user_can_meet

_NUMBER = _("%(number)s")
audit.declare("training.open_attendance", _("Open the attendance"), _("Codes count until %(until)s"))
audit.declare("training.close_attendance", _("Close the attendance"), _("Codes count no more"))
audit.declare("training.attend", pgettext_lazy("log", "Record who was there"), _("%(how)s"))
_KEYED = _("List of %(day)s: %(new)s new, %(already)s known")
audit.declare("training.key_in_attendance", _("Key in a paper list"), _KEYED)
audit.declare("training.strike_attendance", _("Strike out"), _("Struck out: %(reason)s"))
audit.declare("training.count_heads", _("Count heads"), _("%(number)s heads, %(recorded)s recorded"))
audit.declare("training.issue_certificate", _("Issue a certificate"), _NUMBER)
audit.declare("training.void_certificate", pgettext_lazy("certificate", "Void"), _NUMBER)


@hooks.register("register_urls")
def attendance_addresses() -> list[Any]:
    desk: URLResolver = path("desk/training/", include(urlpatterns))
    return [desk, path("training/feedback/<str:code>/", of_enrolment, name="training_attend_enrolment")]


@hooks.register("permission_rows")
def attendance_permissions() -> list[PermissionRow]:
    """Whose session it is, the views ask; somebody without account tells of a session by the code on the slip."""
    office = ("training_attendance_certificates", "training_attendance_void")
    own = ("training_attend", "training_attend_own")
    rows = []
    for address in urlpatterns:
        name = str(address.name)
        allowed = user_can_run if name in office else user_can_learn if name in own else user_can_meet
        rows.append(PermissionRow(name, (lambda user: True) if name == "training_attend_token" else allowed))
    return [*rows, PermissionRow("training_attend_enrolment", lambda user: True)]


@hooks.register("register_printables")
def attendance_printables() -> list[Printable]:
    return attendance_papers()


@hooks.register("desk_items")
def attendance_items(user: Any) -> Iterator[DeskItem]:
    return desk_items(user)


@hooks.register("training_ways")
def attendance_links(user: Any) -> Iterator[DeskLink]:
    """Taking and keying in for who does; signing in is on the page of one's own learning."""
    if user_can_run(user) or user_can_key_in(user):
        yield DeskLink(_("Attendance of training"), reverse("training_attendance_list"), 25)
