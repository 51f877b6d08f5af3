"""What skills give to the suite: addresses, desk lines, the log's actions, readers of evidence."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks

from suite import audit
from suite.desk import DeskItem, DeskLink
from suite.evidence import EvidenceDoor
from suite.permissions import PermissionRow
from training.domain.skills.confirming import EVIDENCE_KIND, left_to, may_read_evidence, visible_to
from training.models import PersonSkill
from training.permissions import user_can_learn, user_can_view
from training.urls import skills as urls
from training.views.skills import user_can_claim, user_can_confirm

_CHANGE = gettext_lazy("%(before)s → %(after)s")

audit.declare("training.claim_skill", gettext_lazy("Claim a skill"), gettext_lazy("Claimed: %(level)s"))
audit.declare(
    "training.confirm_skill", gettext_lazy("Confirm a skill"), gettext_lazy("%(before)s → %(after)s: %(level)s")
)
audit.declare("training.refuse_skill", gettext_lazy("Do not confirm a skill"), _CHANGE)
audit.declare("training.end_skill", gettext_lazy("End a skill"), _CHANGE)
# Why somebody's skill was not confirmed is for them and those who lead them.
audit.restrict(PersonSkill, visible_to)

# Who opens what, where it is not everybody who learns or runs training.
_OTHERS = {
    "training_skills_own": user_can_learn,
    "training_skills_waiting": user_can_confirm,
    "training_skills_share": user_can_view,
    "training_skills_file": user_can_view,
    "training_skills_one": lambda user: user_can_claim(user) or user_can_view(user),
    "training_skills_step": lambda user: user_can_claim(user) or user_can_view(user),
}


@hooks.register("register_urls")
def addresses() -> list[URLResolver]:
    return [path("desk/training/skills/", include("training.urls.skills"))]


@hooks.register("permission_rows")
def rows() -> list[PermissionRow]:
    names = [str(one.name) for one in urls.urlpatterns]
    return [PermissionRow(name, _OTHERS.get(name, user_can_claim)) for name in names]


@hooks.register("evidence_readers")
def evidence_readers() -> list[EvidenceDoor]:
    return [EvidenceDoor(EVIDENCE_KIND, may_read_evidence)]


@hooks.register("desk_items")
def claims_to_confirm(user: Any) -> Iterator[DeskItem]:
    """One line for all claims that wait for this leader, or for whoever runs training where no leader can."""
    if user_can_confirm(user) and (claims := left_to(user)):
        names = "、".join(dict.fromkeys(claim.person.name for claim in claims[:3]))
        title = ngettext("Confirm %(count)d claimed skill", "Confirm %(count)d claimed skills", len(claims))
        yield DeskItem(
            key="training.skills",
            title=title % {"count": len(claims)},
            url=reverse("training_skills_waiting"),
            reason=_("Claimed by %(names)s and others.") % {"names": names}
            if len(claims) > len(names.split("、"))
            else _("Claimed by %(names)s.") % {"names": names},
            due=None,
            plugin="training",
        )


@hooks.register("training_ways")
def ways_to_skills(user: Any) -> Iterator[DeskLink]:
    if user_can_learn(user):
        yield DeskLink(_("My skills"), reverse("training_skills_own"), 49)
    if user_can_claim(user):
        yield DeskLink(_("Who can do what"), reverse("training_skills_who"), 50)
