"""What an office decides for itself about its monthly commitments."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from organisation.enums import OWN_UNITS


class WorkKind(models.Model):
    """What promises are about: projects, farming, people's livelihood. The office keeps the list."""

    name = models.CharField(_("name"), max_length=30, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("kind of work")
        verbose_name_plural = _("kinds of work")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


def filing_units() -> list[str]:
    """The default of `CommitmentsSettings.unit_kinds`: the township's own cadres."""
    return [str(kind) for kind in OWN_UNITS]


def _days(label: object, default: int, most: int, help_text: object = "", least: int = 1) -> models.Field:
    return models.PositiveSmallIntegerField(
        label,
        default=default,
        validators=[MinValueValidator(least), MaxValueValidator(most)],
        help_text=help_text,
    )


@register_setting(icon="group")
class CommitmentsSettings(BaseGenericSetting):
    unit_kinds = models.JSONField(
        _("who files"),
        default=filing_units,
        help_text=_("Everybody with a post in a unit of these kinds files a commitment every month."),
    )
    head_approver = models.ForeignKey(
        "organisation.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who approves the head's commitment"),
        help_text=_("Nobody approves their own: name another leader."),
    )
    opens_days_before = _days(
        _("days before the month that it opens"), 5, 20, _("Zero: on the first of the month."), least=0
    )
    filing_days = _days(
        _("working days for filing"), 5, 15, _("Filed until the office closes on that working day of the month.")
    )
    remind_days = _days(_("working days before the end that reminds"), 1, 10)
    results_days = _days(_("working days for results"), 3, 15, _("Counted from the last day of the month."))
    most_rows = _days(_("rows of a commitment at most"), 10, 30)
    drawn = _days(
        _("how many report in the meeting"), 5, 200, _("Every unit in which somebody filed gets at least one.")
    )
    rest_meetings = _days(_("meetings of rest"), 3, 24, _("Who was drawn lately comes after everybody else."), least=0)
    repeat_months = _days(
        _("months in which notices count as repeated"), 12, 60, _("Earlier notices of so many months raise the grade.")
    )
    answer_days = _days(_("working days to answer a notice"), 5, 30)
    objection_days = _days(_("working days to object"), 5, 30)
    rectify_days = _days(_("days to rectify"), 15, 180, _("Proposed; who proposes a notice can enter another day."))
    notice_series = models.ForeignKey(
        "numbering.NumberSeries",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("series of numbers for notices"),
        help_text=_("Notices are approved only when one is chosen: every notice has a number."),
    )

    class Meta:
        verbose_name = _("settings of monthly commitments")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
