"""What the server keeps of an object: the terms as `search.analysis` cuts them, and the fields for filters."""

import re
from collections.abc import Iterator
from collections.abc import Mapping as Weights
from typing import Any

from django.db.models import Model
from modelsearch.backends.opensearch3 import OpenSearch3Mapping
from modelsearch.index import AutocompleteField, FilterField, RelatedFields, SearchField

from search import vocabulary
from search.analysis import OfficeWords, normalise
from search.analysis.words import HAN, starts
from search.documents import contents, document, texts
from search.engines.base import Document

# Stands for the blank within a term, as document numbers have; no text holds it.
_JOINT = "\ue000"
# Keys that are numbers are ordered as such.
LARGEST_NUMBER = 2**63 - 1
_TOKEN = re.compile(rf"[{HAN}]|[^\W_{HAN}]+")
# Of the server's own analysis only this: é is found by e, as the library promises for this backend.
ANALYSIS = {
    "analyzer": {"cut": {"type": "custom", "tokenizer": "whitespace", "filter": ["asciifolding"]}},
    "normalizer": {"whole": {"type": "custom", "filter": ["asciifolding"]}},
}
_CUT: dict[str, Any] = {"type": "text", "analyzer": "cut"}
_WHOLE: dict[str, Any] = {"type": "keyword", "normalizer": "whole"}
# Never ranked by: found as a phrase or not at all.
_SPELLED: dict[str, Any] = _CUT | {"norms": False}

# All fields of an object together. The whole text is there character by character, for phrases.
OURS: dict[str, dict[str, Any]] = {
    "pk": {"type": "keyword", "store": True},
    "_number": {"type": "long"},
    "_fingerprint": {"type": "long"},
    "_django_content_type": {"type": "keyword"},
    "_words": _CUT,
    "_pairs": _CUT,
    "_starts": _WHOLE,
    "_text": _SPELLED,
}


def solid(term: str) -> str:
    """A term as the server holds it: a blank would separate."""
    return term.replace(" ", _JOINT)


def spelled(text: str) -> str:
    """A text as it is kept for phrases: each Han character and each other word, with blanks between."""
    return " ".join(_TOKEN.findall(normalise(text).text))


def _repeated(weights: Weights[str, float]) -> str:
    """Terms with blanks between, each as often as it weighs, once at least."""
    return " ".join(solid(term) for term, weight in weights.items() for _ in range(max(round(weight), 1)))


def terms_of(document: Document) -> dict[str, Any]:
    """What an engine would keep of a document, as the server keeps it."""
    number = int(document.key) if document.key.isascii() and document.key.isdecimal() else None
    return {
        "pk": document.key,
        "_number": number if number is None or number <= LARGEST_NUMBER else None,
        "_fingerprint": document.fingerprint,
        "_words": _repeated(document.words),
        "_pairs": _repeated(document.pairs),
        "_starts": sorted(document.starts),
    }


class Mapping(OpenSearch3Mapping):
    """The library's mapping with our terms for its texts; a field's own column serves searches in that field alone."""

    def get_field_mapping(self, field: Any) -> tuple[str, dict[str, Any]]:
        if isinstance(field, RelatedFields):
            name, nested = super().get_field_mapping(_filters_of(field))
            return str(name), nested
        name, column = super().get_field_mapping(field)
        if isinstance(field, AutocompleteField):
            column = _WHOLE
        elif isinstance(field, SearchField):
            column = _SPELLED
        return str(name), column

    def get_mapping(self) -> dict[str, Any]:
        """The server's definition of the model's fields. What is not in it is kept, but found by nothing."""
        own = dict(map(self.get_field_mapping, self.model.get_search_fields()))
        return {"dynamic": False, "properties": OURS | own}

    def get_document(self, obj: Model, office: OfficeWords | None = None) -> dict[str, Any]:
        """An object as the server gets it, cut by these words of the office, the ones of now unless given."""
        fields, offered = contents(obj)
        office = vocabulary.current().office if office is None else office
        return (
            dict(self._columns(obj))
            | terms_of(document(str(obj.pk), fields, offered, office))
            | {
                "_django_content_type": self.get_all_content_types(),
                "_text": [spelled(text) for text, _ in fields],
            }
        )

    def _columns(self, obj: Any) -> Iterator[tuple[str, Any]]:
        for field in self.model.get_search_fields():
            if isinstance(field, AutocompleteField):
                written = texts(field.get_value(obj))
                value: Any = sorted({term for text in written for term in starts(normalise(text).text)})
            elif isinstance(field, SearchField):
                value = [spelled(text) for text in texts(field.get_value(obj))]
            else:
                kept = _filters_of(field) if isinstance(field, RelatedFields) else field
                _, value, _ = self._get_document_field_data(kept, obj)
            yield self.get_field_column_name(field), value


def _filters_of(field: RelatedFields) -> RelatedFields:
    """A relation with its filters alone: its texts are found with those of the object."""
    inner = [_filters_of(each) if isinstance(each, RelatedFields) else each for each in field.fields]
    return RelatedFields(field.field_name, [each for each in inner if isinstance(each, FilterField | RelatedFields)])
