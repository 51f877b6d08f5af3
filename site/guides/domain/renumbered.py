"""A question that was taken out gives its number to another: what was marked with it means something else."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from guides.variants import codes, questions

from .advice import Advice
from .elements import label

if TYPE_CHECKING:
    from guides.models import GuidePage


def renumbered(guide: "GuidePage") -> Iterator[Advice]:
    """Rows that keep their codes since the newest version while these codes stand for another question now."""
    version = guide.version
    if version is None:
        return
    before = {one["number"]: one["text"] for one in version.elements["questions"]}
    now = {question.number: question.text for question in questions(guide)}
    moved = {number for number, text in now.items() if before.get(number, text) != text}
    for field in ("materials", "steps"):
        marked = {(row["name"], row["only_for"]) for row in version.elements[field] if row["only_for"]}
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
