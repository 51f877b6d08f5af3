"""What a service guide looks like on paper (requirement E, printed)."""

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from organisation.models import Unit
from printing import Sheet
from printing.domain.booklets import PARTS_AT_ONCE, Part, booklet_sheet, why_empty, why_too_much
from printing.domain.charts.sheets import chart_sheet
from printing.domain.posters import poster_sheet
from printing.domain.rendering import PrintingUnavailable
from printing.domain.titles import break_title, width
from suite.theme.dates import in_full
from suite.theme.office import current_office, public_address

from .elements import label
from .matter import CHART_SIZE, Case, materials, matter, procedure_of, public_facts

if TYPE_CHECKING:
    from guides.models import GuidePage

# Pages that a guide takes in a booklet, as guides go.
_PAGES = 2
# Of a poster's facts: characters in a line, lines on a sheet, and those that the summary below them takes.
_POSTER_CHARACTERS = 15
_POSTER_LINES = 12
_SUMMARY_LINES = 4
_WAYS_TO_SHORTEN = 3
_TITLE_CHARACTERS = 20  # 22 pt in 178 mm
_CHART_WIDTH = 178  # mm
# In points, for how many steps and materials together: two pages, like the usual guide in the office, hold so many.
_SIZES = ((8, 12.0), (13, 11.0))
_SMALLEST = 10.5


def guide_sheet(guide: "GuidePage") -> Sheet:
    """The whole guide: the six facts first, then everything requirement E lists, with the chart of its steps."""
    size = _size(guide)
    return Sheet(
        kind="guide",
        template="guides/paper/guide.html",
        style="chart guides/paper guides/sheet",
        context={
            **matter(Case(guide)),
            "title_lines": break_title(guide.title, _TITLE_CHARACTERS),
            "chart_width": _CHART_WIDTH,
            "chart_size": min(size, CHART_SIZE),
            "size": size,
        },
        title=guide.title,
        name=_("Guide: %(title)s") % {"title": guide.title},
        **_standing(Case(guide)),
    )


def _size(guide: "GuidePage") -> float:
    """The type of a sheet in points: as large as two pages allow, as guides go."""
    rows = len(guide.steps) + len(guide.materials)
    return next((size for most, size in _SIZES if rows <= most), _SMALLEST)


def guide_chart(guide: "GuidePage", size: str) -> Sheet:
    """The chart of the steps alone, to take home or for the wall."""
    drawn = procedure_of(Case(guide))
    if drawn is None:
        raise PrintingUnavailable(
            _("The steps cannot be followed yet: the editor's page says what is wrong with them.")
        )
    facts = public_facts(Case(guide))
    phone = (label("phone"), guide.contact_phone)
    sheet = chart_sheet(
        drawn,
        size,
        kind="guide-chart",
        lead=_in_a_row([facts[1], facts[3]]),
        foot=_in_a_row([facts[4], phone, facts[5]]),
        **_standing(Case(guide)),
    )
    return replace(sheet, style=f"{sheet.style} guides/small")


def one_time_notice(found: "GuidePage | Case") -> Sheet:
    """一次性告知单: everything that is missing, told once and in writing (requirement F), as a list to tick."""
    case = found if isinstance(found, Case) else Case(found)
    return Sheet(
        kind="one-time-notice",
        template="guides/paper/notice.html",
        style="guides/paper guides/sheet guides/notice",
        context=matter(case),
        title=_("One-time notice: %(title)s") % {"title": case.guide.title},
        name=_("One-time notice: %(title)s") % {"title": case},
        **_standing(case),
    )


def guide_poster(guide: "GuidePage", size: str) -> Sheet:
    """The six facts, what to bring and where to go, to be read standing in front of a board."""
    office, case = current_office(), Case(guide)
    for shortened in range(_WAYS_TO_SHORTEN + 1):
        facts = _poster_facts(case, shortened)
        if _poster_lines(facts) <= _POSTER_LINES:
            break
    room = _poster_lines(facts) <= _POSTER_LINES - _SUMMARY_LINES
    sheet = poster_sheet(
        kind="guide-poster",
        size=size,
        label=_("service guide"),
        title=guide.title,
        issuer=office.issuer,
        facts=[(name, value) for name, value in facts if value],
        body_html=format_html("<p>{}</p>", guide.summary) if room else "",
        unit=guide.responsible_name,
        phone=guide.contact_phone,
        supervision_phone="" if office.supervision_phone == guide.complaint_phone else office.supervision_phone,
        name=_("Poster: %(title)s") % {"title": f"{guide.title} {size.upper()}"},
        **{name: value for name, value in _standing(case).items() if name != "version"},
    )
    return replace(sheet, version=guide.version.number if guide.version else None)


