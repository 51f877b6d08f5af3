"""Required reading: what is asked of whom, what was shown to whom, and who confirmed which version."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from suite.state import StatefulModel, state_field
from training.enums import RequirementState

from .materials import MaterialPage, MaterialVersion
from .whom import Whom


class Requirement(StatefulModel, Whom):
    """A material that roles, units or people are to read by the end of a day. Who has, is computed, never stored."""

    state = state_field(RequirementState, RequirementState.ACTIVE)
    material = models.ForeignKey(
        MaterialPage, models.PROTECT, related_name="requirements", verbose_name=_("material to read")
    )
    due = models.DateField(_("to be read by"), help_text=_("Until the office closes on that day."))
    reason = models.CharField(
        _("why it is to be read"), max_length=200, help_text=_("Everybody who is asked sees it on the desk.")
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdrawn_because = models.CharField(_("reason for withdrawing"), max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("required reading")
        verbose_name_plural = _("required reading")
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return f"{self.material.title} {self.due}"

    @transition(
        "state",
        source=RequirementState.ACTIVE,
        target=RequirementState.WITHDRAWN,
        custom={"label": pgettext_lazy("required reading", "Withdraw")},
    )
    def to_withdrawn(self) -> None: ...


class SheetShown(models.Model):
    """What of a version somebody was shown: ``numbers`` of sheets from 1, 0 for the end of its text, -1 for its video.

    ``opened_at``: when the page with its video was first opened; ``watched``: what of the video was played, as parts
    [from, to] in seconds, in order, none touching another.
    """

    person = models.ForeignKey("organisation.Person", models.CASCADE, related_name="+", verbose_name=_("person"))
    version = models.ForeignKey(MaterialVersion, models.CASCADE, related_name="shown", verbose_name=_("version"))
    numbers = models.JSONField(_("sheets"), default=list)
    opened_at = models.DateTimeField(_("video opened at"), null=True)
    watched = models.JSONField(_("parts of the video that were played"), default=list)

    class Meta:
        verbose_name = _("sheets shown")
        verbose_name_plural = _("sheets shown")
        constraints = [models.UniqueConstraint(fields=["person", "version"], name="sheets_shown_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.version}"


class ReadingConfirmation(models.Model):
    """Somebody said, once everything had been shown to them, that they had read a version. Never changed or deleted:
    what hangs together with it cannot be deleted either."""

    person = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+", verbose_name=_("person"))
    version = models.ForeignKey(
        MaterialVersion, models.PROTECT, related_name="confirmations", verbose_name=_("version")
    )
    at = models.DateTimeField(_("confirmed at"), default=timezone.now)

    class Meta:
        verbose_name = _("confirmation of reading")
        verbose_name_plural = _("confirmations of reading")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "version"], name="read_version_confirmed_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.version}"
