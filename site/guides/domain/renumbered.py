"""A question or step that was taken out gives its number to another: what names the number means something else."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from guides.variants import codes, questions

from .advice import Advice
from .elements import label

if TYPE_CHECKING:
    from guides.models import GuidePage


def renumbered(guide: "GuidePage") -> Iterator[Advice]:
    """Rows that keep their codes, and ways out that keep their number, while these stand for something else now.

    Against the newest version; without one, nothing.
    """
    if guide.version is not None:
        yield from _codes(guide, guide.version.elements)
        yield from _ways(guide, guide.version.elements["steps"])


def _codes(guide: "GuidePage", elements: dict[str, Any]) -> Iterator[Advice]:
    before = {one["number"]: one["text"] for one in elements["questions"]}
    now = {question.number: question.text for question in questions(guide)}
    moved = {number for number, text in now.items() if before.get(number, text) != text}
    for field in ("materials", "steps"):
        marked = {(row["name"], row["only_for"]) for row in elements[field] if row["only_for"]}
        for number, block in enumerate(getattr(guide, field), 1):
            only_for = block.value["only_for"] or ""
            if (block.value["name"], only_for) not in marked:
                continue
            for code in sorted(codes(only_for)):
                if int(code[0]) in moved:
                    yield Advice(
                        field,
                        _("%(element)s, no. %(number)s") % {"element": label(field), "number": number},
                        code,
                        _("This stood for “%(before)s” and stands for “%(now)s” now. Look whether it is meant so.")
                        % {"before": before[int(code[0])], "now": now[int(code[0])]},
                    )


def _ways(guide: "GuidePage", steps: list[dict[str, Any]]) -> Iterator[Advice]:
    """Steps are told apart by their names; where a name is new and the old one gone, it was only renamed."""
    before = {str(one["number"]): one["name"] for one in steps}
    now = {str(number): block.value["name"] for number, block in enumerate(guide.steps, 1)}
    led = {(one["name"], way["to"]) for one in steps for way in one["ways"]}
    for number, block in enumerate(guide.steps, 1):
        for target in dict.fromkeys(str(way["to"]).strip() for way in block.value["ways"]):
            old, new = before.get(target), now.get(target)
            if old is None or new is None or old == new or (block.value["name"], target) not in led:
                continue
            if new in before.values() or old in now.values():
                yield Advice(
                    "steps",
                    _("%(element)s, no. %(number)s") % {"element": label("steps"), "number": number},
                    target,
                    _("This way led to “%(before)s” and leads to “%(now)s” now. Look whether it is meant so.")
                    % {"before": old, "now": new},
                )
