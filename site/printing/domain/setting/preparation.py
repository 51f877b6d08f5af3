"""What happens to a parsed sheet before it is set: characters checked, rare ones wrapped, line breaks guided."""

import re
from collections.abc import Collection
from typing import Any
from xml.etree.ElementTree import Element

from .coverage import fallbacks
from .linebreaks import guide

# Their text is not set.
_UNSEEN = ("style", "script", "title")


def characters(root: Element) -> set[str]:
    """Every character that the sheet shows."""
    found: set[str] = set()
    for element in root.iter():
        if element.text and element.tag not in _UNSEEN:
            found.update(element.text)
        found.update(element.tail or "")
    return found


def prepare(root: Element, shown: set[str], font_config: Any, names: Collection[str] = ()) -> None:
    """Change the tree in place: break marks, none within ``names``, and rare characters in ``<span class="rare">``.

    A character from another font than its line's would make the line taller, and the page hold one line less.
    """
    rare = fallbacks(shown, font_config)
    runs = re.compile(f"([{re.escape(''.join(sorted(rare)))}]+)") if rare else None
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            continue
        if element.text:
            element.text = guide(element.text, names)
            if runs:
                _wrap_text(element, runs)
        for child in list(element):
            if child.tail:
                child.tail = guide(child.tail, names)
                if runs:
                    _wrap_tail(element, child, runs)


def _wrap_text(element: Element, runs: re.Pattern[str]) -> None:
    before, *rest = runs.split(element.text or "")
    element.text = before
    for place, (run, after) in enumerate(zip(rest[::2], rest[1::2], strict=True)):
        element.insert(place, _span(run, after))


def _wrap_tail(parent: Element, child: Element, runs: re.Pattern[str]) -> None:
    before, *rest = runs.split(child.tail or "")
    child.tail = before
    place = list(parent).index(child) + 1
    for run, after in zip(rest[::2], rest[1::2], strict=True):
        parent.insert(place, _span(run, after))
        place += 1


def _span(run: str, after: str) -> Element:
    span = Element("span", {"class": "rare"})
    span.text, span.tail = run, after
    return span
