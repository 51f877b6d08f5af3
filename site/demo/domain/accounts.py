"""The sample accounts: who to log in as, and what to try."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from demo.models import SampleRow, SampleTownship

# What the holder of a role may try, in the order in which a visitor best tries them.
TO_TRY = {
    "editor": gettext_noop("Write a notice under Pages and hand it in for checking"),
    "checker": gettext_noop("Check what the editor handed in: pass it on, or return it with remarks"),
    "approver": gettext_noop("Approve the notice; it then stands on the public site"),
    "head": gettext_noop("Approve a monthly commitment; see which units have learnt what is asked"),
    "leader": gettext_noop("Approve the commitments of the units in charge; see who there has not read what is asked"),
    "leading_group": gettext_noop("Log in as a member of the efficiency leading group"),
    "efficiency_office": gettext_noop(
        "Lead the hearings: one is announced, one followed up, one closed; print their papers"
    ),
    "hall_director": gettext_noop("File a monthly commitment; read what is asked and confirm it"),
    "window_clerk": gettext_noop("Mend a study note that the leader sent back; take a quiz, on a phone"),
    "case_handler": gettext_noop("Take a quiz; sign up for a training session"),
    "cadre": gettext_noop(
        "File the commitment of this month; answer a notice of responsibility; read what is asked, on a phone"
    ),
    "liaison": gettext_noop("Report a problem for the next hearing and sign up villagers, on a phone"),
    "publicist": gettext_noop("Report a problem; record where a hearing's notice hangs or was broadcast, on a phone"),
    "agent": gettext_noop("Record that a hearing's notice was posted in the village, on a phone"),
    "supervisor": gettext_noop("Verify whether a unit kept its commitments"),
    "system_admin": gettext_noop("Appoint somebody; try to give yourself a second administrator's role"),
    "security_admin": gettext_noop("Give and take roles; try to make the system administrator an audit administrator"),
    "audit_admin": gettext_noop("Read who did what, when, before and after"),
}


@dataclass(frozen=True)
class SampleAccount:
    """One line of the list. ``password`` is empty where somebody has changed it since."""

    username: str
    password: str
    name: str
    role: str
    try_this: str

    def as_dict(self) -> dict[str, Any]:
        row = asdict(self)
        row["what_to_try"] = row.pop("try_this")
        return row


def sample_accounts() -> list[SampleAccount]:
    """The sample accounts, one for each role first. Raises ValidationError where there is no sample township."""
    sample = SampleTownship.objects.first()
    if sample is None:
        raise ValidationError(_("There is no sample township here. Build it: manage.py demo."), code="missing")
    users = get_user_model()
    kept = SampleRow.objects.filter(content_type=ContentType.objects.get_for_model(users))
    order = list(TO_TRY)
    found = []

    def place(key: str) -> int:
        return order.index(key) if key in order else len(order)

    for user in users.objects.filter(pk__in=[int(row.object_id) for row in kept], is_active=True).order_by("pk"):
        groups = list(user.groups.filter(role__isnull=False).select_related("role").order_by("pk"))
        groups.sort(key=lambda group: (group.role.key != user.username, place(group.role.key)))
        tips = [_(TO_TRY[group.role.key]) for group in groups if group.role.key in TO_TRY]
        first = place(groups[0].role.key) if groups else len(order)
        found.append(
            (
                user.username not in order,
                first,
                SampleAccount(
                    user.username,
                    sample.password if user.password == sample.encoded else "",
                    user.first_name,
                    "、".join(group.name for group in groups),
                    tips[0] if tips else "",
                ),
            )
        )
    return [account for *_order, account in sorted(found, key=lambda item: item[:2])]
