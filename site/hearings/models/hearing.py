"""The hearing itself: what it is about, when and where, who sits there, and the notices that announced it."""

import uuid
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from hearings.enums import BEFORE_THE_SESSION, HearingState, OfficerRole, PostingKind
from suite.state import StatefulModel, state_field


class Hearing(StatefulModel):
    """One efficiency hearing 效能听证 (requirement H)."""

    state = state_field(HearingState, HearingState.COLLECTING)
    public_id = models.UUIDField(_("public number"), default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=80, help_text=_("For example: 2026年下半年第一次效能听证会"))
    about = models.TextField(_("what it is about"), max_length=1000, help_text=_("In everyday words, for the notice."))
    host = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", verbose_name=_("held by"))
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    place = models.CharField(_("meeting place"), max_length=100, blank=True)
    sign_up_until = models.DateTimeField(_("sign-up until"), null=True, blank=True)
    invited_seats = models.PositiveSmallIntegerField(_("invited seats"), default=0, validators=[MaxValueValidator(200)])
    begun_at = models.DateTimeField(_("opened"), null=True, editable=False)
    held_at = models.DateTimeField(_("finished"), null=True, editable=False)
    reason = models.CharField(_("reason for postponing or cancelling"), max_length=300, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
        ordering = ["-starts_at", "-pk"]
        permissions = [
            ("run_hearing", _("Can run hearings")),
            ("record_session", _("Can record a hearing's session")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def seats(self) -> int:
        """All seats, of villages and invited."""
        return self.invited_seats + sum(quota.seats for quota in self.quotas.all())

    @transition(
        "state",
        source=[HearingState.COLLECTING, HearingState.POSTPONED],
        target=HearingState.PLANNED,
        custom={"label": _("Plan")},
    )
    def to_planned(self) -> None: ...

    @transition(
        "state",
        source=[HearingState.NOTIFIED, HearingState.FIXED],
        target=HearingState.PLANNED,
        custom={"label": _("Change what was announced")},
    )
    def to_replanned(self) -> None: ...

    @transition("state", source=HearingState.PLANNED, target=HearingState.NOTIFIED, custom={"label": _("Notify")})
    def to_notified(self) -> None: ...

    @transition(
        "state", source=HearingState.NOTIFIED, target=HearingState.FIXED, custom={"label": _("Fix representatives")}
    )
    def to_fixed(self) -> None: ...

    @transition("state", source=HearingState.FIXED, target=HearingState.HELD, custom={"label": _("Close the session")})
    def to_held(self) -> None: ...

    @transition(
        "state", source=HearingState.HELD, target=HearingState.PUBLISHED, custom={"label": _("Publish minutes")}
    )
    def to_published(self) -> None: ...

    @transition("state", source=HearingState.PUBLISHED, target=HearingState.FOLLOWING, custom={"label": _("Follow up")})
    def to_following(self) -> None: ...

    @transition(
        "state", source=HearingState.FOLLOWING, target=HearingState.CLOSED, custom={"label": _("Close the hearing")}
    )
    def to_closed(self) -> None: ...

    @transition(
        "state", source=list(BEFORE_THE_SESSION), target=HearingState.POSTPONED, custom={"label": _("Postpone")}
    )
    def to_postponed(self) -> None: ...

    @transition(
        "state",
        source=[HearingState.COLLECTING, HearingState.POSTPONED, *BEFORE_THE_SESSION],
        target=HearingState.CANCELLED,
        custom={"label": _("Cancel")},
    )
    def to_cancelled(self) -> None: ...


class SeatQuota(models.Model):
    """So many seats for volunteers of one village."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="quotas")
    village = models.ForeignKey(
        "organisation.Unit", models.PROTECT, related_name="+", verbose_name=_("village or community")
    )
    seats = models.PositiveSmallIntegerField(_("seats"), validators=[MinValueValidator(1), MaxValueValidator(100)])

    class Meta:
        verbose_name = _("seats of a village")
        verbose_name_plural = _("seats of villages")
        ordering = ["village__order", "village_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "village"],
                name="one_quota_for_a_village",
                violation_error_message=_("This village has its line already: change the number there."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.village} {self.seats}"


class Officer(models.Model):
    """A leader or cadre who answers, chairs or writes the minutes."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="officers")
    person = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+", verbose_name=_("person"))
    role = models.CharField(
        _("role in the hearing"), max_length=10, choices=OfficerRole.choices, default=OfficerRole.OFFICER
    )
    present = models.BooleanField(_("present"), null=True, editable=False)

    class Meta:
        verbose_name = _("hearing officer")
        verbose_name_plural = _("hearing officers")
        ordering = ["role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "person"],
                name="one_line_for_an_officer",
                violation_error_message=_("This person is on the list already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.get_role_display()}）"


class Notice(models.Model):
    """One announcement of one day, place and set of topics. What is changed afterwards needs another.

    ``facts`` are what it announced: ``starts_at`` (ISO), ``place``, ``topics`` (their keys). The notice period runs
    from the later of ``page_at`` and the first posting.
    """

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="notices")
    number = models.PositiveSmallIntegerField(_("number of the notice"))
    facts = models.JSONField(_("what was announced"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    page_at = models.DateTimeField(_("page published"), null=True)
    replaced_at = models.DateTimeField(_("replaced at"), null=True)
    reason = models.CharField(_("why it was replaced"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("notice of a hearing")
        verbose_name_plural = _("notices of hearings")
        ordering = ["hearing", "number"]
        constraints = [
            models.UniqueConstraint(fields=["hearing", "number"], name="notices_are_counted"),
            models.UniqueConstraint(
                fields=["hearing"], condition=models.Q(replaced_at=None), name="one_notice_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hearing} {self.number}"


class Posting(models.Model):
    """A notice on paper or by broadcast: where, when, signed by whom. It stays as it was signed."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="postings")
    kind = models.CharField(_("how"), max_length=10, choices=PostingKind.choices, default=PostingKind.POSTER)
    village = models.ForeignKey(
        "organisation.Unit",
        models.PROTECT,
        related_name="+",
        verbose_name=_("village or community"),
        null=True,
        blank=True,
    )
    place = models.CharField(_("where"), max_length=100, help_text=_("For example: 村委会门口公告栏"))
    posted_at = models.DateTimeField(_("when"))
    signed_by = models.CharField(_("signed by"), max_length=40)
    photo = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("photo")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["posted_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.place}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A posting is evidence: refuse a second save."""
        if not self._state.adding:
            raise ValueError("a posting is never changed")
        super().save(*args, **kwargs)
