"""What of a model's object is indexed: its declared search fields, as text, each with its boost."""

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, TypeVar

from django.apps import apps
from django.db import DatabaseError
from django.db.models import Manager, Model
from modelsearch.index import AutocompleteField, BaseField, Indexed, RelatedFields, SearchField

from search import vocabulary
from search.analysis import NO_WORDS, OfficeWords, analyse, normalise
from search.analysis.beginnings import beginnings
from search.analysis.numbers import number_term
from search.analysis.sounds import sounds
from search.analysis.words import starts
from search.engines.base import Document, Occurrences
from suite.numbering.notation import parse

logger = logging.getLogger("search")

# Objects read and analysed before the next are read; a law is about 0.2 MB while analysed.
AT_ONCE = 50
# Stands in every fingerprint. Raise it when texts are cut otherwise than before: all that was indexed is then stale.
ANALYSIS = 1
# A field that is a document number and nothing else is no longer than this.
LONGEST_NUMBER = 60
T = TypeVar("T")


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


def declared(obj: Indexed, kind: type[BaseField], names: Iterable[str] | None = None) -> Iterator[tuple[str, float]]:
    """The texts of an object's fields of one kind (SearchField or AutocompleteField), each with its boost.

    ``names`` limits it to these fields of the object itself.
    """
    for field in obj.get_search_fields():
        if names is None or field.field_name in names:
            yield from _texts_of(field, obj, kind)


def _texts_of(field: Any, obj: Any, kind: type[BaseField]) -> Iterator[tuple[str, float]]:
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


def document(
    key: str, fields: Iterable[tuple[str, float]], offered: Iterable[str] = (), office: OfficeWords = NO_WORDS
) -> Document:
    """All that an engine keeps of some texts with their boosts.

    ``offered``: texts found while someone types; ``office``: the words of the office by which texts are cut.
    """
    fields, offered = list(fields), list(offered)
    analysed = [(analyse(text, office), boost) for text, boost in fields]
    numbers = [parse(normalise(text).text) for text, _ in fields if len(text) <= LONGEST_NUMBER]
    forms = [normalise(text).text for text in offered]
    carried = [(list(map(number_term, filter(None, numbers))), 1.0)] if any(numbers) else []
    return Document(
        key,
        Occurrences([*((terms.words, boost) for terms, boost in analysed), *carried]),
        Occurrences([(terms.pairs, boost) for terms, boost in analysed]),
        frozenset(term for text in forms for term in (*starts(text), *sounds(text), *beginnings(text))),
        fingerprint(fields, offered),
        office,
    )


def fingerprint(fields: Iterable[tuple[str, float]], offered: Iterable[str]) -> int:
    """What an index keeps of a document's texts (as `document` takes them) to tell whether it is of their newest."""
    texts_as_they_are = json.dumps([ANALYSIS, [*fields], [*offered]], ensure_ascii=False)
    return int.from_bytes(blake2b(texts_as_they_are.encode("utf-8", "replace"), digest_size=4).digest())


Contents = tuple[list[tuple[str, float]], list[str]]


def contents(obj: Indexed) -> Contents:
    """All texts of an object that are indexed, as `document` takes them: with boosts, and those offered.

    The texts of the files that a page links are among them.
    """
    written = [*declared(obj, SearchField), *((text, 1.0) for text in _texts_of_files(obj))]
    return written, [text for text, _ in declared(obj, AutocompleteField)]


def _texts_of_files(obj: Any) -> Iterable[str]:
    """None on a site that has our backends alone, as that of the library's tests."""
    if not apps.is_installed("search"):
        return ()
    from search.attachments.texts import texts_of  # its models are there only once all apps are loaded

    return texts_of(obj)


def document_for(obj: Indexed, office: OfficeWords) -> Document:
    """What an engine keeps of an object, cut by these words of the office. The key is its primary key as text."""
    return document(str(obj.pk), *contents(obj), office)


def documents_for(root: type[Model], keys: Sequence[Any]) -> Iterator[Document]:
    """The documents of a model tree's objects as the database holds them now; see `objects_of`.

    All are cut by the office's words as they are when the first is asked for.
    """
    office = vocabulary.current().office
    for obj, its in _read(root, keys):
        yield document(str(obj.pk), *its, office)


def fingerprints_of(root: type[Model], keys: Sequence[Any]) -> Iterator[tuple[str, int]]:
    """Key and fingerprint of what `documents_for` would make, without cutting a word."""
    return ((str(obj.pk), fingerprint(*its)) for obj, its in _read(root, keys))


def _read(root: type[Model], keys: Sequence[Any]) -> Iterator[tuple[Any, Contents]]:
    """Objects with their texts."""
    return readable(objects_of(root, keys), contents)


def readable(objects: Iterable[Any], read: Callable[[Any], T]) -> Iterator[tuple[Any, T]]:
    """Objects with what is read of each.

    One whose text can't be had is left out, so that it keeps no other from the index.
    """
    for obj in objects:
        try:
            its = read(obj)
        except DatabaseError:
            raise
        except Exception:
            logger.exception("the text of %r can't be read, it will not be found", obj)
        else:
            yield obj, its


def objects_of(root: type[Model], keys: Sequence[Any]) -> Iterator[Any]:
    """A model tree's objects as the database holds them now, each as its own model, AT_ONCE of them in memory.

    Without those that are gone or that their model does not want indexed.
    """
    for start in range(0, len(keys), AT_ONCE):
        objects: Any = root._default_manager.filter(pk__in=keys[start : start + AT_ONCE]).order_by("pk")
        if hasattr(objects, "specific"):
            objects = objects.specific()
        wanted: dict[Any, list[Any]] = {}
        for obj in objects:
            instance = obj.get_indexed_instance()
            if instance is not None:
                wanted.setdefault(type(instance), []).append(instance)
        for model, instances in wanted.items():
            belong = set(
                model.get_indexed_objects().filter(pk__in=[i.pk for i in instances]).values_list("pk", flat=True)
            )
            yield from (instance for instance in instances if instance.pk in belong)
