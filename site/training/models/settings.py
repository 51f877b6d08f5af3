"""What an office decides for itself about its training."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="openquote")
class TrainingSettings(BaseGenericSetting):
    notes_a_year = models.PositiveSmallIntegerField(
        _("study notes a year"), default=1, validators=[MaxValueValidator(12)]
    )
    articles_a_year = models.PositiveSmallIntegerField(
        _("research articles a year"), default=1, validators=[MaxValueValidator(12)]
    )
    video_megabytes = models.PositiveIntegerField(
        _("largest video (MB)"), default=500, validators=[MinValueValidator(10), MaxValueValidator(4000)]
    )
    sign_ups_an_hour = models.PositiveSmallIntegerField(
        _("sign-ups an hour from one address"), default=20, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    certificate_series = models.ForeignKey(
        "numbering.NumberSeries",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("series of numbers of certificates"),
    )

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("training")
