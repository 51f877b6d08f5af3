"""What waits on whose desk for a served notice: with when it is due and why it came there (requirement I)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Person
from suite.clock.domain import clock_settings
from suite.desk import DeskItem

from .domain.notice_access import NoticeChain, is_account_of
from .domain.notice_record import is_overdue, without_notice
from .enums import PENDING, Grade, NoticeState
from .models import ServedNotice
from .permissions import user_can_approve_notice, user_can_decide_objection, user_can_run


def notice_items(user: Any) -> Iterator[DeskItem]:
    """Every line about notices on this account's desk."""
    rows = ServedNotice.objects.filter(state__in=PENDING).order_by("pk")
    rows = rows.select_related("commitment__person", "commitment__month", "talk_by")
    person = getattr(user, "person", None)
    leads = user_can_approve_notice(user) or user_can_decide_objection(user)
    office = user_can_run(user)
    if person is None and not office:
        return
    waiting = list(rows if office or leads else rows.filter(_mine(person)))
    chain = NoticeChain() if waiting and (office or leads) else None
    for notice in waiting:
        if person is not None and notice.commitment.person_id == person.pk:
            yield from _for_person(notice)
            continue
        if person is not None:
            yield from _for_leader(notice, person, chain)
        if office:
            yield from _for_office(notice, chain)
    if office:
        yield from _to_propose(user)


def _mine(person: Person | None) -> Q:
    return Q(commitment__person=person) | Q(talk_by=person)


def _for_person(notice: ServedNotice) -> Iterator[DeskItem]:
    why = _("It is addressed to you.")
    if notice.state == NoticeState.APPROVED:
        yield _item("acknowledge", notice, _("Read a notice to you and acknowledge it"), why, None)
    elif notice.state == NoticeState.SERVED:
        title = _("Rectify and answer a notice to you") if notice.rectify_until else _("Answer a notice to you")
        yield _item("answer", notice, title, why, closing(notice.answer_until))


def _for_leader(notice: ServedNotice, person: Person, chain: NoticeChain | None) -> Iterator[DeskItem]:
    named = {"person": notice.commitment.person}
    leads = chain is not None and chain.approver_of(notice) == person
    if leads and notice.state == NoticeState.PROPOSED:
        title = _("Approve or refuse a notice to %(person)s") % named
        yield _item("approve", notice, title, _("You are in charge there."), None)
    if leads and is_overdue(notice):
        title = _("A notice to %(person)s is not answered") % named
        yield _item("overdue", notice, title, _("You are in charge there."), closing(notice.answer_until))
    if notice.state == NoticeState.OBJECTED and chain is not None and chain.decider_of(notice) == person:
        title = _("Decide on the objection to a notice to %(person)s") % named
        yield _item("decide", notice, title, _("You had no part in the notice."), None)
    if notice.grade == Grade.TALK and notice.talk_by == person and _talk_waits(notice):
        title = _("Hold the talk with %(person)s and record it") % named
        yield _item("talk", notice, title, _("The notice names you for the talk."), notice.talk_at)


def _for_office(notice: ServedNotice, chain: NoticeChain | None) -> Iterator[DeskItem]:
    named = {"person": notice.commitment.person}
    why = _("You run the monthly commitments.")
    if notice.state == NoticeState.PROPOSED:
        if chain is not None and chain.approver_of(notice) is None:
            title = _("Nobody can approve the notice to %(person)s: enter who is in charge") % named
            yield _item("nobody", notice, title, why, None)
    elif notice.state == NoticeState.APPROVED:
        yield _item("serve", notice, _("Serve the notice to %(person)s") % named, why, None)
    elif notice.state == NoticeState.OBJECTED and chain is not None and chain.decider_of(notice) is None:
        title = _("Nobody can decide on the objection of %(person)s: enter another leader in charge") % named
        yield _item("nobody", notice, title, why, None)
    elif notice.state == NoticeState.ANSWERED:
        title = _("Check the answer of %(person)s and close the notice, or ask again") % named
        yield _item("check", notice, title, why, closing(notice.rectify_until))
    elif is_overdue(notice):
        title = _("The notice to %(person)s is not answered: key the answer in, or pass it on") % named
        yield _item("overdue", notice, title, why, closing(notice.answer_until))
    if notice.grade == Grade.TALK and _talk_waits(notice) and notice.talk_at and notice.talk_at < timezone.now():
        title = _("Have the talk with %(person)s recorded") % named
        yield _item("record", notice, title, why, notice.talk_at)


def _to_propose(user: Any) -> Iterator[DeskItem]:
    people = [one.person for one in without_notice()]
    if count := sum(not is_account_of(user, person) for person in people):
        yield DeskItem(
            key="commitments.propose",
            title=_("Propose notices about %(count)s commitments that were not kept") % {"count": count},
            url=reverse("commitments_notices"),
            reason=_("You run the monthly commitments."),
            due=None,
            plugin="commitments",
        )


def _talk_waits(notice: ServedNotice) -> bool:
    return notice.state in (NoticeState.SERVED, NoticeState.ANSWERED) and not notice.talk_record


def _item(step: str, notice: ServedNotice, title: str, reason: str, due: datetime.datetime | None) -> DeskItem:
    url = reverse("commitments_notice", args=[notice.pk])
    return DeskItem(f"commitments.notice-{step}:{notice.pk}", title, url, reason, due, "commitments")


def closing(day: datetime.date | None) -> datetime.datetime | None:
    """When the office closes on the day; None for none."""
    return timezone.make_aware(datetime.datetime.combine(day, clock_settings().closes)) if day else None
