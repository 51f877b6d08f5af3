"""The office as data (requirement A): units, posts, people, and dated links between them.

``since`` and ``until`` are both inclusive: ``until`` is the last day in office. Nothing here is overwritten
when somebody moves on, so that a question about last year is answered with last year's names.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from . import validators
from .enums import AbsenceKind, AppointmentKind, Gender, ResponsibilityKind, UnitKind


class DatedQuerySet(models.QuerySet):
    """Rows with ``since`` and ``until``, both inclusive, either may be empty (unknown start, open end)."""

    def on(self, day: datetime.date | None = None) -> DatedQuerySet:
        """The rows in effect on ``day`` (today where none is given)."""
        day = day or localdate()
        return self.filter(Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day))

    def overlapping(self, since: datetime.date, until: datetime.date | None) -> DatedQuerySet:
        """The rows that share at least one day with the period."""
        rows = self.filter(Q(until__isnull=True) | Q(until__gte=since))
        return rows if until is None else rows.filter(Q(since__isnull=True) | Q(since__lte=until))


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
        name=name,
        violation_error_message=_("The last day lies before the first. Correct one of the two dates."),
    )


class Unit(models.Model):
    """A node of the organisation tree. A unit that is merged or closed keeps its row and its history."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    kind = models.CharField(_("kind of unit"), max_length=20, choices=UnitKind.choices)
    name = models.CharField(_("name"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=30, blank=True)
    duties = models.TextField(_("duties"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True, validators=[validators.public_phone])
    address = models.CharField(_("address"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    since = models.DateField(_("exists since"), null=True, blank=True)
    until = models.DateField(_("existed until"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from", verbose_name=_("merged into")
    )

    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)
    distance_km = models.DecimalField(
        _("distance to the township seat (km)"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    figures_as_of = models.DateField(_("figures as of"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["order", "pk"]
        constraints = [ends_after_it_starts("unit_ends_after_it_starts")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        validators.unit_stands_where_it_may(self)
        validators.figures_belong_to_a_village(self)

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    def exists_on(self, day: datetime.date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Post(models.Model):
    """A place in a unit, with duties and an established number 编制."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=60)
    duties = models.TextField(_("duties"), blank=True)
    established = models.PositiveSmallIntegerField(
        _("established number"),
        null=True,
        blank=True,
        help_text=_("How many people may hold this post. Leave it empty where no number is laid down."),
    )
    exclusive = models.BooleanField(
        _("holds no other post"),
        default=False,
        help_text=_("Whoever holds this post holds no other, as the director of the reception hall."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["unit__order", "unit_id", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="post_name_once_per_unit",
                violation_error_message=_("This unit already has a post of that name. Raise its established number."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.name}"

    def clean(self) -> None:
        validators.post_holds_its_people(self)


class Person(models.Model):
    """Someone who serves the township; most have an account. The work phone is published, the mobile never."""

    name = models.CharField(_("full name"), max_length=40)
    sort_key = models.CharField(max_length=200, editable=False, default="", db_index=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("login account"),
    )
    gender = models.CharField(_("gender"), max_length=10, choices=Gender.choices, blank=True)
    work_phone = models.CharField(
        _("work phone"),
        max_length=30,
        blank=True,
        validators=[validators.public_phone],
        help_text=_("The office landline. It is published."),
    )
    mobile = models.CharField(
        _("private mobile"),
        max_length=20,
        blank=True,
        validators=[validators.mobile],
        help_text=_("For the office only. It is never published."),
    )
    photo = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("photo")
    )
    active = models.BooleanField(_("in service"), default=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        from pypinyin import Style, lazy_pinyin  # its dictionary takes 50 MB

        self.sort_key = " ".join(lazy_pinyin(self.name, style=Style.TONE3))[:200]
        if (fields := kwargs.get("update_fields")) is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "sort_key"}
        super().save(*args, **kwargs)


class Appointment(models.Model):
    """A person in a post. Several posts at once are usual (cross-appointment 交叉兼职)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments", verbose_name=_("person"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments", verbose_name=_("post"))
    kind = models.CharField(
        _("kind of appointment"), max_length=20, choices=AppointmentKind.choices, default=AppointmentKind.FULL
    )
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"), null=True, blank=True)
    document = models.CharField(
        _("document number"), max_length=80, blank=True, help_text=_("The document that decided it.")
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["post__unit__order", "post__order", "since", "pk"]
        constraints = [
            ends_after_it_starts("appointment_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["person", "post"], condition=Q(until__isnull=True), name="appointment_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.post}"

    def clean(self) -> None:
        validators.appointment_fits(self)


class Responsibility(models.Model):
    """A person in charge of a unit, stationed in a village or linked with it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="responsibilities", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="responsibilities", verbose_name=_("unit"))
    kind = models.CharField(_("kind of responsibility"), max_length=20, choices=ResponsibilityKind.choices)
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        ordering = ["unit__order", "unit_id", "kind", "since", "pk"]
        constraints = [ends_after_it_starts("responsibility_ends_after_it_starts")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()} {self.unit}"

    def clean(self) -> None:
        validators.responsibility_fits(self)


class Absence(models.Model):
    """Days on which somebody in service is not there, and who stands in for them 代理人. Never public."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="absences", verbose_name=_("person"))
    kind = models.CharField(_("kind of absence"), max_length=20, choices=AbsenceKind.choices)
    since = models.DateField(_("first day"))
    until = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Leave this empty while it is not known.")
    )
    deputy = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="absences_covered",
        verbose_name=_("deputy"),
        help_text=_("Who decides and answers meanwhile."),
    )
    note = models.CharField(
        _("note for the office"), max_length=200, blank=True, help_text=_("For the office only. It is never published.")
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["-since", "-pk"]
        constraints = [ends_after_it_starts("absence_ends_after_it_starts")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()} {self.days}"

    def clean(self) -> None:
        validators.absence_fits(self)

    @property
    def days(self) -> str:
        """The days in a list: 2026-11-02–2026-11-06, or only the first while the last is not known."""
        return f"{self.since}–{self.until or ''}"


@register_setting(icon="group")
class OrganisationSettings(BaseGenericSetting):
    """What an office decides for itself about its organisation."""

    allow_over_established = models.BooleanField(
        _("allow more people in a post than its established number"), default=False
    )

    class Meta:
        verbose_name = _("organisation settings")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
