"""Plain-language help for the editor (requirement E): advice about passages, never a reason to refuse anything."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .elements import label, plain_lines

if TYPE_CHECKING:
    from guides.models import GuidePage

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
# What a sentence is read by: signs and blanks don't make it longer.
_COUNTED = re.compile(r"\w")
_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,}(?![A-Za-z0-9])")
# What everybody with a telephone has met.
_KNOWN = {"APP", "PDF", "WPS"}
# Names are not ours to change.
_TITLE = re.compile(r"《[^》]*》")
_PASSAGE = 24


@dataclass(frozen=True)
class Passage:
    """Text of a guide. ``field``: of the form; ``place``: the field in words, with the row of a list."""

    field: str
    place: str
    text: str


@dataclass(frozen=True)
class Advice:
    """``passage``: the words it is about; ``message``: what is hard about them, and what would be easier."""

    field: str
    place: str
    passage: str
    message: str


def advice(guide: "GuidePage") -> list[Advice]:
    """What would be easier to read, in the order of the form. Three queries at most."""
    from guides.models import GuidesSettings, PlainWord

    longest = (GuidesSettings.objects.first() or GuidesSettings()).longest_sentence
    words = dict(PlainWord.objects.values_list("official", "plain"))
    read = list(passages(guide))
    found = [*_long_sentences(read, longest), *_abbreviations(read), *_official_words(read, words)]
    order = list(dict.fromkeys(passage.place for passage in read))
    return sorted(found, key=lambda one: order.index(one.place))


def passages(guide: "GuidePage") -> Iterator[Passage]:
    """All running text that the editor writes, in the order of the form; the name is the national list's."""
    yield from _of("summary", "summary", guide.summary)
    yield from _of("conditions", "conditions", plain_lines(guide.conditions))
    for field, block_names in (
        ("questions", ("text", "answers")),
        ("materials", ("name", "note")),
        ("steps", ("name", "action")),
    ):
        yield from _of_rows(guide, field, block_names)
    yield from _of("visits_reason", "visits_reason", guide.visits_reason)
    yield from _of("result_name", "result", guide.result_name)
    yield from _of("no_sample_reason", "no_sample_reason", guide.no_sample_reason)
    yield from _of("fee", "fee", guide.fee)
    yield from _of("remedies", "remedies", guide.remedies)
    yield from _of_rows(guide, "answers", ("question", "answer"))


def _of(field: str, element: str, text: str) -> Iterator[Passage]:
    if text.strip():
        yield Passage(field, label(element), text)


def _of_rows(guide: "GuidePage", field: str, names: tuple[str, ...]) -> Iterator[Passage]:
    for number, block in enumerate(getattr(guide, field), 1):
        place = _("%(element)s, no. %(number)s") % {"element": label(field), "number": number}
        for name in names:
            value = block.value[name] or ""
            for text in [value] if isinstance(value, str) else value:
                if text.strip():
                    yield Passage(field, place, text)


def _long_sentences(read: list[Passage], longest: int) -> Iterator[Advice]:
    for passage in read:
        for match in _SENTENCE.finditer(passage.text):
            if (length := len(_COUNTED.findall(match[0]))) > longest:
                yield Advice(
                    passage.field,
                    passage.place,
                    _short(match[0].strip()),
                    _("This sentence has %(length)s characters, %(longest)s read well. Make two of it.")
                    % {"length": length, "longest": longest},
                )


def _abbreviations(read: list[Passage]) -> Iterator[Advice]:
    """Each once, where it first stands: in brackets itself, or with brackets behind it, it is explained."""
    seen = set(_KNOWN)
    for passage in read:
        for match in _ABBREVIATION.finditer(passage.text):
            if match[0] in seen:
                continue
            seen.add(match[0])
            before, after = passage.text[: match.start()].rstrip(), passage.text[match.end() :].lstrip()
            if before.endswith(("（", "(")) or after.startswith(("（", "(")):
                continue
            yield Advice(
                passage.field,
                passage.place,
                match[0],
                _("Not everybody knows this abbreviation. Write what it means in brackets behind it."),
            )


def _official_words(read: list[Passage], words: dict[str, str]) -> Iterator[Advice]:
    """Each once a field; of words within each other the longest. Not where the plain word stands in brackets behind."""
    if not words:
        return
    any_word = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    seen: set[tuple[str, str]] = set()
    for passage in read:
        text = _TITLE.sub(lambda title: "《" * len(title[0]), passage.text)
        for match in any_word.finditer(text):
            official, plain_word = match[0], words[match[0]]
            explained = text[match.end() :].lstrip("（(").startswith(plain_word)
            if explained or (passage.place, official) in seen:
                continue
            seen.add((passage.place, official))
            yield Advice(passage.field, passage.place, official, _("In plain words: %(plain)s") % {"plain": plain_word})


def _short(text: str) -> str:
    return text if len(text) <= _PASSAGE else f"{text[:_PASSAGE]}…"
