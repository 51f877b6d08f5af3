"""The kinds of paper that hearings come in, and who may have them (requirement H, printed).

Papers of a page are for whoever may read it. What names people in full is the efficiency office's alone.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearings.enums import AFTER_THE_SESSION, HearingState
from hearings.models import CircularPage, Hearing, HearingNoticePage, MinutesPage
from hearings.permissions import RECORD_SESSION, user_can_run, user_can_see_figures
from printing import Printable, Sheet
from printing.domain.posters import SIZES
from suite.publishing.permissions import anyone_may_read

from .figure_papers import figures_sheet, find_period
from .figures import half_year_of
from .letters import askers
from .papers.broadcast import broadcast_sheet
from .papers.fulfilment import Letter, circular_sheet, find_letter, letter_sheet, letters, letters_sheet
from .papers.notice import notice_poster, notice_sheet
from .papers.people import delegate_list, delegate_poster, seat_cards
from .papers.session import agenda_sheet, conclusion_sheet, minutes_sheet

# The representatives no longer change.
_FIXED = (HearingState.FIXED, *AFTER_THE_SESSION)
# What is set while somebody waits: about 120 pages, 3 s.
LETTERS_AT_ONCE = 60
# What was said and concluded is public.
_PUBLISHED = (HearingState.PUBLISHED, HearingState.FOLLOWING, HearingState.CLOSED)


def user_can_see_people(user: Any, found: Any) -> bool:
    """Full names and phones: who runs hearings, and the clerk who needs them at the table."""
    return user is not None and (user_can_run(user) or bool(user.has_perm(RECORD_SESSION)))


def user_can_send_letters(user: Any, letter: Letter) -> bool:
    """Letters name who raised a problem: for who runs hearings."""
    return user is not None and user_can_run(user)


def user_can_print_conclusions(user: Any, page: HearingNoticePage) -> bool:
    """The public with the minutes; who keeps the session before, to have them signed."""
    public = page.hearing.state in _PUBLISHED and anyone_may_read(user, page)
    return public or user_can_see_people(user, page)


def user_can_print_delegates(user: Any, page: HearingNoticePage) -> bool:
    """The public once they are fixed."""
    return page.hearing.state in _FIXED and anyone_may_read(user, page)


def _find(model: type[Model], *related: str) -> Callable[[str], Any]:
    def find(key: str) -> Any:
        rows = model._default_manager.select_related(*related)
        return rows.filter(pk=key).first() if key.isascii() and key.isdecimal() else None

    return find


def _of_page(kind: str, label: Any, model: type[Model], document: Callable[..., Sheet], **more: Any) -> Printable:
    def keys() -> Iterator[str]:
        live = model._default_manager.filter(live=True).order_by("pk")
        return map(str, live.values_list("pk", flat=True))

    more = {"user_can_print": anyone_may_read, **more}
    return Printable(
        kind=kind,
        label=label,
        model=model,
        document=document,
        find=_find(model, "hearing__host"),
        keys=keys,
        **more,
    )


def _of_record(kind: str, label: Any, document: Callable[..., Sheet], **more: Any) -> Printable:
    """A paper of the record: for the desk, without versions."""
    return Printable(
        kind=kind,
        label=label,
        model=Hearing,
        document=document,
        find=_find(Hearing, "host"),
        keys=lambda: map(str, Hearing.objects.order_by("pk").values_list("pk", flat=True)),
        user_can_print=user_can_see_people,
        traced=False,
        **more,
    )


def _is_undated(page: HearingNoticePage) -> str:
    dated = page.hearing.starts_at and page.hearing.place
    return "" if dated else _("Day and place of the hearing are not fixed yet. Enter them in its plan first.")


def _nobody_sits(hearing: Hearing) -> str:
    there = hearing.representatives.exists() or hearing.officers.exists()
    return "" if there else _("Nobody has signed up or been invited yet, and no officer is entered.")


def _no_problem(page: HearingNoticePage) -> str:
    return "" if page.hearing.problems.exists() else _("No problem has been recorded for this hearing yet.")


def _nobody_asked(hearing: Hearing) -> str:
    if hearing.state not in AFTER_THE_SESSION:
        return _("Letters tell what the session came to: hold it first.")
    count = len(askers(hearing))
    if not count:
        return _("Nobody is on record as having raised a problem of this hearing.")
    if count > LETTERS_AT_ONCE:
        return _(
            "%(count)d letters are too much to wait for: ask the system administrator for the file, which the command "
            "print_document makes."
        ) % {"count": count}
    return ""


def _letter_keys() -> Iterator[str]:
    for hearing in Hearing.objects.filter(state__in=AFTER_THE_SESSION).order_by("pk"):
        yield from (letter.key for letter in letters(hearing))


def hearing_papers() -> list[Printable]:
    """Notice, poster, broadcast, lists, cards, agenda, conclusions, minutes, letters, circular."""
    notice = HearingNoticePage
    return [
        _of_page(
            "hearing-notice", gettext_lazy("hearing notice"), notice, notice_sheet, docx=True, refusal=_is_undated
        ),
        _of_page("hearing-poster", gettext_lazy("poster"), notice, notice_poster, sizes=SIZES, refusal=_is_undated),
        _of_page("hearing-broadcast", gettext_lazy("broadcast script"), notice, broadcast_sheet, refusal=_is_undated),
        _of_page("hearing-agenda", gettext_lazy("agenda"), notice, agenda_sheet, refusal=_is_undated),
        _of_page(
            "delegate-list",
            gettext_lazy("list of representatives"),
            notice,
            delegate_poster,
            sizes=SIZES,
            user_can_print=user_can_print_delegates,
        ),
        _of_page(
            "hearing-conclusions",
            gettext_lazy("conclusions of the hearing"),
            notice,
            conclusion_sheet,
            user_can_print=user_can_print_conclusions,
            refusal=_no_problem,
        ),
        _of_page("hearing-minutes", gettext_lazy("hearing minutes"), MinutesPage, minutes_sheet, docx=True),
        _of_page("hearing-circular", gettext_lazy("hearing circular"), CircularPage, circular_sheet, docx=True),
        _of_record(
            "delegate-list-full", gettext_lazy("list to sign in, full names"), delegate_list, refusal=_nobody_sits
        ),
        _of_record("hearing-seat-cards", gettext_lazy("seat cards"), seat_cards, refusal=_nobody_sits),
        _of_record("hearing-letters", gettext_lazy("all notice letters"), letters_sheet, refusal=_nobody_asked),
        Printable(
            kind="hearing-letter",
            label=gettext_lazy("notice letter"),
            model=None,
            document=letter_sheet,
            find=find_letter,
            keys=_letter_keys,
            user_can_print=user_can_send_letters,
            traced=False,
        ),
        Printable(
            kind="hearing-figures",
            label=gettext_lazy("figures of a half-year"),
            model=None,
            document=figures_sheet,
            find=find_period,
            keys=lambda: [half_year_of(timezone.localdate()).key],
            user_can_print=lambda user, period: user is not None and user_can_see_figures(user),
            traced=False,
        ),
    ]
