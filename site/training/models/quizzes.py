"""Quizzes: what is asked, in versions that never change once somebody has begun, and what people answered."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from suite.autosave.models import KeptDraft
from suite.state import StatefulModel, state_field
from training.enums import AttemptState, Explained, QuestionKind, QuizState

from .whom import Whom

LONGEST_QUESTION, LONGEST_OPTION, LONGEST_ANSWER, LONGEST_EXPLANATION = 600, 200, 100, 600
# As many options as there are columns for them in the workbook, A to F.
MOST_OPTIONS = 6


def new_seed() -> str:
    """What decides which questions an attempt draws, and their order: 128 bits."""
    return secrets.token_hex(16)


class QuizRules(models.Model):
    """How a quiz is taken. Kept by the quiz for its next version, and by each version for good."""

    drawn = models.PositiveSmallIntegerField(
        _("questions asked"),
        default=0,
        help_text=_("So many are drawn for each person. Zero: all."),
        validators=[MaxValueValidator(100)],
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark (%)"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes allowed"),
        default=0,
        help_text=_("Zero: as long as it takes."),
        validators=[MaxValueValidator(600)],
    )
    explained = models.CharField(
        _("answers are explained"), max_length=5, choices=Explained.choices, default=Explained.EACH
    )

    class Meta:
        abstract = True


class Quiz(Whom, QuizRules, StatefulModel):
    """A quiz that roles, units or people are asked to pass. ``tries``: over all versions, zero as many as one likes."""

    state = state_field(QuizState, QuizState.DRAFT)
    title = models.CharField(_("title"), max_length=80)
    about = models.CharField(pgettext_lazy("quiz", "what it is about"), max_length=300, blank=True)
    material = models.ForeignKey(
        "training.MaterialPage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="quizzes",
        verbose_name=_("material"),
        help_text=_("What is to be read first; it is linked above the questions."),
    )
    course = models.ForeignKey(
        "training.Course", models.PROTECT, null=True, blank=True, related_name="quizzes", verbose_name=_("course")
    )
    due_on = models.DateField(_("to be passed by"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(
        pgettext_lazy("quiz", "tries"),
        default=3,
        help_text=_("Counted over all versions of the quiz. Zero: as many as one likes."),
        validators=[MaxValueValidator(20)],
    )
    opened_at = models.DateTimeField(_("opened at"), null=True, editable=False)

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @transition("state", source=QuizState.DRAFT, target=QuizState.OPEN, custom={"label": _("Open the quiz")})
    def to_open(self) -> None: ...

    @transition("state", source=QuizState.OPEN, target=QuizState.CLOSED, custom={"label": _("Close the quiz")})
    def to_closed(self) -> None: ...

    @transition("state", source=QuizState.CLOSED, target=QuizState.OPEN, custom={"label": _("Open it again")})
    def to_reopened(self) -> None: ...


class QuizVersion(QuizRules):
    """The questions as they were asked from a moment on. ``issued_at`` None: the one that is being written."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="versions", verbose_name=_("quiz"))
    number = models.PositiveSmallIntegerField(_("version"))
    issued_at = models.DateTimeField(_("asked since"), null=True, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("version of a quiz")
        verbose_name_plural = _("versions of quizzes")
        ordering = ["quiz", "number"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "number"], name="quiz_version_number_once"),
            models.UniqueConstraint(
                fields=["quiz"], condition=models.Q(issued_at__isnull=True), name="one_quiz_version_being_written"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} {self.number}"


