"""May this notice page go live? Asked when it is submitted, at each stage, and on the day it goes live."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from hearings.enums import HearingState
from hearings.models import Hearing, HearingNoticePage

from .notice_period import current_notice, is_announced, is_too_late, too_late, why_earliest


def problems_of(page: HearingNoticePage) -> Iterator[tuple[str | None, str]]:
    """(field, what to do) for everything in which the page and its record disagree."""
    hearing = Hearing.objects.get(pk=page.hearing_id)
    if hearing.state == HearingState.COLLECTING:
        yield (
            "hearing",
            _("“%(hearing)s” still collects topics: plan it, then publish its notice.") % {"hearing": hearing},
        )
    others = HearingNoticePage.objects.filter(hearing=hearing).live().exclude(pk=page.pk)
    if other := others.first():
        yield "hearing", _("“%(page)s” is the notice page of this hearing: change that one.") % {"page": other.title}
    stored = HearingNoticePage.objects.filter(pk=page.pk, live=True).first() if page.pk else None
    if stored and stored.hearing_id != hearing.pk:
        yield (
            "hearing",
            _("This page announces “%(hearing)s”: make a page of its own for another hearing.")
            % {"hearing": stored.hearing},
        )
    yield from ((None, text) for text in _late(hearing))


def _late(hearing: Hearing) -> Iterator[str]:
    if is_too_late(hearing):
        notice = current_notice(hearing)
        if is_announced(notice):
            yield too_late(hearing)
        else:
            yield _("The day is too near to be announced in time: change it first.") + why_earliest(
                timezone.localdate()
            )
