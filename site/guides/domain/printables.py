"""The kinds of paper that guides come in, and how each is found."""

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from guides.pointers import pointers
from guides.variants import every_variant, questions
from organisation.models import Unit
from printing import Pointer, Printable
from printing.domain.posters import SIZES
from suite.publishing.permissions import anyone_may_read

from .documents import (
    guide_chart,
    guide_poster,
    guide_sheet,
    guides_booklet,
    one_time_notice,
    why_no_booklet,
)
from .matter import Case
from .versions import changes_since

if TYPE_CHECKING:
    from guides.models import GuidePage

_CASE = re.compile(r"([1-9][0-9]{0,9})((?:-[1-9][A-E])+)")


def find_guide(key: str) -> "GuidePage | None":
    """The guide with that page number."""
    from guides.models import GuidePage

    return GuidePage.objects.filter(pk=key).first() if key.isascii() and key.isdigit() else None


def find_case(key: str) -> "GuidePage | Case | None":
    """A guide ("12"), or a case of it: its answers in the order of the questions ("12-1A-2B"). None for others."""
    match = _CASE.fullmatch(key)
    guide = find_guide(match[1] if match else key)
    if guide is None or match is None:
        return guide
    known = {answer.code: answer for question in questions(guide) for answer in question.answers}
    wanted = match[2][1:].split("-")
    in_order = [code[0] for code in wanted] == sorted({code[0] for code in wanted})
    if not in_order or not all(code in known for code in wanted):
        return None
    return Case(guide, tuple(known[code] for code in wanted))


def may_read(user: Any, found: "GuidePage | Case") -> bool:
    """Papers of a guide are for whoever may read its page."""
    return anyone_may_read(user, found.guide if isinstance(found, Case) else found)


def changes(found: "GuidePage | Case", since: int) -> list[str]:
    """What changed in the guide since that version of it, field by field in words."""
    return changes_since(found.guide if isinstance(found, Case) else found, since)


def instead(found: "GuidePage | Case | None") -> list[Pointer]:
    """Where to turn with a paper of a guide that was taken down."""
    return pointers(found.guide if isinstance(found, Case) else found)


def _keys() -> Iterator[str]:
    from guides.models import GuidePage

    for key in GuidePage.objects.live().order_by("pk").values_list("pk", flat=True):
        yield str(key)


def _cases() -> Iterator[str]:
    """Every guide, and every case of those that ask."""
    from guides.models import GuidePage

    for guide in GuidePage.objects.live().order_by("pk").iterator():
        yield str(guide.pk)
        yield from (Case(guide, answers).key for answers in every_variant(guide) if answers)


def _units() -> Iterator[str]:
    for unit in Unit.objects.order_by("pk"):
        if not why_no_booklet(unit):
            yield str(unit.pk)


def guide_papers() -> list[Printable]:
    """Guide sheet, chart, one-time notice, poster, and the booklet of a unit."""
    from guides.models import GuidePage

    of_guide = partial(Printable, model=GuidePage, user_can_print=may_read, changes=changes, instead=instead)
    return [
        of_guide(kind="guide", label=_("service guide"), document=guide_sheet, find=find_guide, keys=_keys),
        of_guide(
            kind="one-time-notice",
            label=_("one-time notice"),
            document=one_time_notice,
            find=find_case,
            keys=_cases,
        ),
        of_guide(
            kind="guide-chart",
            label=_("chart of the steps"),
            document=guide_chart,
            find=find_guide,
            keys=_keys,
            sizes=("a4", "a3"),
        ),
        of_guide(
            kind="guide-poster",
            label=_("poster"),
            document=guide_poster,
            find=find_guide,
            keys=_keys,
            sizes=SIZES,
        ),
        Printable(
            kind="guides-booklet",
            label=_("booklet of service guides"),
            model=Unit,
            document=guides_booklet,
            find=lambda key: Unit.objects.filter(pk=key).first() if key.isascii() and key.isdigit() else None,
            keys=_units,
            user_can_print=lambda user, unit: True,
            refusal=why_no_booklet,
        ),
    ]
