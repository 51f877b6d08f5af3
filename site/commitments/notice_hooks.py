"""What served notices give to the suite: their log, clocks, desk, figures, files and screens."""

from collections.abc import Iterator
from typing import Any

from django.dispatch import receiver
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks

from printing import Printable
from suite import audit
from suite.clock import rules
from suite.clock.models import DueDate
from suite.clock.signals import due_moved
from suite.desk import DeskItem, DeskLink
from suite.evidence import EvidenceDoor
from suite.permissions import PermissionRow

from .domain.facts import appraisal_facts
from .domain.notice_access import may_see_key, visible_to
from .domain.notice_printables import notice_papers
from .models import ANSWER_RULE, NOTICE_CLOCK, OBJECTION_RULE, RECTIFY_RULE, ServedNotice
from .notice_urls import urlpatterns
from .notice_views import user_can_meet_notices
from .notice_waiting import notice_items
from .permissions import user_can_approve_notice, user_can_decide_objection, user_can_file, user_can_run

rules.declare(ANSWER_RULE, _("Time to answer a notice"))
rules.declare(OBJECTION_RULE, _("Time to object to a notice"))
rules.declare(RECTIFY_RULE, _("Time to rectify"))

# No texts and no names: the log is read by more people than may see a notice.
_CHANGE = _("%(before)s → %(after)s")
audit.declare("commitments.propose_notice", _("Propose a notice"), _("Proposed"))
audit.declare("commitments.approve_notice", _("Approve a notice"), _("%(before)s → %(after)s: %(number)s"))
audit.declare("commitments.refuse_notice", _("Refuse a notice"), _CHANGE)
audit.declare("commitments.withdraw_notice", _("Withdraw a notice"), _CHANGE)
audit.declare("commitments.serve_notice", _("Serve a notice"), _("%(before)s → %(after)s: %(how)s"))
audit.declare("commitments.record_talk", _("Record the talk"), _("The talk is on record"))
audit.declare("commitments.answer_notice", _("Answer a notice"), _CHANGE)
audit.declare("commitments.ask_again", _("Ask for a better answer"), _CHANGE)
audit.declare("commitments.close_notice", _("Close a notice"), _CHANGE)
audit.declare("commitments.escalate_notice", _("Pass a notice on"), _CHANGE)
audit.declare("commitments.object", _("Object to a notice"), _CHANGE)
audit.declare("commitments.uphold_objection", _("Uphold an objection"), _CHANGE)
audit.declare("commitments.dismiss_objection", _("Dismiss an objection"), _CHANGE)

audit.restrict(ServedNotice, visible_to)

hooks.register("appraisal_facts", appraisal_facts)


@hooks.register("register_urls")
def notice_addresses() -> list[URLResolver]:
    return [path("desk/commitments/notices/", include("commitments.notice_urls"))]


@hooks.register("permission_rows")
def notice_rows() -> list[PermissionRow]:
    """Who may open an address at all; which notices they find there, `visible_to` says."""
    return [
        PermissionRow(
            str(one.name), user_can_run if one.name == "commitments_notice_propose" else user_can_meet_notices
        )
        for one in urlpatterns
    ]


@hooks.register("desk_links")
def notices_link(user: Any) -> Iterator[DeskLink]:
    """For those who work with notices, and cadres who had one."""
    works = user_can_run(user) or user_can_approve_notice(user) or user_can_decide_objection(user)
    if works or (user_can_file(user) and visible_to(user).exists()):
        yield DeskLink(pgettext_lazy("commitments", "Served notices"), reverse("commitments_notices"), order=60)


@hooks.register("desk_items")
def notices_waiting(user: Any) -> Iterator[DeskItem]:
    yield from notice_items(user)


@hooks.register("register_printables")
def papers_of_notices() -> list[Printable]:
    return notice_papers()


@hooks.register("evidence_readers")
def files_of_answers() -> list[EvidenceDoor]:
    return [EvidenceDoor(NOTICE_CLOCK, may_see_key)]


@receiver(due_moved)
def keep_the_days_of_the_clocks(due_date: DueDate, after: Any, **kwargs: Any) -> None:
    """A notice says the days its clocks have, also after the work calendar changed."""
    if due_date.subject_kind != NOTICE_CLOCK or after is None:
        return
    field = {ANSWER_RULE: "answer_until", RECTIFY_RULE: "rectify_until"}.get(due_date.rule)
    if field:
        ServedNotice.objects.filter(pk=due_date.subject_key).update(**{field: after})
