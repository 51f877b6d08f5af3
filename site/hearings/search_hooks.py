"""What hearings give to search and to the home page."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from search.kinds import SearchKind
from suite.theme import HomeTile
from suite.theme.when import moment_in_short

from .domain.public.pages import notices
from .enums import HearingState
from .models import CircularPage, HearingNoticePage, MinutesPage

# What people can still come to.
COMING = (HearingState.NOTIFIED, HearingState.FIXED)


@hooks.register("search_kinds")
def search_kinds() -> list[SearchKind]:
    return [
        SearchKind("hearing", gettext_lazy("hearing notice"), HearingNoticePage, card="hearings/card.html"),
        SearchKind("hearing-minutes", gettext_lazy("hearing minutes"), MinutesPage),
        SearchKind("hearing-circular", gettext_lazy("hearing circular"), CircularPage),
    ]


@hooks.register("home_tiles")
def next_hearing(request: Any) -> Iterator[HomeTile]:
    """The next hearing that was announced: when, where, and how to sign up while one still can."""
    now = timezone.now()
    page = (
        notices()
        .filter(hearing__state__in=COMING, hearing__starts_at__gte=now)
        .select_related("hearing")
        .order_by("hearing__starts_at", "pk")
        .first()
    )
    if page is None:
        return
    hearing = page.hearing
    if hearing.state == HearingState.NOTIFIED and hearing.sign_up_until and hearing.sign_up_until > now:
        text = _("Sign up until %(until)s, on the page or with your village's liaison") % {
            "until": moment_in_short(hearing.sign_up_until)
        }
    else:
        text = hearing.place
    title = _("Hearing on %(day)s") % {"day": moment_in_short(hearing.starts_at)}
    yield HomeTile(title, page.get_url(request) or "", text, kind="today", order=20)
