"""Who was there: the time in which codes count, each person once, the heads that were counted, and what follows."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from suite.state import StatefulModel, state_field
from training.enums import AttendanceState, AttendanceWay, CertificateState

from .courses import Enrolment, Session


class AttendanceWindow(models.Model):
    """While the codes of a session count: from ``opened_at`` to ``until``. Opened again it is the same row."""

    session = models.OneToOneField(Session, models.CASCADE, related_name="window", verbose_name=_("training session"))
    opened_at = models.DateTimeField(_("opened at"))
    until = models.DateTimeField(_("until"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("opened by")
    )

    class Meta:
        verbose_name = _("attendance window")
        verbose_name_plural = _("attendance windows")

    def __str__(self) -> str:
        return str(self.session)


class Attendance(StatefulModel):
    """Somebody was there: a person of the directory, an enrolled villager, or a visitor with a name. Never deleted.

    ``device``: of who came by code, a keyed hash of the device's cookie; a device stands for one person of a session
    even after that person was struck out. ``answered``: whether they gave feedback; which one it is, nothing says.
    """

    state = state_field(AttendanceState, AttendanceState.RECORDED)
    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances", verbose_name=_("training session"))
    person = models.ForeignKey(
        "organisation.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="training_attendances",
        verbose_name=_("person"),
    )
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, null=True, blank=True, related_name="attendances", verbose_name=_("enrolment")
    )
    name = models.CharField(_("full name"), max_length=40)
    of = models.CharField(_("village or unit"), max_length=80, blank=True)
    way = models.CharField(_("how"), max_length=10, choices=AttendanceWay.choices)
    device = models.CharField(max_length=64, blank=True, editable=False)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("recorded by")
    )
    reason = models.CharField(_("why struck out"), max_length=200, blank=True)
    answered = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=Q(person__isnull=False, state=AttendanceState.RECORDED),
                name="no_person_there_twice",
            ),
            models.UniqueConstraint(
                fields=["session", "enrolment"],
                condition=Q(enrolment__isnull=False, state=AttendanceState.RECORDED),
                name="no_enrolment_there_twice",
            ),
            models.UniqueConstraint(
                fields=["session", "name", "of"],
                condition=Q(person__isnull=True, enrolment__isnull=True, state=AttendanceState.RECORDED),
                name="no_visitor_there_twice",
            ),
            models.UniqueConstraint(
                fields=["session", "device"], condition=~Q(device=""), name="no_device_for_two_people"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @transition(
        "state", source=AttendanceState.RECORDED, target=AttendanceState.STRUCK, custom={"label": _("Strike out")}
    )
    def to_struck(self) -> None: ...


class RefusedDevice(models.Model):
    """Somebody wanted to be recorded on a device that had recorded somebody else; the trainer sees it."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="refused_devices")
    person = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+")
    used_by = models.ForeignKey(Attendance, models.CASCADE, related_name="refused_devices")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("device used by two people")
        verbose_name_plural = _("devices used by two people")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "used_by"], name="refused_device_noted_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class HeadCount(models.Model):
    """How many heads somebody counted in the room; the newest counts.

    ``recorded``: how many were recorded then. ``explanation``: why the two differ; it holds for that difference only.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="head_counts", verbose_name=_("training session"))
    number = models.PositiveSmallIntegerField(_("heads in the room"), validators=[MaxValueValidator(2000)])
    recorded = models.PositiveSmallIntegerField(_("recorded then"))
    explanation = models.CharField(_("why the numbers differ"), max_length=200, blank=True)
    counted_at = models.DateTimeField(_("counted at"), default=timezone.now)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("counted by")
    )

    class Meta:
        verbose_name = _("head count")
        verbose_name_plural = _("head counts")
        ordering = ["counted_at", "pk"]

    def __str__(self) -> str:
        return str(self.number)


class Feedback(models.Model):
    """What somebody who was there thought of it. Who, is not kept, nor when."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="feedback", verbose_name=_("training session"))
    rating = models.PositiveSmallIntegerField(
        _("how useful it was"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    words = models.CharField(_("in your own words"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")

    def __str__(self) -> str:
        return str(self.rating)


class Certificate(StatefulModel):
    """On paper, with a number of the office's register. A voided one keeps its number and the reason."""

    state = state_field(CertificateState, CertificateState.ISSUED)
    attendance = models.ForeignKey(
        Attendance, models.PROTECT, related_name="certificates", verbose_name=_("attendance")
    )
    number = models.CharField(pgettext_lazy("certificate", "number"), max_length=40, blank=True)
    issued_at = models.DateTimeField(pgettext_lazy("certificate", "issued at"), default=timezone.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("issued by")
    )
    reason = models.CharField(_("why voided"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attendance"], condition=Q(state=CertificateState.ISSUED), name="one_certificate_each"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @transition(
        "state",
        source=CertificateState.ISSUED,
        target=CertificateState.VOIDED,
        custom={"label": pgettext_lazy("certificate", "Void")},
    )
    def to_voided(self) -> None: ...
