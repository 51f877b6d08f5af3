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
    note_characters = models.PositiveSmallIntegerField(
        _("characters of a study note at least"),
        default=300,
        validators=[MinValueValidator(1), MaxValueValidator(5000)],
    )
    article_characters = models.PositiveSmallIntegerField(
        _("characters of a research article at least"),
        default=700,
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
    )
    writing_month = models.PositiveSmallIntegerField(
        _("month from which desks ask for notes and articles"),
        default=9,
        choices=[(number, str(number)) for number in range(1, 13)],
        help_text=_("From the first of this month everybody who still owes one is told so until they hand it in."),
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
