"""The roles every office has, and how giving them reads in the log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from suite import audit

from . import Role, viewsets

ADMIN = ("wagtailadmin.access_admin",)

audit.declare("roles.assign", _("Give role"), _("Got the role %(role)s"))
audit.declare("roles.withdraw", _("Take role"), _("Lost the role %(role)s"))
audit.declare("roles.grant", _("Grant permissions"), _("Got the permissions %(permissions)s"))
audit.declare("roles.revoke", _("Revoke permissions"), _("Lost the permissions %(permissions)s"))

# After Wagtail's own, which they take the place of.
hooks.register("register_bulk_action", viewsets.AssignRole, order=10)
hooks.register("register_bulk_action", viewsets.SetActiveState, order=10)


@hooks.register("register_roles")
def kernel_roles() -> list[Role]:
    return [
        Role("editor", _("editor"), _("writes pages and hands them in"), ADMIN),
        Role("checker", _("checker"), _("checks what editors hand in"), ADMIN),
        Role("approver", _("approver"), _("approves pages for publication"), ADMIN),
        Role("liaison", _("village liaison"), _("reports topics and files cases for the villages served")),
        Role("publicist", _("village publicist"), _("tells the village, keys in paper, hangs posters")),
        Role("agent", _("agent"), _("carries villagers' cases all the way")),
        Role("cadre", _("cadre"), _("files commitments, work log and study notes")),
        Role("window_clerk", _("window clerk"), _("accepts and hands out cases at a window")),
        Role("case_handler", _("case handler"), _("handles cases to their result")),
        Role("hall_director", _("hall director"), _("runs the hall: rosters, urging, all its cases"), ADMIN),
        Role("efficiency_office", _("efficiency office"), _("runs hearings, commitments, appraisal"), ADMIN),
        Role("supervisor", _("efficiency supervisor"), _("verifies what cadres did")),
        Role("leader", _("leader"), _("supervises and approves for the units in charge of"), ADMIN),
        Role("head", _("head of the township"), _("rates the leaders and decides"), ADMIN),
        Role("leading_group", _("efficiency leading group"), _("passes the results of the appraisal")),
        Role(
            "system_admin",
            _("system administrator"),
            _("keeps accounts and settings"),
            (*ADMIN, "auth.add_user", "auth.change_user", "auth.delete_user", "auth.view_user"),
        ),
        Role(
            "security_admin",
            _("security administrator"),
            _("gives roles and permissions"),
            (
                *ADMIN,
                "auth.change_user",
                "auth.view_user",
                "auth.add_group",
                "auth.change_group",
                "auth.delete_group",
                "auth.view_group",
                "roles.assign_role",
                "roles.change_rolesettings",
            ),
        ),
        Role("audit_admin", _("audit administrator"), _("reads the audit trail"), ADMIN),
    ]
