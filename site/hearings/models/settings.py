"""What an office decides for itself about its hearings."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

# Requirement H: notice at least one week ahead. An office may give more, never less.
LEAST_NOTICE_DAYS = 7


class HearingTheme(models.Model):
    """What problems are about: roads, water, fees. The office keeps the list."""

    name = models.CharField(_("name"), max_length=30, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("theme of hearings")
        verbose_name_plural = _("themes of hearings")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


@register_setting(icon="group")
class HearingsSettings(BaseGenericSetting):
    notice_days = models.PositiveSmallIntegerField(
        _("days of notice"),
        default=LEAST_NOTICE_DAYS,
        validators=[MinValueValidator(LEAST_NOTICE_DAYS), MaxValueValidator(60)],
        help_text=_("Whole days between the notice and the session. Seven is the least that is allowed."),
    )
    assent_percent = models.PositiveSmallIntegerField(
        _("assent to a conclusion (%)"),
        default=100,
        validators=[MinValueValidator(51), MaxValueValidator(100)],
        help_text=_("So many of the representatives present have to agree before a conclusion may be declared."),
    )
    study_days = models.PositiveSmallIntegerField(
        _("days for a study"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("Proposed where a problem ends without conclusion; the clerk can enter another day."),
    )
    correction_days = models.PositiveSmallIntegerField(
        _("working days for corrections of the minutes"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    head_after_days = models.PositiveSmallIntegerField(
        _("working days until the unit's head"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("An overdue measure goes to the head of the unit after so many working days."),
    )
    leader_after_days = models.PositiveSmallIntegerField(
        _("working days until the leader in charge"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=_("An overdue measure goes to the leader in charge after so many working days."),
    )
    sign_ups_an_hour = models.PositiveSmallIntegerField(
        _("sign-ups an hour from one address"),
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text=_("A village shares one line at times: allow for a few dozen. More are asked to come back later."),
    )

    rest_draws = models.PositiveSmallIntegerField(
        _("hearings to sit out after being drawn"),
        default=0,
        validators=[MaxValueValidator(20)],
        help_text=_(
            "Who was drawn in so many of the last hearings comes after everybody else. 0: that does not count."
        ),
    )

    class Meta:
        verbose_name = _("hearings")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
