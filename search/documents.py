"""What of a model's object is indexed: its declared search fields, as text, each with its boost."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Manager
from modelsearch.index import AutocompleteField, Indexed, RelatedFields, SearchField

from search.analysis import analyse, normalise
from search.analysis.words import starts
from search.engines.base import Document


def texts(value: Any) -> Iterator[str]:
    """The texts in a field's searchable value: a string, a number, a date, or a list of these."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, Iterable):
        for part in value:
            yield from texts(part)
    else:
        yield str(value)


def declared(obj: Indexed, kind: type, names: Iterable[str] | None = None) -> Iterator[tuple[str, float]]:
    """The texts of an object's fields of one kind (SearchField or AutocompleteField), each with its boost.

    ``names`` limits it to these fields of the object itself.
    """
    for field in obj.get_search_fields():
        if names is None or getattr(field, "field_name", None) in names:
            yield from _texts_of(field, obj, kind)


def _texts_of(field: Any, obj: Any, kind: type) -> Iterator[tuple[str, float]]:
    if isinstance(field, kind):
        boost = getattr(field, "boost", None)
        yield from ((text, 1.0 if boost is None else float(boost)) for text in texts(field.get_value(obj)))
    elif isinstance(field, RelatedFields):
        related = field.get_value(obj)
        if related is None:
            return
        for other in related.all() if isinstance(related, Manager) else [related]:
            for inner in field.fields:
                yield from _texts_of(inner, other, kind)


def document(key: str, fields: Iterable[tuple[str, float]], offered: Iterable[str] = ()) -> Document:
    """All that an engine keeps of some texts with their boosts; ``offered``: texts found while someone types."""
    words: dict[str, float] = {}
    pairs: dict[str, float] = {}
    for text, boost in fields:
        terms = analyse(text)
        for total, counted in ((words, terms.words), (pairs, terms.pairs)):
            for term, times in counted.items():
                total[term] = total.get(term, 0.0) + times * boost
    return Document(key, words, pairs, frozenset(term for text in offered for term in starts(normalise(text).text)))


def document_for(obj: Indexed) -> Document:
    """What an engine keeps of an object. The key is its primary key as text."""
    return document(str(obj.pk), declared(obj, SearchField), (text for text, _ in declared(obj, AutocompleteField)))
