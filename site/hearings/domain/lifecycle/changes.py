"""Changing a hearing before its session. What was announced and is changed needs another notice."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearings.domain.notice_period import current_notice, facts_of, is_announced, is_too_late, too_late
from hearings.domain.planning import sign_up_problems, time_problems
from hearings.domain.seats import invited_taken, shares
from hearings.domain.texts import reason_given, require_no_numbers
from hearings.enums import BEFORE_THE_SESSION, HearingState, OfficerRole
from hearings.models import Hearing, Officer, SeatQuota, Topic
from hearings.permissions import user_can_run
from organisation.domain.queries import standing
from organisation.enums import SETTLED
from organisation.models import Person, Unit
from suite import audit
from suite.audit.words import differences, values
from suite.state.changing import require_may, require_state

from .changing import lock_hearing
from .notices import end_notice, make_notice
from .representatives import move_up
from .topics import give_back_now, take_now

FIELDS = ("title", "about", "host", "starts_at", "place", "sign_up_until", "invited_seats")
ANNOUNCED = {"starts_at", "place", "topics"}
CHANGEABLE = (HearingState.COLLECTING, HearingState.POSTPONED, *BEFORE_THE_SESSION)


@transaction.atomic
def change(hearing: Hearing, changes: Mapping[str, Any], reason: str, user: Any) -> Hearing:
    """Change a hearing before its session.

    ``changes``: new values of FIELDS, and ``topics`` (all topics it has then), ``quotas`` ({village: seats}, all of
    them), ``officers`` ([(person, role)], all of them). Time, place or topics that somebody may have read already
    need ``reason``, which is made public: the notice is replaced, the hearing is planned again, the seven days begin
    anew. Everything else is free. Raises ValidationError naming the field; KeyError for anything else in ``changes``.
    """
    require_may(user, user_can_run)
    if unknown := set(changes) - {*FIELDS, "topics", "quotas", "officers"}:
        raise KeyError(*sorted(unknown))
    hearing = lock_hearing(hearing)
    require_state(hearing, CHANGEABLE, _("A hearing is changed before its session."))
    if hearing.begun_at:
        raise ValidationError(_("The session has begun: nothing about it can be changed any more."))
    before, state = _described(hearing), str(hearing.get_state_display())
    notice = current_notice(hearing)
    stale = is_announced(notice) and _announced_changes(hearing, changes)
    if stale:
        reason = reason_given(reason)
        if is_too_late(hearing):
            raise ValidationError(too_late(hearing))
    _set_fields(hearing, changes, bool(stale))
    if stale:
        end_notice(hearing, reason)
        if hearing.state != HearingState.PLANNED:
            hearing.to_replanned()
    hearing.save()
    _set_rows(hearing, changes, reason, user)
    if stale:
        make_notice(hearing)
    elif notice and not is_announced(notice):
        notice.facts = facts_of(hearing)
        notice.save()
    audit.record(
        hearing, "hearings.change", user, before=state, after=str(hearing.get_state_display()),
        changes=differences(before, _described(hearing)), **({"reason": reason} if stale else {}),
    )  # fmt: skip
    for share in shares(hearing):
        move_up(hearing, share.village, user)
    return hearing


def _announced_changes(hearing: Hearing, changes: Mapping[str, Any]) -> set[str]:
    """Which of time, place and topics get another value."""
    now: dict[str, Any] = {"starts_at": hearing.starts_at, "place": hearing.place, "topics": _topics_of(hearing)}
    new = {name: changes[name] for name in ANNOUNCED & set(changes)}
    if "topics" in new:
        new["topics"] = {topic.pk for topic in new["topics"]}
    return {name for name, value in new.items() if value != now[name]}


def _topics_of(hearing: Hearing) -> set[int]:
    return set(hearing.topics.values_list("pk", flat=True))


def _set_fields(hearing: Hearing, changes: Mapping[str, Any], stale: bool) -> None:
    was = {name: getattr(hearing, name) for name in FIELDS}
    for name in FIELDS:
        if name in changes:
            setattr(hearing, name, changes[name])
    changed = {name for name in FIELDS if getattr(hearing, name) != was[name]}
    hearing.full_clean()
    # The page is live perhaps: what it takes from the record is not looked at again there.
    require_no_numbers(hearing, "title", "about", "place")
    planned = hearing.state in BEFORE_THE_SESSION
    problems: dict[str, Any] = {}
    if stale or (planned and "starts_at" in changed):
        problems |= time_problems(hearing)
    elif "starts_at" in changed and hearing.starts_at and hearing.starts_at <= timezone.now():
        problems["starts_at"] = _("That lies in the past: choose a day that is still to come.")
    if changed & {"starts_at", "sign_up_until"} and (planned or hearing.sign_up_until):
        problems |= sign_up_problems(hearing, changed="sign_up_until" in changed)
    if planned and not hearing.place.strip():
        problems["place"] = _("Say where the hearing takes place: the notice has to name the place.")
    if hearing.invited_seats < (taken := invited_taken(hearing)):
        problems["invited_seats"] = _("%(count)s people are invited already: give at least as many seats.") % {
            "count": taken
        }
    if problems:
        raise ValidationError(problems)


def _set_rows(hearing: Hearing, changes: Mapping[str, Any], reason: str, user: Any) -> None:
    if "topics" in changes:
        _set_topics(hearing, changes["topics"], reason, user)
    if "quotas" in changes:
        _set_quotas(hearing, changes["quotas"])
    if "officers" in changes:
        _set_officers(hearing, changes["officers"])


def _set_topics(hearing: Hearing, topics: Iterable[Topic], reason: str, user: Any) -> None:
    wanted = {topic.pk for topic in topics}
    if hearing.state in BEFORE_THE_SESSION and not wanted:
        raise ValidationError(
            {"topics": _("Take at least one topic from the pool: the notice has to name the topics.")}
        )
    had = _topics_of(hearing)
    for topic in Topic.objects.select_for_update().filter(pk__in=had - wanted):
        give_back_now(topic, reason or _("Taken off the agenda"), user)
    for topic in Topic.objects.select_for_update().filter(pk__in=wanted - had):
        take_now(topic, hearing, user)


def _set_quotas(hearing: Hearing, quotas: Mapping[Unit, int]) -> None:
    wanted: dict[int, int] = {}
    for village, seats in quotas.items():
        now = standing(village)
        if now.kind not in SETTLED or not now.exists_on(timezone.localdate()):
            raise ValidationError(
                {"quotas": _("%(unit)s is not a village or community of today: choose one.") % {"unit": now}}
            )
        wanted[now.pk] = wanted.get(now.pk, 0) + seats
    for share in shares(hearing):
        seats = wanted.get(share.village.pk, 0)
        if seats < len(share.seated) or (not seats and (share.applied or share.waiting)):
            raise ValidationError(
                {
                    "quotas": _("%(village)s has %(seated)s representatives and more who signed up: keep their seats.")
                    % {"village": share.village, "seated": len(share.seated)}
                }
            )
    hearing.quotas.all().delete()
    for village_id, seats in wanted.items():
        quota = SeatQuota(hearing=hearing, village_id=village_id, seats=seats)
        quota.full_clean()
        quota.save()
    if hearing.state in BEFORE_THE_SESSION and hearing.seats == 0:
        raise ValidationError(
            {"quotas": _("Give seats to the villages, or invited seats: without representatives nobody asks.")}
        )


def _set_officers(hearing: Hearing, officers: Iterable[tuple[Person, str]]) -> None:
    wanted = [(person, OfficerRole(role)) for person, role in officers]
    if hearing.state in BEFORE_THE_SESSION and sum(role == OfficerRole.CHAIR for _person, role in wanted) != 1:
        raise ValidationError({"officers": _("Name one chair among the hearing officers.")})
    if len({person.pk for person, _role in wanted}) < len(wanted):
        raise ValidationError({"officers": _("Somebody is on the list twice: each officer has one role.")})
    hearing.officers.exclude(person__in=[person for person, _role in wanted]).delete()
    for person, role in wanted:
        Officer.objects.update_or_create(hearing=hearing, person=person, defaults={"role": role})


def _described(hearing: Hearing) -> dict[str, str]:
    """Everything that `change` changes, in words."""
    hearing = Hearing.objects.get(pk=hearing.pk)
    return {
        **values(hearing, FIELDS),
        str(Topic._meta.verbose_name_plural): "、".join(map(str, hearing.topics.order_by("pk"))) or "—",
        str(SeatQuota._meta.verbose_name_plural): "、".join(map(str, hearing.quotas.all())) or "—",
        str(Officer._meta.verbose_name_plural): "、".join(map(str, hearing.officers.all())) or "—",
    }
