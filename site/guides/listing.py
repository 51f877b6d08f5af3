"""What the pages of guides show; each function is a fixed number of queries, however many guides there are."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Unit

from .limits import promised, statutory
from .procedure import chart
from .variants import chosen, kept, query, questions

if TYPE_CHECKING:
    from .models import GuideIndexPage, GuidePage

PAGE_SIZE = 20


def in_force(index: "GuideIndexPage") -> "QuerySet[GuidePage]":
    """The guides below the index that anyone may read and that count today, by pinyin."""
    from .models import GuidePage

    today = timezone.localdate()
    valid = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    # A slug is the title in pinyin.
    return GuidePage.objects.child_of(index).live().public().filter(valid).order_by("slug")


def ways_in(index: "GuideIndexPage", given: Mapping[str, str]) -> dict[str, Any]:
    """The ways in, and the guides found by the one that was taken.

    ``given``: the address's parameters `event` (slug), `unit`, `place` (keys), `letter`, `p`. Unknown values are
    ignored, so that an old link still leads somewhere.
    """
    from .models import LifeEvent

    guides = in_force(index)
    events = list(
        LifeEvent.objects.filter(guides__in=guides).annotate(count=Count("guides", distinct=True)).order_by("order")
    )
    units = list(Unit.objects.filter(pk__in=guides.order_by().values("responsible_unit")))
    places = list(Unit.objects.filter(pk__in=guides.order_by().values("places__unit")))
    initials = guides.order_by().values_list("slug", flat=True)
    letters = sorted({slug[0].upper() for slug in initials if slug[:1].isascii() and slug[:1].isalpha()})
    event = next((one for one in events if one.slug == given.get("event")), None)
    unit = next((one for one in units if str(one.pk) == given.get("unit")), None)
    place = next((one for one in places if str(one.pk) == given.get("place")), None)
    letter = given.get("letter", "").upper() if given.get("letter", "").upper() in letters else ""
    taken, heading = True, ""
    if event:
        guides, heading = guides.filter(life_events=event), event.name
    elif unit:
        guides, heading = guides.filter(responsible_unit=unit), _("Items of %(unit)s") % {"unit": unit.name}
    elif place:
        guides, heading = guides.filter(places__unit=place).distinct(), _("Done at %(place)s") % {"place": place.name}
    elif letter:
        guides, heading = guides.filter(slug__istartswith=letter), letter
    else:
        taken = given.get("all") == "1"
        heading = _("All items") if taken else ""
    way = next(
        (f"{name}={value}&" for name in ("event", "unit", "place", "letter", "all") if (value := given.get(name))), ""
    )
    return {
        "events": events,
        "units": units,
        "places": places,
        "letters": letters,
        "event": event,
        "unit": unit,
        "place": place,
        "letter": letter,
        "heading": heading,
        "keep": f"&{way.rstrip('&')}" if way else "",
        "guides": Paginator(guides.select_related("responsible_unit"), PAGE_SIZE).get_page(given.get("p"))
        if taken
        else None,
    }


def guide_context(guide: "GuidePage", given: Mapping[str, str]) -> dict[str, Any]:
    """What a guide shows to somebody who gave the answers in the address (?1=A&2=B); all of it without any."""
    asked = questions(guide)
    answers = chosen(guide, given)
    drawn = chart(guide, answers)
    try:
        drawn.validate()
    except ValidationError:
        # Only a draft's preview can have such steps; the form says what is wrong with them.
        drawn = None
    return {
        "questions": asked,
        "answers": answers,
        "answered": {answer.code for answer in answers},
        "all_answered": len(answers) == len(asked),
        "variant": query(answers),
        "materials": kept(guide.materials, answers),
        "steps": kept(guide.steps, answers),
        "chart": drawn,
        "promise": promised(guide),
        "law": statutory(guide),
        "places": list(guide.places.select_related("unit")),
        "version": guide.version,
    }
