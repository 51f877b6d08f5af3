"""Forms of who writes quizzes; the rules are the domain's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from training.enums import QuestionKind
from training.models import Course, MaterialPage, Quiz
from training.models.quizzes import MOST_OPTIONS

from .whom import WhomForm

# What the form asks besides whom.
FIELDS = ("title", "about", "material", "course", "due_on", "pass_mark", "tries", "drawn", "minutes", "explained")
NAMED = ("roles", "units", "people")


def _of(name: str, **more: Any) -> Any:
    """The form field of a field of the model."""
    return Quiz._meta.get_field(name).formfield(**more)  # type: ignore[union-attr]  # no relation to many among them


class QuizForm(WhomForm):
    """What a quiz is about, how it is taken, and whom it asks."""

    field_order = FIELDS

    title = _of("title", help_text=_("For example: 一次性告知小测"))
    about = _of("about", widget=forms.Textarea(attrs={"rows": 2}))
    material = forms.ModelChoiceField(
        MaterialPage.objects.live().order_by("title"),
        label=Quiz._meta.get_field("material").verbose_name,
        required=False,
        empty_label=pgettext_lazy("quiz", "none"),
        help_text=Quiz._meta.get_field("material").help_text,
    )
    course = forms.ModelChoiceField(
        Course.objects.all(),
        label=Quiz._meta.get_field("course").verbose_name,
        required=False,
        empty_label=pgettext_lazy("quiz", "none"),
    )
    due_on = _of("due_on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    pass_mark = _of("pass_mark")
    tries = _of("tries")
    drawn = _of("drawn")
    minutes = _of("minutes")
    explained = _of("explained")

    def __init__(self, *args: Any, quiz: Quiz, **kwargs: Any) -> None:
        self.quiz = quiz
        initial = {name: getattr(quiz, name) for name in FIELDS}
        if quiz.pk:
            initial |= {name: list(getattr(quiz, name).values_list("pk", flat=True)) for name in NAMED}
        super().__init__(*args, initial=initial, **kwargs)

    def filled(self) -> Quiz:
        """The quiz with what a valid form holds, unsaved."""
        for name in FIELDS:
            setattr(self.quiz, name, self.cleaned_data[name])
        return self.quiz

    def named(self) -> dict[str, Any]:
        """Whom it asks."""
        return {name: self.cleaned_data[name] for name in NAMED}


class ImportForm(forms.Form):
    """A filled-in workbook of questions."""

    file = forms.FileField(
        label=_("Filled-in workbook"),
        help_text=_("An .xlsx file of at most 8 MB. It is only read at first; you see what would happen."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    replaces = forms.TypedChoiceField(
        label=_("The questions of the workbook"),
        choices=[("", _("are added to those that are there")), ("yes", _("take the place of those that are there"))],
        coerce=bool,
        empty_value=False,  # type: ignore[arg-type]  # the stubs know texts only
        required=False,
        widget=forms.RadioSelect,
    )


def question_in(posted: QueryDict) -> dict[str, Any]:
    """What the form of one question posted, by the names that `quizzes.questions.tidied` takes."""
    kind = posted.get("kind", "")
    ticked = [posted.get("truth", "")] if kind == QuestionKind.TRUTH else posted.getlist("right")
    return {
        "kind": kind,
        "text": _lines(posted.get("text", "")),
        "options": [posted.get(f"option-{number}", "") for number in range(MOST_OPTIONS)],
        "right": [int(one) for one in ticked if one in {str(number) for number in range(MOST_OPTIONS)}],
        "accepted": _lines(posted.get("accepted", "")).replace("；", "\n").split("\n"),
        "explanation": _lines(posted.get("explanation", "")),
        "fixed": "fixed" in posted,
    }


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\0", "")
