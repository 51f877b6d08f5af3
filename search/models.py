"""What the office adds to the search: words that mean the same, and words that its dictionary lacks."""

import re
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from search.analysis import normalise
from search.analysis.words import HAN, known
from search.attachments.models import FileText  # noqa: F401 (Django looks for models here)
from search.enums import ReindexingState
from search.misses.models import Miss  # noqa: F401 (Django looks for models here)
from suite.background.models import BackgroundWork
from suite.state import state_field

# More wordings of one question than are ever asked.
MOST_WORDS = 8
LONGEST = 30
# So many of the words of a re-indexing are named.
SHOWN = 10
_ONE_WORD = re.compile(f"[{HAN}]{{2,}}")
# What people put between words of a list.
_BETWEEN = re.compile(r"[\s、，,；;=＝]+")


class VocabularyVersion(models.Model):
    """One row, another token with every change of the office's words: what processes look at.

    A number that counts up would come twice where the change that first had it is rolled back.
    """

    token = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("version of the search words")
        verbose_name_plural = _("versions of the search words")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.token)

    @classmethod
    def change(cls) -> None:
        """Every process reads the words anew once the current transaction is committed."""
        cls.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4()})


class Synonym(models.Model):
    """Words that mean the same, or one word that leads to others; applied to questions, at once."""

    words = models.CharField(
        _("words"),
        max_length=300,
        help_text=_("Two to eight words that mean the same, with commas between them: 低保、最低生活保障"),
    )
    one_way = models.BooleanField(
        _("only from the first to the others"),
        default=False,
        help_text=_(
            "Who types the first word also finds the others; who types one of the others does not find the first."
        ),
    )

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words

    def each_word(self) -> list[str]:
        """The words as they were typed."""
        return [word for word in _BETWEEN.split(self.words) if word]

    def clean(self) -> None:
        """Raises ValidationError for words that can't work, and for what would be a chain."""
        typed = self.each_word()
        self.words = "、".join(typed)
        if not 1 < len(typed) <= MOST_WORDS:
            self._refuse(gettext("Give two to eight words, with commas between them."))
        for word in typed:
            self._check_word(word)
        forms = [normalise(word).text for word in typed]
        for position, form in enumerate(forms):
            if form in forms[:position]:
                self._refuse(
                    gettext("“%(word)s” stands here twice, perhaps in Traditional characters; leave one out.")
                    % {"word": typed[position]}
                )
        for row in Synonym.objects.exclude(pk=self.pk):
            self._check_beside(row, dict(zip(forms, typed, strict=True)))

    def _check_word(self, word: str) -> None:
        form = normalise(word).text
        if not re.search(r"\w", form.replace("_", "")):
            self._refuse(gettext("“%(word)s” is only punctuation; give a word.") % {"word": word})
        if len(form) < 2:  # noqa: PLR2004 (one character is part of far too many words)
            self._refuse(
                gettext("“%(word)s” is a single character and stands in too many other words; give a longer word.")
                % {"word": word}
            )
        if len(word) > LONGEST:
            self._refuse(gettext("“%(word)s” is too long for one word; put commas between the words.") % {"word": word})

    def _check_beside(self, row: "Synonym", words: dict[str, str]) -> None:
        """Words of two rows would make a chain, except that two words may lead to the same one."""
        theirs = [normalise(word).text for word in row.each_word()]
        for position, (form, word) in enumerate(words.items()):
            if form not in theirs:
                continue
            if self.one_way and row.one_way and position and theirs.index(form):
                continue
            self._refuse(
                gettext("“%(word)s” already stands in “%(row)s”. Put the words that belong together into that one row.")
                % {"word": word, "row": row.words}
            )

    def _refuse(self, text: str) -> None:
        raise ValidationError({"words": text})


class OfficeWord(models.Model):
    """A word by which texts and questions are cut, as a general dictionary does not know it."""

    word = models.CharField(
        _("word"),
        max_length=LONGEST,
        unique=True,
        error_messages={"unique": _("This word is already there.")},
        help_text=_("One word of two to thirty Chinese characters, as it stands in your documents: 湖长制"),
    )

    class Meta:
        verbose_name = _("word of the dictionary")
        verbose_name_plural = _("words of the dictionary")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.word

    def clean_fields(self, exclude: Any = None) -> None:
        """Raises ValidationError for what is no word, and for one that is known without the office's doing."""
        self.word = normalise(self.word.strip()).text
        super().clean_fields(exclude)
        if refused := self.refusal():
            raise ValidationError({"word": refused})

    def refusal(self) -> str:
        """Why this can't be a word of the office; empty where it can. Takes its one form on the way."""
        self.word = normalise(self.word.strip()).text
        if not _ONE_WORD.fullmatch(self.word):
            return gettext("Write one word: two characters or more, only Chinese ones, nothing between them.")
        if known(self.word):
            return gettext("The search knows “%(word)s” already; there is nothing to be done.") % {"word": self.word}
        return ""


class Reindexing(BackgroundWork):
    """Documents that hold words which came or went are written anew.

    ``words``: which words it was ordered for; what is really to be done the indexes know. ``done`` of ``total``:
    documents. ``place``: where to go on: {task: [index, its folder, version of the words, words], after: key}.
    """

    at_work = (ReindexingState.RUNNING,)

    # Nobody's: it is ordered by whatever changes a word, and stays when an account goes.
    requested_by = None
    state = state_field(ReindexingState, ReindexingState.RUNNING)
    words = models.JSONField(default=list, editable=False)
    place = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("re-indexing")
        verbose_name_plural = _("re-indexings")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        more = "…" if len(self.words) > SHOWN else ""
        return "、".join(self.words[:SHOWN]) + more

    @transition("state", source=ReindexingState.RUNNING, target=ReindexingState.DONE)
    def to_done(self) -> None: ...

    @transition("state", source=ReindexingState.RUNNING, target=ReindexingState.FAILED)
    def to_failed(self) -> None: ...


@receiver([post_save, post_delete], sender=Synonym)
@receiver([post_save, post_delete], sender=OfficeWord)
def words_changed(sender: Any, **kwargs: Any) -> None:
    """All processes take the change over with their next question."""
    VocabularyVersion.change()
