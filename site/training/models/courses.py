"""Courses, their sessions, the rules by which sessions come again, and who is enrolled."""

import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from django_fsm import transition

from suite.slips.codes import new_code
from suite.slips.people import name_key
from suite.state import StatefulModel, state_field
from training.enums import CourseKind, EnrolmentState, EnrolmentWay, News, Rhythm, SessionState, Weekday


def new_secret() -> str:
    """The key of a session's rotating codes: 256 bits."""
    return secrets.token_hex(32)


class Course(models.Model):
    """What is taught. Its sessions are held on days; what villagers read about it is a `CoursePage`."""

    title = models.CharField(_("title"), max_length=80)
    kind = models.CharField(_("kind of course"), max_length=10, choices=CourseKind.choices)
    about = models.TextField(_("what is learnt"), max_length=1000, blank=True)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", verbose_name=_("held by (unit)"))
    contact = models.ForeignKey(
        "organisation.Person",
        models.PROTECT,
        related_name="+",
        verbose_name=_("responsible"),
        help_text=_("Whose desk says so where a month passes without study."),
    )
    everybody = models.BooleanField(
        _("everybody of the unit is expected"),
        default=False,
        help_text=_("Who is in the unit when sign-up opens is enrolled; nobody has to do it themselves."),
    )
    returning = models.BooleanField(
        _("for returning workers"),
        default=False,
        help_text=_("Listed under “Back home” around Spring Festival, whenever its sessions are."),
    )

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["title", "pk"]
        permissions = [
            ("run_training", _("Can run training")),
            ("view_training", _("Can see who has learnt what")),
            ("key_in_attendance", _("Can key in attendance that was taken on paper")),
        ]

    def __str__(self) -> str:
        return self.title


