"""The six facts that come first on a guide, on its card in the search and on paper, each in a few words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .enums import Audience, MaterialSource
from .limits import promised
from .variants import Answer, codes, kept

if TYPE_CHECKING:
    from .models import GuidePage, GuidePlace

# How many papers are named before they are only counted.
NAMED = 3
# A single condition of no more characters says better who gets it than "everybody who fits".
SHORT = 45


@dataclass(frozen=True)
class Facts:
    """Who, what to bring, how long, what it costs, where, whom to call; '' where a draft doesn't say yet."""

    who: str
    bring: str
    time: str
    fee: str
    where: str
    phone: str


def six_facts(guide: "GuidePage", answers: Sequence[Answer] = (), places: "list[GuidePlace] | None" = None) -> Facts:
    """The facts for somebody who gave these answers. ``places``: the guide's, if they were read already."""
    promise = promised(guide)
    return Facts(
        who=_who(guide),
        bring=_bring(guide, answers),
        time=str(promise) if promise else "",
        fee=guide.fee or _("free of charge"),
        where=_where(guide, places_of(guide) if places is None else places),
        phone=guide.contact_phone,
    )


def places_of(guide: "GuidePage") -> "list[GuidePlace]":
    """Where the item is accepted, in the editor's order."""
    return list(guide.places.select_related("unit"))


def to_bring(guide: "GuidePage", answers: Sequence[Answer] = ()) -> tuple[list[Any], list[Any]]:
    """The materials that apply: those to bring, and those that the office looks up itself."""
    papers = kept(guide.materials, answers)
    looked_up = [value for value in papers if value["source"] == MaterialSource.SHARED]
    return [value for value in papers if value["source"] != MaterialSource.SHARED], looked_up


def left_open(only_for: str, answers: Sequence[Answer]) -> list[str]:
    """The codes in ``only_for`` of questions that were not answered, in order."""
    answered = {answer.code[0] for answer in answers}
    return sorted(code for code in codes(only_for) if code[0] not in answered)


def _who(guide: "GuidePage") -> str:
    words = {
        Audience.PERSON: pgettext("guide", "everybody who fits"),
        Audience.BODY: pgettext("guide", "enterprises and organisations"),
        Audience.BOTH: pgettext("guide", "people, enterprises and organisations"),
    }
    conditions = re.findall(r"<(?:p|li)\b[^>]*>(.*?)</(?:p|li)>", guide.conditions, re.DOTALL)
    only = strip_tags(conditions[0]).strip() if len(conditions) == 1 else ""
    if only and len(only) <= SHORT:
        return only
    return words[Audience(guide.audience)] if guide.audience else ""


def _bring(guide: "GuidePage", answers: Sequence[Answer]) -> str:
    papers, looked_up = to_bring(guide, answers)
    if not papers:
        return _("Nothing has to be brought") if guide.no_materials or looked_up else ""
    names = [value["name"] for value in papers if value["required"] and not left_open(value["only_for"] or "", answers)]
    if not names:
        return _("That depends on your case")
    text = "、".join(names[:NAMED])
    if len(names) > NAMED:
        text = _("%(items)s, %(count)s things in all") % {"items": text, "count": len(names)}
    return _("%(items)s; more in some cases") % {"items": text} if len(names) < len(papers) else text


def _where(guide: "GuidePage", places: "list[GuidePlace]") -> str:
    ways = []
    if guide.at_window and places:
        first = str(places[0])
        ways.append(
            _("%(place)s and others, %(count)s in all") % {"place": first, "count": len(places)}
            if places[1:]
            else first
        )
    if guide.by_agent:
        ways.append(_("the agent in the village"))
    if guide.online:
        ways.append(pgettext("guide", "online"))
    return "；".join(ways)
