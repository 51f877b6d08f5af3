"""The table of spellings of the site: where it lies, who learns it, what it offers."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from modelsearch.index import SearchField
from wagtail.models import Page

from search import vocabulary
from search.analysis import normalise
from search.analysis.sounds import latin
from search.documents import AT_ONCE, declared
from search.spelling import Spelling

logger = logging.getLogger("search")

_guard = threading.Lock()
_loaded: tuple[tuple[str, int], Spelling | None] = (("", 0), None)


def table() -> Path:
    """The file."""
    return Path(settings.VAR_DIR) / "index" / "spelling"


def learn() -> None:
    """Learn from every page that anyone may read, so that no offer shows what a draft or an internal page says."""
    Spelling.learned(_public_texts()).save(table())


def _public_texts() -> Iterator[str]:
    keys = list(Page.objects.live().public().values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        for page in Page.objects.filter(pk__in=keys[start : start + AT_ONCE]).specific():
            yield "\n".join(text for text, _boost in declared(page, SearchField))


def suggestion(question: str) -> str | None:
    """What may have been meant; None where nothing is, and where no table has been learned yet.

    Letters find titles that sound so. A word of the office that sounds so is offered besides: it also finds what its
    synonyms find, dibao 最低生活保障.
    """
    spelling = _current()
    if spelling is None:
        return None
    known = vocabulary.current()
    if letters := latin(normalise(question).text):
        return next((word for word in known.synonyms.leads if spelling.says(word, letters)), None)
    return spelling.suggestion(question, known.office)


def _current() -> Spelling | None:
    """The table as it lies on the disk, read again when another one lies there."""
    global _loaded  # noqa: PLW0603
    path = table()
    try:
        version = (str(path), path.stat().st_mtime_ns)
        with _guard:
            if _loaded[0] != version:
                _loaded = (version, Spelling.load(path))
            return _loaded[1]
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        logger.exception("%s can't be read: run manage.py update_index", path)
        return None
