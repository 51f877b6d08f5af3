"""What the list of the office's words shows besides the words."""

import re
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search import vocabulary
from search.analysis import OfficeWords, normalise
from search.analysis.words import sliced
from search.models import OfficeWord, Reindexing
from search.permissions import user_can_see_words
from suite.background import following as screens
from suite.background.domain.telling import progress_text

# A sentence to try; longer ones are texts.
LONGEST_SENTENCE = 200
_WRITTEN = re.compile(r"\w")


@dataclass(frozen=True)
class Slice:
    """A part of a sentence as the dictionary cuts it, without punctuation. ``ours``: a word of the office's own."""

    text: str
    ours: bool


@dataclass(frozen=True)
class Trial:
    """How a sentence is cut now, and how it would be with one more word.

    ``refused``: why that word can't be added; ``known``: it is there already.
    """

    sentence: str = ""
    word: str = ""
    now: tuple[Slice, ...] = ()
    then: tuple[Slice, ...] = ()
    refused: str = ""
    known: bool = False


def trial(request: HttpRequest) -> Trial:
    """What GET ?sentence=…&with=… asks to try. Nothing is kept."""
    sentence = request.GET.get("sentence", "").strip()[:LONGEST_SENTENCE]
    office = vocabulary.current().office
    row = OfficeWord(word=request.GET.get("with", "").strip()[:LONGEST_SENTENCE])
    if not row.word:
        return Trial(sentence, now=_cut(sentence, office))
    if normalise(row.word).text in office:
        return Trial(sentence, row.word, _cut(sentence, office), known=True)
    refused = row.refusal()
    then = () if refused else _cut(sentence, office | {row.word})
    return Trial(sentence, row.word, _cut(sentence, office), then, refused)


def _cut(sentence: str, office: OfficeWords) -> tuple[Slice, ...]:
    slices = sliced(normalise(sentence).text, office) if sentence else []
    return tuple(Slice(text, text in office) for text in slices if _WRITTEN.search(text))


def following(request: HttpRequest) -> screens.Following | None:
    """The re-indexing that is under way, as the list shows it."""
    record = Reindexing.objects.filter(state__in=Reindexing.at_work).first()
    if record is None:
        return None
    address = reverse("search_words_progress", args=[record.pk])
    label = _("Pages and files with new or deleted words are being re-indexed: %(words)s") % {"words": record}
    return screens.follow(request, record, label, progress_text(record, timezone.now()), address)


@require_safe
def progress(request: HttpRequest, key: int) -> JsonResponse:
    """How far a re-indexing is, for the script on the list."""
    if not user_can_see_words(request.user):
        raise PermissionDenied
    record = get_object_or_404(Reindexing, pk=key)
    return screens.progress(record, progress_text(record, timezone.now()))
