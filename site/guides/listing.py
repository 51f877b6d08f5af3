"""What the pages of guides show; each function is a fixed number of queries, however many guides there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Unit

from .facts import places_of, six_facts, to_bring
from .limits import promised, statutory
from .procedure import chart
from .variants import chosen, only_for, query, questions

if TYPE_CHECKING:
    from .models import GuideIndexPage, GuidePage, LifeEvent

PAGE_SIZE = 20


def in_force(index: "GuideIndexPage") -> "QuerySet[GuidePage]":
    """The guides below the index that anyone may read and that count today, by pinyin."""
    from .models import GuidePage

    today = timezone.localdate()
    valid = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    # A slug is the title in pinyin.
    return GuidePage.objects.child_of(index).live().public().filter(valid).order_by("slug")


def replaced() -> dict[int, int]:
    """The guides that have ended, each with the published one that takes its place (keys)."""
    from .models import GuidePage

    ended = GuidePage.objects.filter(valid_until__lt=timezone.localdate(), replaced_by__live=True)
    return dict(ended.values_list("pk", "replaced_by"))


def events_in_use(guides: "QuerySet[GuidePage]", *order: str) -> "QuerySet[LifeEvent]":
    """The life events of these guides, in the office's order unless told; each with their number as `count`."""
    from .models import LifeEvent

    found = LifeEvent.objects.filter(guides__in=guides.order_by())
    return found.annotate(count=Count("guides", distinct=True)).order_by(*order or ("order", "name"))


@dataclass(frozen=True)
class Way:
    """A way in that was taken: the guides it leads to, what keeps it in the address, and the unit whose they are."""

    guides: "QuerySet[GuidePage]"
    heading: str
    keep: str
    event: "LifeEvent | None" = None
    unit: Unit | None = None


def ways_in(index: "GuideIndexPage", given: Mapping[str, str]) -> dict[str, Any]:
    """The guides found by the way in that was taken; all ways where none was.

    ``given``: the address's parameters `event` (slug), `unit`, `place` (keys), `letter`, `all`, `p`. Unknown values are
    ignored, so that an old link still leads somewhere.
    """
    guides = in_force(index)
    if way := _taken(guides, given):
        page = Paginator(way.guides.select_related("responsible_unit"), PAGE_SIZE).get_page(given.get("p"))
        return {
            "heading": way.heading,
            "event": way.event,
            "keep": way.keep,
            "guides": page,
            "shelf": way.unit,
        }
    keys = guides.order_by()
    slugs = keys.values_list("slug", flat=True)
    return {
        "events": list(events_in_use(guides)),
        "units": list(Unit.objects.filter(pk__in=keys.values("responsible_unit"))),
        "places": list(Unit.objects.filter(pk__in=keys.values("places__unit"))),
        "letters": sorted({slug[0].upper() for slug in slugs if slug[:1].isascii() and slug[:1].isalpha()}),
    }


def _taken(guides: "QuerySet[GuidePage]", given: Mapping[str, str]) -> Way | None:
    wanted = given.get("event", "")
    if wanted and (event := events_in_use(guides).filter(slug=wanted).first()):
        return Way(guides.filter(life_events=event), event.name, f"&event={event.slug}", event)
    if unit := _unit(guides, "responsible_unit", given.get("unit", "")):
        return Way(
            guides.filter(responsible_unit=unit),
            _("Items of %(unit)s") % {"unit": unit.name},
            f"&unit={unit.pk}",
            unit=unit,
        )
    if place := _unit(guides, "places__unit", given.get("place", "")):
        found = guides.filter(places__unit=place).distinct()
        return Way(found, _("Done at %(place)s") % {"place": place.name}, f"&place={place.pk}", unit=place)
    letter = given.get("letter", "").upper()
    if len(letter) == 1 and letter.isascii() and letter.isalpha():
        heading = _("Items whose first sound is %(letter)s") % {"letter": letter}
        return Way(guides.filter(slug__istartswith=letter), heading, f"&letter={letter}")
    if given.get("all") == "1":
        return Way(guides, _("All items"), "&all=1")
    return None


def _unit(guides: "QuerySet[GuidePage]", field: str, key: str) -> Unit | None:
    """The unit with this key, if one of the guides names it in this field."""
    if not (key.isascii() and key.isdecimal()):
        return None
    return Unit.objects.filter(pk__in=guides.order_by().filter(**{field: key[:18]}).values(field)).first()


@dataclass(frozen=True)
class Paper:
    """A material on a guide. ``only``: in which cases, where a question that decides it was not answered."""

    value: Any
    only: str


def guide_context(guide: "GuidePage", given: Mapping[str, str]) -> dict[str, Any]:
    """What a guide shows to somebody who gave the answers in the address (?1=A&2=B); all of it without any."""
    asked = questions(guide)
    answers = chosen(guide, given)
    drawn = chart(guide, answers)
    steps_depend = any(step.only for step in drawn.steps)
    try:
        drawn.validate()
    except ValidationError:
        # Only a draft's preview can have such steps; the form says what is wrong with them.
        drawn = None
    papers, looked_up = to_bring(guide, answers)
    places = places_of(guide)
    return {
        "questions": asked,
        "answers": answers,
        "answered": {answer.code for answer in answers},
        "all_answered": len(answers) == len(asked),
        "variant": query(answers),
        "facts_first": six_facts(guide, answers, places),
        "materials": [Paper(value, only_for(value["only_for"] or "", asked, answers)) for value in papers],
        "looked_up": looked_up,
        "steps_depend": steps_depend,
        "chart": drawn,
        "promise": promised(guide),
        "law": statutory(guide),
        "places": places,
        "version": guide.version,
    }
