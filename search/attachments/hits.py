"""Where among the files of a hit's page stands what was asked, as the card shows it: file, page, passages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from search.analysis import normalise
from search.attachments.models import FileText
from search.attachments.texts import documents_of
from search.passages import Asked, Passage, passages

# Characters looked through for all hits on one screen: 30 ms.
MOST_LOOKED_THROUGH = 1_000_000


@dataclass(frozen=True)
class InFile:
    """Passages of one file. ``page``: the page of a PDF from 1, 0 where the file has none; ``url`` leads there."""

    title: str
    url: str
    page: int
    passages: list[Passage]


def in_files(texts: Mapping[Any, str], asked: Asked) -> dict[Any, InFile]:
    """For the pages among the hits whose own text lacks something of the question: the file that has most of it.

    ``texts``: the own text of each page, by its key. Three queries, however many hits
    there are; one where no page links a file.
    """
    linked = documents_of(texts)
    rows = FileText.objects.filter(pk__in={key for keys in linked.values() for key in keys}).open_to_all()
    files = {row.pk: row for row in rows.select_related("document").defer("text")} if linked else {}
    # Normalising a law takes as long as a question: only where there is a file to show instead.
    wanted = {
        page: missing
        for page, keys in linked.items()
        if not files.keys().isdisjoint(keys) and (missing := lacking(texts[page], asked))
    }
    looked_at = _within_reason((linked[page] for page in wanted), files)
    normalised = {
        key: (text, normalise(text).text)
        for key, text in FileText.objects.filter(pk__in=looked_at).values_list("pk", "text")
    }
    found = {}
    for page, terms in wanted.items():
        weigh = {key: _weight(normalised[key][1], terms) for key in linked[page] if key in normalised}
        best = max(weigh, key=weigh.__getitem__, default=None)
        if best is not None and weigh[best]:
            found[page] = _shown(files[best], *normalised[best], terms, asked)
    return found


def lacking(text: str, asked: Asked) -> tuple[str, ...]:
    """The words asked for that a text does not hold; its pairs where neither words nor pairs are in it."""
    normalised = normalise(text).text
    words = tuple(word for word in asked.words if word not in normalised)
    if words != asked.words or asked.found_in(normalised):
        return words
    return (*asked.words, *asked.pairs)


def _weight(normalised: str, terms: Iterable[str]) -> int:
    """How much of what is wanted a text holds; long words say more."""
    return sum(len(term) ** 2 for term in terms if term in normalised)


def _within_reason(linked: Iterable[list[int]], files: Mapping[int, FileText]) -> set[int]:
    """The files that are looked through, the first hit's first."""
    chosen: set[int] = set()
    left = MOST_LOOKED_THROUGH
    for keys in linked:
        for key in keys:
            if key in files and key not in chosen and files[key].characters <= left:
                left -= files[key].characters
                chosen.add(key)
    return chosen


def _shown(row: FileText, text: str, normalised: str, terms: tuple[str, ...], asked: Asked) -> InFile:
    """The passages from the page that has most; the whole text where it has no pages."""
    url, number = row.document.url, 0
    if row.pages and len(text) == len(normalised):
        parts = normalised.split("\f")
        number = max(range(len(parts)), key=lambda position: _weight(parts[position], terms))
        start = sum(map(len, parts[:number])) + number
        text = text[start : start + len(parts[number])]
        number += 1
        url += f"#page={number}"
    return InFile(row.document.title, url, number, passages(text, asked))
