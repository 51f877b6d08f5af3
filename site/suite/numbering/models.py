"""Series of document numbers, and every number that was ever given."""

import datetime
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from suite.state import StatefulModel, state_field

from .enums import NumberState
from .notation import NumberText

EARLIEST_YEAR, LATEST_YEAR = 1949, 2199
prefix_characters = RegexValidator(
    r"^[^\W\d_]+$", _("Enter the characters alone, without year, brackets and number, for example 石政发.")
)


def this_year() -> int:
    """The year it is in the office."""
    return timezone.localdate().year


class NumberSeries(models.Model):
    """One series 字号序列: a prefix with a running number for each year.

    ``first_number`` of ``first_year`` is where this register takes over from the one on paper; what lies before it is
    not known here.
    """

    prefix = models.CharField(
        _("prefix"),
        max_length=20,
        unique=True,
        validators=[prefix_characters],
        help_text=_("The agency's characters, for example 石政发 in 石政发〔2026〕17号."),
        error_messages={"unique": _("There is a series with this prefix already: use that one.")},
    )
    purpose = models.CharField(
        _("what it is for"),
        max_length=100,
        blank=True,
        help_text=_("Who takes a number chooses by this, for example: notices to villagers."),
    )
    first_year = models.PositiveSmallIntegerField(
        _("first year"),
        default=this_year,
        validators=[MinValueValidator(EARLIEST_YEAR), MaxValueValidator(LATEST_YEAR)],
        help_text=_("From this year on the numbers are kept here; those of earlier years are not asked for."),
    )
    first_number = models.PositiveIntegerField(
        _("first number in that year"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(999_999)],
        help_text=_(
            "Begin in mid-year with the number after the last one given on paper. Each later year begins at 1."
        ),
    )
    active = models.BooleanField(
        _("in use"), default=True, help_text=_("Take the tick away when no more numbers are to be given.")
    )

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        ordering = ["prefix"]

    def __str__(self) -> str:
        return f"{self.prefix}（{self.purpose}）" if self.purpose else self.prefix

    def first_of(self, year: int) -> int:
        """The number with which `year` begins."""
        return self.first_number if year == self.first_year else 1

    def keeps(self, year: int, number: int) -> bool:
        """Whether that number must be in this register; what is older was given on paper."""
        return year > self.first_year or (year == self.first_year and number >= self.first_number)


class NumberQuerySet(models.QuerySet["DocumentNumber"]):
    def issued(self) -> "NumberQuerySet":
        """Those that count: not voided."""
        return self.filter(state=NumberState.ISSUED)


class DocumentNumber(StatefulModel):
    """A number that was given: to a page, to what another plugin keeps as (kind, key), or to a document on paper."""

    state = state_field(NumberState, NumberState.ISSUED)
    series = models.ForeignKey(
        NumberSeries, models.PROTECT, related_name="numbers", verbose_name=_("series of numbers")
    )
    year = models.PositiveSmallIntegerField(_("calendar year"))
    number = models.PositiveIntegerField(_("running number"))
    text = models.CharField(_("document number"), max_length=40, editable=False, unique=True)
    title = models.CharField(_("title of the document"), max_length=255)
    page = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="document_numbers",
        verbose_name=_("page"),
    )
    reference_kind = models.CharField(_("kind of record"), max_length=50, blank=True, editable=False)
    reference_key = models.CharField(_("key of record"), max_length=50, blank=True, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("issued by")
    )
    issued_at = models.DateTimeField(_("issued at"))
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("voided by")
    )
    voided_at = models.DateTimeField(_("voided at"), null=True)
    void_reason = models.CharField(_("reason for voiding"), max_length=200, blank=True)

    objects = NumberQuerySet.as_manager()

    class Meta:
        verbose_name = _("document number")
        verbose_name_plural = _("document numbers")
        ordering = ["-year", "series", "-number"]
        permissions = [("void_documentnumber", _("Can void document numbers"))]
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "number"], name="no_number_twice"),
            models.UniqueConstraint(fields=["page"], condition=Q(state="issued"), name="one_number_for_a_page"),
            models.UniqueConstraint(
                fields=["reference_kind", "reference_key"],
                condition=Q(state="issued") & ~Q(reference_kind=""),
                name="one_number_for_a_record",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The text as printed follows from its parts."""
        self.text = str(NumberText(self.series.prefix, self.year, self.number))
        super().save(*args, **kwargs)

    @property
    def issued_on(self) -> datetime.date:
        """The day on which it was given, in the office's time."""
        return timezone.localdate(self.issued_at)

    @transition("state", source=NumberState.ISSUED, target=NumberState.VOIDED, custom={"label": _("Void")})
    def to_voided(self) -> None: ...
