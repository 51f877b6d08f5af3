"""Evidence: who cleared what, and which scheduled page was refused. Written only by the domain functions."""

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision


class BatchDecision(models.Model):
    """Two people's one decision about all rows of a file, made at an import."""

    name = models.CharField(_("name"), max_length=200)
    file_hash = models.CharField(_("SHA-256 of the file"), max_length=64)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("checked by")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("approved by")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("batch decision")
        verbose_name_plural = _("batch decisions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(checked_by=F("approved_by")), name="batch_checked_and_approved_by_two_people"
            ),
            models.UniqueConstraint(
                fields=["name", "file_hash", "checked_by", "approved_by"], name="one_batch_decision"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rows(self) -> int:
        """How many pages this decision cleared so far."""
        return self.clearances.count()


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    def waiting(self) -> Self:
        """Given, not used yet and not taken back."""
        return self.filter(went_live_at=None, withdrawn_at=None)

    def used(self) -> Self:
        """Those with which a page went live, newest first."""
        return self.filter(went_live_at__isnull=False).order_by("-went_live_at", "-pk")


class Clearance(models.Model):
    """放行: two people who wrote none of it passed exactly this content. It opens the gate once.

    ``authors`` lists who wrote in this round as ``{"id", "name"}``, kept as it was when somebody leaves.
    """

    page = models.ForeignKey(Page, models.SET_NULL, null=True, related_name="clearances", verbose_name=_("page"))
    revision = models.ForeignKey(
        Revision, models.SET_NULL, null=True, related_name="clearances", verbose_name=_("revision")
    )
    digest = models.CharField(_("SHA-256 of the content"), max_length=64)
    authors = models.JSONField(_("authors"), default=list)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("checked by")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("approved by")
    )
    batch = models.ForeignKey(
        BatchDecision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clearances",
        verbose_name=_("batch decision"),
    )
    given_at = models.DateTimeField(_("given at"), auto_now_add=True)
    went_live_at = models.DateTimeField(_("went live at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        indexes = [models.Index(fields=["page", "went_live_at"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(checked_by=F("approved_by")), name="checked_and_approved_by_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.digest[:12]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse evidence that proves nothing, and changes to evidence that was given."""
        if self.pk is None:
            self._check_people()
        elif not set(kwargs.get("update_fields") or ["all"]) <= {"went_live_at", "withdrawn_at"}:
            raise ValidationError(_("A clearance that was given is not changed; a new round gives a new one."))
        super().save(*args, **kwargs)

    def _check_people(self) -> None:
        passed = [self.checked_by_id, self.approved_by_id]
        if None in passed or passed[0] == passed[1]:
            raise ValidationError(_("A clearance needs two different people: one who checked and one who approved."))
        if {author["id"] for author in self.authors} & set(passed):
            raise ValidationError(_("Nobody clears their own text: one of the two is among the authors."))


class UnchangedRevision(models.Model):
    """A revision that shows readers nothing new: who saved it, to comment for example, is no author by that."""

    revision = models.OneToOneField(
        Revision, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="+"
    )

    class Meta:
        verbose_name = _("revision without a change")
        verbose_name_plural = _("revisions without a change")

    def __str__(self) -> str:
        return str(self.revision_id)


class ScheduleRefusal(models.Model):
    """A scheduled page that the gate refused on its day; stays on the desks until the page is taken up again."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="schedule_refusals", verbose_name=_("page"))
    go_live_at = models.DateTimeField(_("was to go live at"))
    reason = models.TextField(_("reason"))
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("authors and approver"))
    refused_at = models.DateTimeField(_("refused at"), auto_now_add=True)
    settled_at = models.DateTimeField(_("taken up again at"), null=True, blank=True)

    class Meta:
        verbose_name = _("refused schedule")
        verbose_name_plural = _("refused schedules")

    def __str__(self) -> str:
        return f"{self.page}: {self.reason}"
