"""What one person promises for one month, row by row, and how it was looked at afterwards."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from commitments.enums import (
    AmendmentState,
    CommitmentState,
    Outcome,
    Source,
    VerificationWay,
)
from suite.autosave.models import KeptDraft
from suite.state import StatefulModel, state_field

from .months import Month
from .settings import WorkKind

# What a row of the form may hold, in characters.
LONGEST_WORK, LONGEST_MEASURES, LONGEST_GOAL, LONGEST_RESULT = 200, 1000, 500, 2000


def _account() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")


class Commitment(KeptDraft, StatefulModel):
    """One person's commitment of one month, made out when the month opens (state "owed").

    ``draft``: what is being typed, a list of rows as they stand in the form (the promises before filing, the results
    afterwards), whose version `suite.autosave` keeps. ``unit``: the one it is filed and approved for; ``posts``: all
    posts held then, as the paper shows them.
    """

    # Three queries at each save while 300 people type; nothing of it is a use that Wagtail could warn of.
    wagtail_reference_index_ignore = True

    state = state_field(CommitmentState, CommitmentState.OWED)
    month = models.ForeignKey(
        Month, models.PROTECT, related_name="commitments", verbose_name=pgettext_lazy("commitment", "month")
    )
    person = models.ForeignKey(
        "organisation.Person", models.PROTECT, related_name="commitments", verbose_name=_("person")
    )
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    posts = models.CharField(_("posts"), max_length=300, blank=True)
    draft = models.JSONField(default=list, blank=True, editable=False)
    source = models.CharField(_("written"), max_length=10, choices=Source.choices, blank=True, editable=False)
    filed_at = models.DateTimeField(_("filed at"), null=True, editable=False)
    filed_by = _account()
    late = models.BooleanField(pgettext_lazy("commitment", "late"), default=False, editable=False)
    remark = models.CharField(_("remark of who returned it"), max_length=500, blank=True, editable=False)
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)
    approved_by = _account()
    approved_for = models.ForeignKey(
        "organisation.Person",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("approved on behalf of"),
    )
    reported_at = models.DateTimeField(_("result reported at"), null=True, editable=False)
    ended_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True, editable=False)
    release_reason = models.CharField(_("why it need not be filed"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("monthly commitment")
        verbose_name_plural = _("monthly commitments")
        ordering = ["-month__first", "unit__order", "unit_id", "person__sort_key", "pk"]
        permissions = [
            ("file_commitment", _("Can file their own monthly commitment")),
            ("approve_commitment", _("Can approve monthly commitments")),
            ("key_in_commitment", _("Can key in commitments that were filed on paper")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["month", "person"], name="one_commitment_a_month"),
        ]
        # Boards and figures count from it alone, without reading the rows (benchmarks/commitments_pages.py).
        indexes = [
            models.Index(
                fields=["month", "unit", "state", "late", "outcome", "approved_at"], name="commitments_of_a_board"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.month}"

    @property
    def result_is_late(self) -> bool:
        """Whether the result was first reported after the last moment for it; False while there is none."""
        return self.reported_at is not None and self.reported_at > self.month.results_until

    @transition(
        "state",
        source=[CommitmentState.OWED, CommitmentState.RETURNED],
        target=CommitmentState.FILED,
        custom={"label": pgettext_lazy("commitment", "File")},
    )
    def to_filed(self) -> None: ...

    @transition(
        "state",
        source=CommitmentState.FILED,
        target=CommitmentState.OWED,
        custom={"label": pgettext_lazy("commitment", "Take back")},
    )
    def to_taken_back(self) -> None: ...

    @transition(
        "state",
        source=CommitmentState.FILED,
        target=CommitmentState.RETURNED,
        custom={"label": pgettext_lazy("commitment", "Return")},
    )
    def to_returned(self) -> None: ...

    @transition(
        "state",
        source=CommitmentState.FILED,
        target=CommitmentState.APPROVED,
        custom={"label": pgettext_lazy("commitment", "Approve")},
    )
    def to_approved(self) -> None: ...

    @transition(
        "state",
        source=CommitmentState.APPROVED,
        target=CommitmentState.REPORTED,
        custom={"label": _("Report the result")},
    )
    def to_reported(self) -> None: ...

    @transition(
        "state",
        source=CommitmentState.REPORTED,
        target=CommitmentState.APPROVED,
        custom={"label": _("Send the result back")},
    )
    def to_unreported(self) -> None: ...

    @transition(
        "state",
        source=CommitmentState.REPORTED,
        target=CommitmentState.VERIFIED,
        custom={"label": pgettext_lazy("commitment", "Verify")},
    )
    def to_verified(self) -> None: ...

    @transition(
        "state",
        source=CommitmentState.VERIFIED,
        target=CommitmentState.ENDED,
        custom={"label": pgettext_lazy("commitment", "Decide")},
    )
    def to_ended(self) -> None: ...

    @transition(
        "state",
        source=[CommitmentState.OWED, CommitmentState.RETURNED, CommitmentState.APPROVED],
        target=CommitmentState.ENDED,
        custom={"label": _("Close without a result")},
    )
    def to_missed(self) -> None: ...

    @transition(
        "state",
        source=[CommitmentState.OWED, CommitmentState.RETURNED, CommitmentState.FILED, CommitmentState.APPROVED],
        target=CommitmentState.RELEASED,
        custom={"label": pgettext_lazy("commitment", "Release")},
    )
    def to_released(self) -> None: ...

    @transition(
        "state", source=CommitmentState.RELEASED, target=CommitmentState.OWED, custom={"label": _("Ask for it again")}
    )
    def to_owed_again(self) -> None: ...


class Promise(models.Model):
    """One row: key work 重点内容, measures 工作措施, goal 工作目标 with its day; afterwards its result.

    The text is the one that holds; `Amendment` keeps what it said before. ``origin_kind`` and ``origin_key`` name the
    open work of another plugin that was taken over, ``carried_from`` last month's unfinished row. ``claimed`` is what
    the person reports, ``outcome`` what the township decided. ``missing``: the row stands for a commitment that was
    not filed.
    """

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="promises")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.ForeignKey(
        WorkKind, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kind of work")
    )
    work = models.CharField(_("key work"), max_length=LONGEST_WORK)
    measures = models.TextField(pgettext_lazy("commitment", "measures"), max_length=LONGEST_MEASURES)
    goal = models.CharField(_("goal"), max_length=LONGEST_GOAL)
    due = models.DateField(_("to be reached by"))
    carried_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="carried_to"
    )
    origin_kind = models.CharField(max_length=50, blank=True, editable=False)
    origin_key = models.CharField(max_length=50, blank=True, editable=False)
    missing = models.BooleanField(default=False, editable=False)
    result = models.TextField(pgettext_lazy("promise", "result"), max_length=LONGEST_RESULT, blank=True)
    claimed = models.CharField(_("outcome as reported"), max_length=10, choices=Outcome.choices, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True, editable=False)
    outcome_remark = models.CharField(_("remark of the township"), max_length=500, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = _account()

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ["commitment", "number"]
        constraints = [models.UniqueConstraint(fields=["commitment", "number"], name="promises_are_numbered")]
        # What became of them is counted from it alone.
        indexes = [models.Index(fields=["commitment", "missing", "outcome", "kind"], name="promises_and_outcomes")]

    def __str__(self) -> str:
        return f"{self.number}. {self.work}"


class Amendment(StatefulModel):
    """A change of an approved promise: asked for with a reason, approved like the commitment, both texts shown.

    ``before`` and ``after``: {work, measures, goal, due (ISO)}.
    """

    state = state_field(AmendmentState, AmendmentState.PROPOSED)
    promise = models.ForeignKey(Promise, models.PROTECT, related_name="amendments")
    before = models.JSONField(pgettext_lazy("amendment", "before"))
    after = models.JSONField(pgettext_lazy("amendment", "after"))
    reason = models.CharField(_("reason"), max_length=300)
    proposed_by = _account()
    proposed_at = models.DateTimeField(_("asked for at"), default=timezone.now, editable=False)
    decided_by = _account()
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    remark = models.CharField(pgettext_lazy("amendment", "remark"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["promise"],
                condition=models.Q(state=AmendmentState.PROPOSED),
                name="one_open_amendment_of_a_promise",
            )
        ]

    def __str__(self) -> str:
        return f"{self.promise}：{self.reason}"

    @transition(
        "state",
        source=AmendmentState.PROPOSED,
        target=AmendmentState.ACCEPTED,
        custom={"label": pgettext_lazy("commitment", "Approve")},
    )
    def to_accepted(self) -> None: ...

    @transition(
        "state",
        source=AmendmentState.PROPOSED,
        target=AmendmentState.REFUSED,
        custom={"label": pgettext_lazy("amendment", "Refuse")},
    )
    def to_refused(self) -> None: ...


class Verification(models.Model):
    """What the efficiency supervisor 效能监督员 found for one promise; may be redone until all are verified."""

    promise = models.OneToOneField(Promise, models.CASCADE, related_name="verification")
    way = models.CharField(_("how it was verified"), max_length=10, choices=VerificationWay.choices)
    agrees = models.BooleanField(_("agrees with the reported outcome"))
    remark = models.CharField(_("what was found"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(_("verified at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["promise"]
        permissions = [("verify_promise", _("Can verify the results of others as efficiency supervisor"))]

    def __str__(self) -> str:
        return f"{self.promise}：{self.get_way_display()}"
