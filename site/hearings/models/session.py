"""What was said in the session, and what it came to."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from hearings.enums import CorrectionState, EntryKind, ProblemState
from suite.state import StatefulModel, state_field

from .hearing import Hearing, Officer
from .representatives import Representative
from .settings import HearingTheme
from .topics import Topic


class Problem(StatefulModel):
    """One point of the agenda: a topic from the pool, or what a representative asks."""

    state = state_field(ProblemState, ProblemState.OPEN)
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="problems", verbose_name=_("hearing"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("problem"), max_length=120)
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="problems", verbose_name=_("topic")
    )
    raised_by = models.ForeignKey(
        Representative, models.PROTECT, null=True, blank=True, related_name="problems", verbose_name=_("asked by")
    )
    village = models.ForeignKey(
        "organisation.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("village or community"),
    )
    theme = models.ForeignKey(
        HearingTheme, models.SET_NULL, null=True, blank=True, related_name="problems", verbose_name=_("theme")
    )
    conclusion = models.TextField(_("conclusion"), max_length=2000, blank=True)
    study_until = models.DateField(_("studied by the township until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    closed_at = models.DateTimeField(_("heard to the end"), null=True, editable=False)

    class Meta:
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
        ordering = ["hearing", "number"]
        constraints = [models.UniqueConstraint(fields=["hearing", "number"], name="problems_are_numbered")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @transition(
        "state", source=ProblemState.OPEN, target=ProblemState.AGREED, custom={"label": _("Declare a conclusion")}
    )
    def to_agreed(self) -> None: ...

    @transition("state", source=ProblemState.OPEN, target=ProblemState.STUDIED, custom={"label": _("No conclusion")})
    def to_studied(self) -> None: ...

    @transition(
        "state",
        source=[ProblemState.AGREED, ProblemState.STUDIED],
        target=ProblemState.OPEN,
        custom={"label": _("Take up again")},
    )
    def to_open(self) -> None: ...


class Entry(models.Model):
    """One contribution, as the clerk wrote it down. ``version`` rises with every change, ``key`` is the writer's."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="entries")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind.choices, default=EntryKind.DISCUSSION)
    representative = models.ForeignKey(
        Representative, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("representative")
    )
    officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("hearing officer")
    )
    speaker = models.CharField(_("somebody else"), max_length=40, blank=True)
    text = models.TextField(_("what was said"), max_length=5000)
    position = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    removed = models.BooleanField(default=False, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["problem", "position", "pk"]

    def __str__(self) -> str:
        return self.text[:40]


class Assent(models.Model):
    """What a representative who was present said to a conclusion: agrees, or does not."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="assents")
    representative = models.ForeignKey(Representative, models.PROTECT, related_name="assents")
    agrees = models.BooleanField(_("agrees"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("assent")
        verbose_name_plural = _("assents")
        constraints = [models.UniqueConstraint(fields=["problem", "representative"], name="one_assent_for_each")]

    def __str__(self) -> str:
        return f"{self.representative} {self.agrees}"


class Correction(StatefulModel):
    """What an officer or a representative wants changed in the minutes before they are published."""

    state = state_field(CorrectionState, CorrectionState.OPEN)
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="corrections")
    problem = models.ForeignKey(Problem, models.PROTECT, null=True, blank=True, related_name="corrections")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="corrections")
    representative = models.ForeignKey(
        Representative, models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    text = models.TextField(_("what should be changed"), max_length=2000)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    reply = models.CharField(_("why not"), max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return self.text[:40]

    @transition(
        "state", source=CorrectionState.OPEN, target=CorrectionState.TAKEN_OVER, custom={"label": _("Take over")}
    )
    def to_taken_over(self) -> None: ...

    @transition("state", source=CorrectionState.OPEN, target=CorrectionState.REFUSED, custom={"label": _("Refuse")})
    def to_refused(self) -> None: ...
