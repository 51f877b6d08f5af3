"""What follows where a promise was not kept: a notice that is approved, served, answered and closed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from commitments.enums import PENDING, Grade, NoticeState, Service
from suite.state import StatefulModel, state_field

from .commitments import Commitment, Promise

# The clocks of a notice: subject (NOTICE_CLOCK, pk); the rules name what ends.
NOTICE_CLOCK = "commitments.notice"
ANSWER_RULE = "commitments.answer"
OBJECTION_RULE = "commitments.objection"
RECTIFY_RULE = "commitments.rectify"


def _account() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")


class ServedNotice(StatefulModel):
    """One notice to one person about promises of one month that were not kept.

    ``repeats``: how many notices that stand the person had within the months of the setting when it was proposed;
    ``follows``: the notice it was escalated from. ``number`` is given when it is approved.
    """

    state = state_field(NoticeState, NoticeState.PROPOSED)
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="notices", verbose_name=_("monthly commitment")
    )
    promises = models.ManyToManyField(Promise, related_name="notices", verbose_name=_("promises not kept"))
    grade = models.CharField(_("grade"), max_length=10, choices=Grade.choices)
    grave = models.BooleanField(
        _("grave"), default=False, help_text=_("Harm was done, or people were deceived: give the facts.")
    )
    repeats = models.PositiveSmallIntegerField(_("notices before it"), default=0, editable=False)
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="successor"
    )
    facts = models.TextField(_("facts and what is asked for"), max_length=2000)
    number = models.CharField(_("document number"), max_length=60, blank=True, editable=False)
    rectify_until = models.DateField(_("to be rectified by"), null=True, blank=True)
    talk_at = models.DateTimeField(_("talk on"), null=True, blank=True)
    talk_by = models.ForeignKey(
        "organisation.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("talk held by"),
    )
    talk_record = models.TextField(_("record of the talk"), max_length=4000, blank=True, editable=False)
    proposed_by = _account()
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now, editable=False)
    approved_by = _account()
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)
    refusal = models.CharField(_("why it was not approved"), max_length=300, blank=True, editable=False)
    served_at = models.DateTimeField(_("served at"), null=True, editable=False)
    service = models.CharField(
        _("how it was served"), max_length=10, choices=Service.choices, blank=True, editable=False
    )
    served_by = _account()
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True, editable=False)
    answer_until = models.DateField(_("to be answered by"), null=True, editable=False)
    answer = models.TextField(_("answer"), max_length=4000, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    answered_by = _account()
    check_remark = models.CharField(_("what the check found"), max_length=500, blank=True, editable=False)
    checked_by = _account()
    ended_at = models.DateTimeField(pgettext_lazy("served notice", "ended at"), null=True, editable=False)

    class Meta:
        verbose_name = _("served notice")
        verbose_name_plural = _("served notices")
        ordering = ["-proposed_at", "-pk"]
        permissions = [
            ("approve_notice", _("Can approve served notices")),
            ("decide_objection", _("Can decide objections to served notices")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"],
                condition=models.Q(state__in=PENDING),
                name="one_pending_notice_of_a_commitment",
                violation_error_message=_("There is a notice about this month already: bring that one to its end."),
            )
        ]

    def __str__(self) -> str:
        """Names nobody: it stands in the log, in lists of what refers to a record, in the register of numbers."""
        return f"{self._meta.verbose_name} {self.number or self.pk}"

    @transition(
        "state",
        source=NoticeState.PROPOSED,
        target=NoticeState.APPROVED,
        custom={"label": pgettext_lazy("commitment", "Approve")},
    )
    def to_approved(self) -> None: ...

    @transition("state", source=NoticeState.PROPOSED, target=NoticeState.REFUSED, custom={"label": _("Do not approve")})
    def to_refused(self) -> None: ...

    @transition(
        "state",
        source=NoticeState.APPROVED,
        target=NoticeState.SERVED,
        custom={"label": pgettext_lazy("served notice", "Serve")},
    )
    def to_served(self) -> None: ...

    @transition(
        "state",
        source=NoticeState.SERVED,
        target=NoticeState.OBJECTED,
        custom={"label": pgettext_lazy("served notice", "Object")},
    )
    def to_objected(self) -> None: ...

    @transition(
        "state", source=NoticeState.OBJECTED, target=NoticeState.SERVED, custom={"label": _("Dismiss the objection")}
    )
    def to_dismissed(self) -> None: ...

    @transition(
        "state",
        source=NoticeState.SERVED,
        target=NoticeState.ANSWERED,
        custom={"label": pgettext_lazy("served notice", "Answer")},
    )
    def to_answered(self) -> None: ...

    @transition(
        "state", source=NoticeState.ANSWERED, target=NoticeState.SERVED, custom={"label": _("Ask for a better answer")}
    )
    def to_asked_again(self) -> None: ...

    @transition(
        "state", source=NoticeState.ANSWERED, target=NoticeState.CLOSED, custom={"label": _("Close the notice")}
    )
    def to_closed(self) -> None: ...

    @transition(
        "state",
        source=[NoticeState.SERVED, NoticeState.ANSWERED],
        target=NoticeState.ESCALATED,
        custom={"label": pgettext_lazy("served notice", "Escalate")},
    )
    def to_escalated(self) -> None: ...

    @transition(
        "state",
        source=[NoticeState.PROPOSED, NoticeState.APPROVED, NoticeState.OBJECTED],
        target=NoticeState.WITHDRAWN,
        custom={"label": _("Withdraw the notice")},
    )
    def to_withdrawn(self) -> None: ...


class Objection(models.Model):
    """The one objection a person may raise to a notice, decided by somebody who neither proposed nor approved it."""

    notice = models.OneToOneField(ServedNotice, models.PROTECT, related_name="objection")
    text = models.TextField(_("objection"), max_length=2000)
    raised_at = models.DateTimeField(_("raised at"), default=timezone.now, editable=False)
    raised_by = _account()
    upheld = models.BooleanField(_("upheld"), null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)
    decided_by = _account()
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["raised_at", "pk"]

    def __str__(self) -> str:
        """Names nobody and quotes nothing, as the notice's."""
        return f"{self._meta.verbose_name}：{self.notice}"


class EarlierAnswer(models.Model):
    """An answer that was not enough: kept as it was when the efficiency office asked for a better one."""

    notice = models.ForeignKey(ServedNotice, models.PROTECT, related_name="earlier_answers")
    text = models.TextField(_("answer"), max_length=4000)
    answered_at = models.DateTimeField(_("answered at"))
    answered_by = _account()
    remark = models.CharField(_("what was asked for"), max_length=500)
    asked_by = _account()
    asked_at = models.DateTimeField(_("asked for at"), default=timezone.now)

    class Meta:
        verbose_name = _("earlier answer")
        verbose_name_plural = _("earlier answers")
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return str(self.notice)
