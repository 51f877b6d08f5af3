"""What keeps minutes from going live (requirement H): asked by the hook ``publish_checks`` and by the work page."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from hearings.enums import AFTER_THE_SESSION, CorrectionState, HearingState
from hearings.models import Hearing, MinutesPage
from suite.clock.domain import clocks_of
from suite.clock.models import DueDate
from suite.privacy import name_refused
from suite.privacy.texts import texts_of
from suite.publishing import PublishProblem
from suite.theme.dates import in_full

from .public_text import hidden_names

# The clock of the time for corrections: subject (CORRECTION_CLOCK, key of the hearing).
CORRECTION_CLOCK = "hearings.corrections"


def correction_time(hearing: Hearing) -> DueDate | None:
    """The clock of the time for corrections; None while the minutes were not sent out."""
    return clocks_of(CORRECTION_CLOCK, hearing.pk).first()


def takes_corrections(hearing: Hearing) -> bool:
    """Whether corrections of the minutes are taken now: sent out, not published, the last day not over."""
    clock = correction_time(hearing)
    if hearing.state != HearingState.HELD or clock is None or clock.due is None:
        return False
    return timezone.localdate() <= clock.due


def missing_for_minutes(hearing: Hearing) -> list[str]:
    """What has to happen before the minutes may be public, each as a sentence."""
    if hearing.state not in AFTER_THE_SESSION:
        return [_("The session is not closed yet: minutes tell of a session that took place.")]
    if hearing.state != HearingState.HELD:
        return []
    missing = []
    clock = correction_time(hearing)
    if clock is None:
        missing.append(_("Send the minutes to officers and representatives for correction first."))
    elif takes_corrections(hearing):
        missing.append(
            _("Officers and representatives may ask for corrections until %(day)s: publish after that day.")
            % {"day": in_full(clock.due)}
        )
    if waiting := hearing.corrections.filter(state=CorrectionState.OPEN).count():
        missing.append(
            _("%(count)s corrections wait: take each over, or say why not, before the minutes are public.")
            % {"count": waiting}
        )
    return missing


def minutes_problems(page: MinutesPage) -> Iterator[PublishProblem]:
    """Why these minutes may not go live: the record's state, another page, a name in full."""
    hearing = Hearing.objects.get(pk=page.hearing_id)
    for message in missing_for_minutes(hearing):
        yield PublishProblem("hearing", message, by_checker=True)
    if MinutesPage.objects.live().filter(hearing=hearing).exclude(pk=page.pk).exists():
        yield PublishProblem("hearing", _("This hearing has its minutes: change that page instead."))
    yield from names_in_full(page, hearing)


def names_in_full(page: MinutesPage, hearing: Hearing) -> Iterator[PublishProblem]:
    """One problem for each field of the page in which a representative is named in full."""
    names, found = hidden_names(hearing), dict[str, list[str]]()
    for part in texts_of(page):
        for name, shown in names.items():
            if name in part.text and shown not in found.setdefault(part.field, []):
                found[part.field].append(shown)
    for field, shown_names in found.items():
        if shown_names:
            yield PublishProblem(field, name_refused(shown_names))