class Question(KeptDraft):
    """One question. While its version is being written it holds whatever is typed; issued, it is complete and stays.

    ``options`` and ``right`` (their places, from 0) for kinds with options; ``right`` is [0] or [1] for a statement
    that is right or wrong; ``accepted`` for short texts, each an answer that counts.
    """

    quiz_version = models.ForeignKey(
        QuizVersion, models.CASCADE, related_name="questions", verbose_name=_("version of a quiz")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(
        _("kind of question"), max_length=8, choices=QuestionKind.choices, default=QuestionKind.SINGLE
    )
    text = models.TextField(pgettext_lazy("quiz", "question"), max_length=LONGEST_QUESTION, blank=True)
    options = models.JSONField(_("answers to choose from"), default=list, blank=True)
    right = models.JSONField(_("right answers"), default=list, blank=True)
    accepted = models.JSONField(_("answers that count"), default=list, blank=True)
    explanation = models.TextField(_("explanation"), max_length=LONGEST_EXPLANATION, blank=True)
    fixed = models.BooleanField(_("answers stay in this order"), default=False)

    class Meta:
        verbose_name = _("quiz question")
        verbose_name_plural = _("quiz questions")
        ordering = ["quiz_version", "number"]
        constraints = [models.UniqueConstraint(fields=["quiz_version", "number"], name="question_number_once")]

    def __str__(self) -> str:
        return self.text


class Attempt(KeptDraft, StatefulModel):
    """One try of one person at one version. What it scored is counted from its answers."""

    state = state_field(AttemptState, AttemptState.RUNNING)
    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="attempts", verbose_name=_("quiz"))
    quiz_version = models.ForeignKey(
        QuizVersion, models.PROTECT, related_name="attempts", verbose_name=_("version of a quiz")
    )
    person = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+", verbose_name=_("person"))
    number = models.PositiveSmallIntegerField(pgettext_lazy("quiz", "try"))
    seed = models.CharField(max_length=32, default=new_seed, editable=False)
    began_at = models.DateTimeField(_("began at"), default=timezone.now, editable=False)
    ends_by = models.DateTimeField(_("time is over at"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)

    class Meta:
        verbose_name = _("try at a quiz")
        verbose_name_plural = _("tries at quizzes")
        ordering = ["quiz", "person", "number"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "person", "number"], name="quiz_try_number_once"),
            models.UniqueConstraint(
                fields=["quiz", "person"],
                condition=models.Q(state=AttemptState.RUNNING),
                name="one_quiz_try_under_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} {self.person} {self.number}"

    @property
    def ran_out(self) -> bool:
        """Whether it ended because its time was over."""
        return self.ends_by is not None and self.ended_at == self.ends_by

    @transition(
        "state", source=AttemptState.RUNNING, target=AttemptState.MARKING, custom={"label": _("Hand in for marking")}
    )
    def to_marking(self) -> None: ...

    @transition(
        "state",
        source=[AttemptState.RUNNING, AttemptState.MARKING],
        target=AttemptState.ENDED,
        custom={"label": _("End the try")},
    )
    def to_ended(self) -> None: ...


class Answer(models.Model):
    """A question that an attempt drew, in its place. ``order``: the options' numbers as they are shown; ``given``:
    numbers of options as in the question, or one text; ``correct`` None: not marked yet."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers", verbose_name=_("try at a quiz"))
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", verbose_name=_("quiz question"))
    place = models.PositiveSmallIntegerField(_("place"))
    order = models.JSONField(default=list, editable=False)
    given = models.JSONField(pgettext_lazy("quiz", "answer"), default=list, blank=True)
    correct = models.BooleanField(pgettext_lazy("quiz", "right"), null=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    marked_at = models.DateTimeField(_("marked at"), null=True, editable=False)

    class Meta:
        verbose_name = _("answer in a quiz")
        verbose_name_plural = _("answers in quizzes")
        ordering = ["attempt", "place"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "place"], name="quiz_answer_place_once"),
            models.UniqueConstraint(fields=["attempt", "question"], name="quiz_question_drawn_once"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt} {self.place}"


class QuestionImport(models.Model):
    """A workbook that was read and not yet taken over. ``questions``: what was read; ``report``: {problems, notes,
    more}; ``replaces``: whether the questions take the place of those that are being written; ``before``: the
    fingerprint of these when the file was read."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="+", verbose_name=_("quiz"))
    file_name = models.CharField(_("file"), max_length=200)
    replaces = models.BooleanField(default=False)
    questions = models.JSONField(default=list, editable=False)
    report = models.JSONField(default=dict, editable=False)
    before = models.CharField(max_length=64, editable=False)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    requested_at = models.DateTimeField(_("read at"), default=timezone.now)

    class Meta:
        verbose_name = _("import of questions")
        verbose_name_plural = _("imports of questions")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.file_name
