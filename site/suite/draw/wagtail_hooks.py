"""What draws give to the suite."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from suite import audit
from suite.roles import Role

from .permissions import HOLD, VIEW, WITNESS

audit.declare("draw.prepare", _("Prepare draw"), _("Prepared: %(candidates)s candidates, %(seats)s seats"))
audit.declare("draw.amend", _("Change prepared draw"), _("Changed: %(candidates)s candidates, %(seats)s seats"))
audit.declare("draw.freeze", _("Publish list of a draw"), _("%(candidates)s candidates; SHA-256 %(sha256)s"))
audit.declare("draw.commit", _("Record hash"), _("Hash of %(name)s: %(sha256)s"))
audit.declare("draw.close_hashes", _("Close hashes"), _("Hashes of %(people)s people are complete"))
audit.declare("draw.reveal", _("Show string"), _("%(name)s has shown the string"))
audit.declare("draw.enter_result", _("Enter public result"), _("%(value)s, witness %(witness)s"))
audit.declare("draw.carry_out", _("Hold draw"), _("%(drawn)s drawn; witnesses: %(witnesses)s"))
audit.declare("draw.void", _("Void draw"), _("The draw is void"))


@hooks.register("register_roles")
def roles() -> list[Role]:
    """The efficiency office holds draws; supervisors and leaders witness them."""
    witness = ["wagtailadmin.access_admin", VIEW, WITNESS]
    return [
        Role("efficiency_office", permissions=[VIEW, HOLD]),
        *(Role(key, permissions=witness) for key in ("supervisor", "leader", "head")),
    ]