class SeriesRule(models.Model):
    """Sessions that come again: the n-th weekday of every month or of the first month of every quarter."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="series", verbose_name=_("course"))
    rhythm = models.CharField(_("how often"), max_length=10, choices=Rhythm.choices)
    week = models.PositiveSmallIntegerField(_("which week"), choices=[(n, str(n)) for n in range(1, 5)], default=1)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices, default=Weekday.FRIDAY)
    starts = models.TimeField(pgettext_lazy("training session", "begins"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=90, validators=[MinValueValidator(10), MaxValueValidator(600)]
    )
    place = models.CharField(pgettext_lazy("training session", "place"), max_length=100)
    trainer = models.ForeignKey("organisation.Person", models.PROTECT, related_name="+", verbose_name=_("trainer"))
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("series of sessions")
        verbose_name_plural = _("series of sessions")
        ordering = ["course", "since", "pk"]

    def __str__(self) -> str:
        return f"{self.course} {self.get_rhythm_display()}"

    def clean(self) -> None:
        if self.until and self.since and self.until < self.since:
            raise ValidationError({"until": _("The last day lies before the first: choose a later one.")})


class Session(StatefulModel):
    """One meeting of a course. Whether it is full is computed, never stored. ``seats`` 0: as many as come."""

    state = state_field(SessionState, SessionState.PLANNED)
    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions", verbose_name=_("course"))
    series = models.ForeignKey(SeriesRule, models.SET_NULL, null=True, editable=False, related_name="sessions")
    starts_at = models.DateTimeField(pgettext_lazy("training session", "begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(pgettext_lazy("training session", "place"), max_length=100)
    village = models.ForeignKey(
        "organisation.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("village or community"),
    )
    trainer = models.ForeignKey(
        "organisation.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("trainer"),
        help_text=_("Opens the attendance on the day. Leave it empty where a guest teaches and the office does that."),
    )
    guest_trainer = models.CharField(_("trainer from outside"), max_length=60, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), default=0, help_text=_("Zero: as many as come."))
    waiting_list = models.BooleanField(
        _("waiting list"),
        default=True,
        help_text=_("Who comes too late for a seat waits, and moves up by itself."),
    )
    sign_up_until = models.DateTimeField(_("sign-up until"), null=True, blank=True)
    public_id = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    secret = models.CharField(max_length=64, default=new_secret, editable=False)
    # The first day of the month that its series made it for: a month or quarter gets one, whatever became of it.
    slot = models.DateField(null=True, editable=False)
    # Rises with every change of day or place, as calendars want it.
    revision = models.PositiveSmallIntegerField(default=0, editable=False)
    moved_from = models.DateTimeField(_("moved from"), null=True, editable=False)
    moved_reason = models.CharField(_("reason for moving"), max_length=300, blank=True, editable=False)
    reason = models.CharField(_("reason for cancelling"), max_length=300, blank=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("training session")
        verbose_name_plural = _("training sessions")
        ordering = ["starts_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["series", "slot"], name="series_makes_a_session_once")]

    def __str__(self) -> str:
        return f"{self.course} {timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    @property
    def state_now(self) -> str:
        """Its state as people see it today: nobody signs up any more for what has begun."""
        now = timezone.now()
        if self.state in (SessionState.PLANNED, SessionState.OPEN) and self.starts_at <= now:
            under_way = pgettext("training session", "under way")
            return under_way if now < self.ends_at else pgettext("training session", "over, still to be closed")
        return str(self.get_state_display())

    @transition("state", source=SessionState.PLANNED, target=SessionState.OPEN, custom={"label": _("Open sign-up")})
    def to_open(self) -> None: ...

    @transition(
        "state",
        source=[SessionState.PLANNED, SessionState.OPEN],
        target=SessionState.HELD,
        custom={"label": pgettext_lazy("training session", "Close as held")},
    )
    def to_held(self) -> None: ...

    @transition(
        "state",
        source=[SessionState.PLANNED, SessionState.OPEN],
        target=SessionState.CANCELLED,
        custom={"label": _("Cancel")},
    )
    def to_cancelled(self) -> None: ...


class Enrolment(StatefulModel):
    """Somebody who wants to come: of the directory, or a villager with name and phone, which only the office sees."""

    state = state_field(EnrolmentState, EnrolmentState.ENROLLED)
    session = models.ForeignKey(Session, models.PROTECT, related_name="enrolments", verbose_name=_("training session"))
    person = models.ForeignKey(
        "organisation.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    name = models.CharField(_("full name"), max_length=40, blank=True)
    name_key = models.CharField(max_length=40, editable=False, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    village = models.ForeignKey(
        "organisation.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("village or community"),
    )
    way = models.CharField(_("how"), max_length=10, choices=EnrolmentWay.choices, default=EnrolmentWay.DESK)
    code = models.CharField(_("code"), max_length=10, unique=True, default=new_code, editable=False)
    # What they have to be told: staff on their desk until they have seen it, villagers by a call from the office.
    tell = models.CharField(_("to be told"), max_length=10, choices=News.choices, blank=True, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["entered_at", "pk"]
        indexes = [models.Index(fields=["session", "state"], name="enrolment_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=models.Q(person__isnull=False) & ~models.Q(state=EnrolmentState.WITHDRAWN),
                name="no_person_enrolled_twice",
            ),
            models.UniqueConstraint(
                fields=["session", "name_key", "phone"],
                condition=models.Q(person__isnull=True) & ~models.Q(state=EnrolmentState.WITHDRAWN),
                name="no_villager_enrolled_twice",
            ),
        ]

    def __str__(self) -> str:
        return self.person.name if self.person else self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = name_key(self.name)
        super().save(*args, **kwargs)

    @transition(
        "state", source=EnrolmentState.WAITING, target=EnrolmentState.ENROLLED, custom={"label": _("Give a seat")}
    )
    def to_enrolled(self) -> None: ...

    @transition(
        "state",
        source=[EnrolmentState.ENROLLED, EnrolmentState.WAITING],
        target=EnrolmentState.WITHDRAWN,
        custom={"label": _("Withdraw")},
    )
    def to_withdrawn(self) -> None: ...
