"""What several papers of a hearing say: its topics, its people, where it stands."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from hearings.enums import AFTER_THE_SESSION, HearingState, OfficerRole, SeatState
from hearings.models import Hearing, HearingNoticePage, HearingPage, Officer, Representative
from suite.privacy import mask
from suite.theme.dates import in_full
from suite.theme.office import current_office, public_address

# The invited ones who speak for no village come last.
BY_VILLAGE = (F("village__order").asc(nulls_last=True), F("village_id").asc(nulls_last=True), "pk")


def points(hearing: Hearing) -> list[str]:
    """What is on the agenda, in order: its problems, or before there are any the topics taken to it."""
    titles = [problem.title for problem in hearing.problems.all()]
    # In the pool nobody has looked at a title yet; what hangs on a board holds no number of anybody.
    return [
        mask(title) for title in titles or hearing.topics.order_by("reported_at", "pk").values_list("title", flat=True)
    ]


def phone_of(hearing: Hearing) -> str:
    """Whom to call: the unit that holds it, or the hall."""
    return hearing.host.phone or current_office().hall_phone


def seats_in_words(hearing: Hearing) -> str:
    """上塘村3名、下塘村2名，邀请5名; '' where no seats are fixed yet."""
    villages = "、".join(f"{quota.village.name}{quota.seats}名" for quota in hearing.quotas.select_related("village"))
    invited = f"另邀请{hearing.invited_seats}名" if hearing.invited_seats else ""
    return "，".join(filter(None, [villages, invited]))


def officers(hearing: Hearing, *roles: str) -> list[str]:
    """The names of those who sit there in one of the roles, in the order of the record."""
    return [one.person.name for one in sitting(hearing) if not roles or one.role in roles]


def sitting(hearing: Hearing) -> list[Officer]:
    """Chair, hearing officers, clerk."""
    order = list(OfficerRole)
    return sorted(hearing.officers.select_related("person"), key=lambda one: order.index(OfficerRole(one.role)))


def seated(hearing: Hearing) -> QuerySet[Representative]:
    """The representatives, village by village, the invited ones who speak for none last."""
    found = hearing.representatives.filter(state=SeatState.SEATED).select_related("village")
    return found.order_by(*BY_VILLAGE)


def speaks_for(representative: Representative) -> str:
    """The village, or the unit or trade of an invited one."""
    return representative.village.name if representative.village else representative.represents


def why_it_ended(hearing: Hearing) -> str:
    """Why an announcement of this hearing no longer counts; '' while it does."""
    if hearing.state == HearingState.POSTPONED:
        return f"本次听证会延期举行。原因：{_sentence(hearing.reason)}新的时间另行公告。"
    if hearing.state == HearingState.CANCELLED:
        return f"本次听证会取消。原因：{_sentence(hearing.reason)}"
    if hearing.state in AFTER_THE_SESSION and hearing.starts_at:
        return f"本次听证会已于{in_full(hearing.starts_at)}举行。"
    return ""


def standing(page: HearingPage) -> dict[str, Any]:
    """What every paper of a hearing's page says of whether it still counts."""
    updated = page.last_published_at
    return {
        "changed": timezone.localdate(updated) if updated else None,
        "ended": why_it_ended(page.hearing) if isinstance(page, HearingNoticePage) else "",
        "draft": not page.live,
        "address": public_address(page),
    }


def _sentence(reason: str) -> str:
    return f"{reason.strip().rstrip('。')}。" if reason.strip() else "见公告。"
