"""What draws give to the suite."""

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from printing import Printable
from suite import audit
from suite.permissions import PermissionRow
from suite.roles import Role

from . import desk_hooks  # noqa: F401 - registers the desk's lines and the periodic job
from .domain.documents import draw_record
from .models import Draw
from .permissions import HOLD, VIEW, WITNESS
from .viewsets import DrawGroup

audit.declare("draw.prepare", _("Prepare draw"), _("Prepared: %(candidates)s candidates, %(seats)s seats"))
audit.declare("draw.amend", _("Change prepared draw"), _("Changed: %(candidates)s candidates, %(seats)s seats"))
audit.declare("draw.freeze", _("Publish list of a draw"), _("List of %(candidates)s candidates published"))
audit.declare("draw.commit", _("Record hash"), _("Hash of %(name)s recorded"))
audit.declare("draw.close_hashes", _("Close hashes"), _("Hashes of %(people)s people are complete"))
audit.declare("draw.reveal", _("Show string"), _("%(name)s has shown the string"))
audit.declare("draw.enter_result", _("Enter public result"), _("%(value)s, witness %(witness)s"))
audit.declare("draw.carry_out", _("Hold draw"), _("%(drawn)s drawn; witnesses: %(witnesses)s"))
audit.declare("draw.void", _("Void draw"), _("The draw is void"))
register_snippet(DrawGroup)


@hooks.register("register_urls")
def urls() -> list[URLResolver]:
    return [path("draws/", include("suite.draw.urls"))]


@hooks.register("register_printables")
def printables() -> list[Printable]:
    """The record is as public as the page it is made of."""
    return [
        Printable(
            kind="draw",
            label=pgettext_lazy("paper", "record of a draw"),
            model=Draw,
            document=draw_record,
            find=lambda key: Draw.objects.public().filter(pk=key).first() if key.isdecimal() else None,
            keys=lambda: map(str, Draw.objects.public().values_list("pk", flat=True)),
            user_can_print=lambda user, draw: draw.frozen_at is not None,
        )
    ]


@hooks.register("permission_rows")
def permission_rows() -> list[PermissionRow]:
    return [
        *(
            PermissionRow(f"draw:{name}", lambda user: True)
            for name in ("index", "verify", "hash", "draw", "list", "file")
        ),
        *(row for register in DrawGroup().register_instances for row in register.permission_rows()),
    ]


@hooks.register("register_roles")
def roles() -> list[Role]:
    """The efficiency office holds draws; supervisors and leaders witness them."""
    witness = ["wagtailadmin.access_admin", VIEW, WITNESS]
    return [
        Role("efficiency_office", permissions=[VIEW, HOLD]),
        *(Role(key, permissions=witness) for key in ("supervisor", "leader", "head")),
    ]