def guides_booklet(unit: Unit) -> Sheet:
    """All guides in force that the unit answers for or accepts, by pinyin, with contents."""
    guides = guides_of(unit).select_related("responsible_unit", "result_sample", "replaced_by")
    title = _("Service guides of %(unit)s") % {"unit": unit.name}
    parts = [_chapter(guide) for guide in guides]
    days = [guide.last_published_at for guide in guides if guide.last_published_at]
    sheet = booklet_sheet(
        kind="guides-booklet",
        title=title,
        parts=parts,
        issuer=current_office().township_name,
        day=timezone.localdate(max(days)) if days else None,
        empty=_what_is_empty(),
    )
    return replace(sheet, style="booklet chart guides/paper guides/booklet")


def why_no_booklet(unit: Unit) -> str:
    """Why the booklet of a unit is not made while somebody waits; '' where it is."""
    count = guides_of(unit).count()
    title = _("Service guides of %(unit)s") % {"unit": unit.name}
    if not count:
        return why_empty(title, _what_is_empty())
    return "" if count <= PARTS_AT_ONCE else why_too_much(title, count, _PAGES * count)


def guides_of(unit: Unit) -> "QuerySet[GuidePage]":
    """The guides that anyone may read and that count today, of a unit that answers for them or accepts them."""
    from guides.models import GuidePage

    valid = Q(valid_until__isnull=True) | Q(valid_until__gte=timezone.localdate())
    there = Q(responsible_unit=unit) | Q(places__unit=unit)
    return GuidePage.objects.live().public().filter(valid, there).distinct().order_by("slug")


def _what_is_empty() -> str:
    return _("It holds the published guides in force that this unit answers for or accepts.")


def _chapter(guide: "GuidePage") -> Part:
    said = matter(Case(guide))
    return Part(guide.title, render_to_string("guides/paper/body.html", said), finished=True)


def _poster_facts(case: Case, shortened: int) -> list[tuple[str, str]]:
    """What a poster says. ``shortened``: 0 to 3, what is left to the sheet: procedure, cases, the fee's basis."""
    audience, procedure, limit, fee, complaints = public_facts(case, brief=shortened > 0)[1:]
    if shortened == _WAYS_TO_SHORTEN and case.guide.fee:
        fee = (fee[0], _("%(fee)s (legal basis: see the guide)") % {"fee": case.guide.fee})
    bring = (label("materials"), _to_bring(case, in_words=shortened <= 1))
    return [audience, procedure, limit, fee, complaints, bring, (label("places"), _where(case))]


def _to_bring(case: Case, *, in_words: bool) -> str:
    """The names of what to bring; how many of each the sheet says. ``in_words``: who needs what not everybody needs."""
    rows = materials(case)[0]
    if not rows:
        return _("nothing has to be brought")
    names = [(row.value["name"], row.only if in_words or not row.only else _("in some cases")) for row in rows]
    return "、".join(f"{name}（{only}）" if only else name for name, only in names)


def _poster_lines(facts: list[tuple[str, str]]) -> int:
    return sum(math.ceil(width(value) / _POSTER_CHARACTERS) for name, value in facts)


def _where(case: Case) -> str:
    return "；".join(map(str, case.guide.places.all())) if case.guide.at_window else ""


def _in_a_row(facts: list[tuple[str, str]]) -> str:
    return "　".join(f"{name}：{value}" for name, value in facts if value)


def _standing(case: Case) -> dict[str, Any]:
    """What every paper of a guide says of whether it still counts."""
    guide = case.guide
    version = guide.version
    address = public_address(guide)
    query = "&".join(f"{answer.code[0]}={answer.code[1]}" for answer in case.answers)
    status = ""
    if guide.valid_until:
        status = _("Valid until %(day)s") % {"day": in_full(guide.valid_until)}
    if guide.valid_from and guide.valid_from > timezone.localdate():
        status = _("In force from %(day)s on") % {"day": in_full(guide.valid_from)}
    return {
        "version": version.number if version else None,
        "changed": timezone.localdate(version.recorded_at) if version else None,
        "status": status,
        "ended": _ended(guide),
        "draft": not guide.live or version is None,
        "address": f"{address}?{query}" if address and query else address,
    }


def _ended(guide: "GuidePage") -> str:
    if not guide.has_ended:
        return ""
    ended = _("It counted until %(day)s.") % {"day": in_full(guide.valid_until)}
    if guide.successor is None:
        return ended
    return ended + _("“%(title)s” takes its place.") % {"title": guide.successor.title}
