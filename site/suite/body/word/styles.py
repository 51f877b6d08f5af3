"""What a paragraph's styles come to: its style's names, outline level, place, size, numbering."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .file import WordFile, w

_MOST_ANCESTORS = 20


@dataclass(frozen=True)
class Look:
    """``names``: of the style and those it leans on, in small letters; ``level``: of heading, 0 for none;
    ``size`` in points, the largest in the paragraph; ``numbering``: (list, level) or None."""

    names: tuple[str, ...]
    level: int
    align: str
    size: float
    bold: bool
    numbering: tuple[str, int] | None


class Styles:
    """The styles of a file."""

    def __init__(self, file: WordFile) -> None:
        root = file.root("styles.xml")
        found = [] if root is None else root.findall(w("style"))
        self._by_id = {one.get(w("styleId")): one for one in found}
        self._usual = next((one for one in found if one.get(w("default")) and one.get(w("type")) == "paragraph"), None)
        sizes = [] if root is None else root.findall(f"{w('docDefaults')}//{w('sz')}")
        self._size = _number(sizes[0]) / 2 if sizes else 10.5

    def look(self, paragraph: Any) -> Look:
        """How a w:p looks, by itself and by its styles."""
        own = paragraph.find(w("pPr"))
        styles = list(self._chain(paragraph))
        properties = [one for one in (own, *(style.find(w("pPr")) for style in styles)) if one is not None]
        level = _first(properties, "outlineLvl")
        align = _first(properties, "jc")
        return Look(
            names=tuple(_name(style) for style in styles),
            level=_level(level, styles),
            align="" if align is None else align.get(w("val"), ""),
            size=self._largest(paragraph, styles),
            bold=all(self.is_bold(run) for run in _runs(paragraph)) or any(_on(style, "b") for style in styles),
            numbering=_numbering(properties),
        )

    def is_bold(self, run: Any) -> bool:
        """Whether a run is stressed, by itself or by its style."""
        own = run.find(f"{w('rPr')}/{w('b')}")
        if own is not None:
            return own.get(w("val")) not in ("0", "false")
        style = run.find(f"{w('rPr')}/{w('rStyle')}")
        if style is None:
            return False
        chain = list(self._ancestors(style.get(w("val"))))
        return any(_on(one, "b") or _name(one) == "strong" for one in chain)

    def _chain(self, paragraph: Any) -> Iterator[Any]:
        named = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        if named is not None:
            yield from self._ancestors(named.get(w("val")))
        elif self._usual is not None:
            yield self._usual

    def _ancestors(self, identifier: str | None) -> Iterator[Any]:
        for _step in range(_MOST_ANCESTORS):
            style = self._by_id.get(identifier)
            if style is None:
                return
            yield style
            based = style.find(w("basedOn"))
            identifier = None if based is None else based.get(w("val"))

    def _largest(self, paragraph: Any, styles: list[Any]) -> float:
        inherited = next(
            (_number(size) / 2 for style in styles if (size := style.find(f"{w('rPr')}/{w('sz')}")) is not None),
            self._size,
        )
        sizes = [run.find(f"{w('rPr')}/{w('sz')}") for run in _runs(paragraph)]
        return max((inherited if size is None else _number(size) / 2 for size in sizes), default=inherited)


def _runs(paragraph: Any) -> list[Any]:
    return [run for run in paragraph.iter(w("r")) if run.find(w("t")) is not None]


def _name(style: Any) -> str:
    name = style.find(w("name"))
    return "" if name is None else str(name.get(w("val"), "")).lower()


def _on(style: Any, switch: str) -> bool:
    found = style.find(f"{w('rPr')}/{w(switch)}")
    return found is not None and found.get(w("val")) not in ("0", "false")


def _first(properties: list[Any], name: str) -> Any:
    return next((found for one in properties if (found := one.find(w(name))) is not None), None)


def _level(outline: Any, styles: list[Any]) -> int:
    """Outline level 9 is running text. Styles made without one are known by their names."""
    if outline is not None:
        number = int(_number(outline))
        return number + 1 if number < 9 else 0  # noqa: PLR2004
    for style in styles:
        for word in ("heading ", "标题 "):
            if _name(style).startswith(word) and _name(style)[len(word) :].isdecimal():
                return int(_name(style)[len(word) :])
    return 0


def _numbering(properties: list[Any]) -> tuple[str, int] | None:
    found = _first(properties, "numPr")
    if found is None:
        return None
    number, level = found.find(w("numId")), found.find(w("ilvl"))
    # List 0 takes a style's numbering away.
    if number is None or number.get(w("val")) in (None, "0"):
        return None
    return number.get(w("val")), 0 if level is None else int(_number(level))


def _number(element: Any) -> float:
    try:
        return float(element.get(w("val"), 0))
    except ValueError:
        return 0.0
