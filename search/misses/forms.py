"""What the editor fills in about a question that found nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from search.misses.models import Miss
from search.models import LONGEST, Synonym

Nothing = forms.modelform_factory(Miss, fields=())


class SynonymForm(forms.Form):
    """The question as the first word of a row of synonyms, where it is one word."""

    words = Synonym._meta.get_field("words").formfield()
    one_way = Synonym._meta.get_field("one_way").formfield()

    def __init__(self, data: Any = None, files: Any = None, *, instance: Miss) -> None:
        question = instance.question
        fits = len(question) <= LONGEST and len(Synonym(words=question).each_word()) == 1
        super().__init__(data, files, initial={"words": f"{question}、" if fits else ""})
        self.fields["words"].label = _("Words that mean the same (what was asked: “%(question)s”)") % {
            "question": question
        }
