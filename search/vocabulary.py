"""The office's words as they are now, in every process: one short look at a version for each question."""

from dataclasses import dataclass, field
from uuid import UUID

from django.apps import apps
from django.db import DatabaseError

from search.analysis import NO_WORDS, OfficeWords, normalise
from search.analysis.synonyms import Synonyms


@dataclass(frozen=True)
class Vocabulary:
    """What the editor keeps, ready for use."""

    version: UUID | None = None
    synonyms: Synonyms = field(default_factory=Synonyms)
    office: OfficeWords = NO_WORDS


_current = EMPTY = Vocabulary()


def current() -> Vocabulary:
    """The vocabulary as it was last committed. Empty where its tables are wanting, as before `migrate`."""
    global _current  # noqa: PLW0603 (replaced as a whole, so threads need no lock)
    if not apps.is_installed("search"):
        return EMPTY
    from search.models import VocabularyVersion

    try:
        version = VocabularyVersion.objects.values_list("token", flat=True).first()
        if version != _current.version:
            _current = _read(version) if version else EMPTY
    except DatabaseError:
        return EMPTY
    return _current


def _read(version: UUID) -> Vocabulary:
    from search.models import OfficeWord, Synonym

    office = frozenset(OfficeWord.objects.values_list("word", flat=True))
    leads: dict[str, dict[str, None]] = {}
    for row in Synonym.objects.order_by("pk"):
        words = [normalise(word).text for word in row.each_word()]
        for word in words[:1] if row.one_way else words:
            leads.setdefault(word, {}).update(dict.fromkeys(other for other in words if other != word))
    return Vocabulary(version, Synonyms({word: tuple(others) for word, others in leads.items()}, office), office)
