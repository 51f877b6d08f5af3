"""Lists of writings: one's own, those that wait for a leader, those that wait for the editors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from wagtail.models import WorkflowState

from organisation.models import Person
from training.enums import WritingState
from training.models import StudyPage, Writing
from training.permissions import user_can_run, user_can_view

from .people import deciders


@dataclass(frozen=True)
class Waiting:
    """A writing that this account decides about; ``on_behalf_of`` the leader who is away."""

    writing: Writing
    on_behalf_of: Person | None = None


def own(person: Person) -> QuerySet[Writing]:
    """What somebody wrote or is writing, the newest first."""
    return Writing.objects.filter(person=person).order_by("-year", "-pk").prefetch_related("comments", "pages")


def waiting_for(user: Any) -> list[Waiting]:
    """What this account may accept or return today, the earliest first."""
    if not user_can_decide(user):
        return []
    handed_in = Writing.objects.filter(state=WritingState.HANDED_IN).select_related("person__user", "unit")
    rows = list(handed_in.order_by("handed_in_at", "pk"))
    if not rows:
        return []
    asked, found = deciders(), []
    for one in rows:
        if one.person.user_id == user.pk:
            continue
        decider = asked.of(one.person, one.unit) if one.unit else None
        if decider is None and user_can_run(user):
            found.append(Waiting(one))
        elif decider is not None and decider.person.user_id == user.pk:
            found.append(Waiting(one, decider.on_behalf_of))
    return found


def decided_by(user: Any) -> QuerySet[Writing]:
    """What this account has accepted or returned, the newest first; not what has been handed in again since."""
    decided = (WritingState.RETURNED, WritingState.ACCEPTED)
    found = Writing.objects.filter(decided_by=user, state__in=decided).select_related("person", "unit")
    return found.order_by("-decided_at", "-pk")


def user_can_decide(user: Any) -> bool:
    """Whether writings may come to this account at all: leaders, who stands in for one, the office."""
    return user_can_view(user) or user_can_run(user)


def drafts_to_hand_in() -> QuerySet[StudyPage]:
    """Pages made of accepted writings that no editor has handed in for the check yet, or that were withdrawn from it;
    not what an editor took down."""
    in_the_check = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    return (
        StudyPage.objects.filter(live=False, writing__isnull=False, first_published_at=None)
        .exclude(_specific_workflow_states__status__in=in_the_check)
        .select_related("author")
        .order_by("pk")
    )


def wishes_without_page() -> QuerySet[Writing]:
    """Accepted, to be published, and no section was there to draft the page in."""
    return Writing.objects.filter(state=WritingState.ACCEPTED, publish=True, pages=None)
