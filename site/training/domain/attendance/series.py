"""Which series the numbers of certificates come from: the one in the settings of training, else one of our own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from suite.numbering.domain import keep_series
from suite.numbering.models import NumberSeries
from suite.theme.office import current_office
from training.models import TrainingSettings

# 石政发 gives 石政培证; an office without a prefix among its settings begins with 培证.
ISSUED, CERTIFICATES = "发", "培证"
PURPOSE = "培训证书"


def certificate_series() -> NumberSeries:
    """The series that the next certificate has its number of; unsaved where the first one makes it."""
    chosen = TrainingSettings.objects.select_related("certificate_series").first()
    if chosen and chosen.certificate_series:
        return chosen.certificate_series
    prefix = current_office().document_prefix.strip().removesuffix(ISSUED) + CERTIFICATES
    return NumberSeries.objects.filter(prefix=prefix).first() or NumberSeries(prefix=prefix, purpose=PURPOSE)


def series_to_issue_from(user: Any) -> NumberSeries:
    """As `certificate_series`, kept: nobody else has to make one first. Call it in the transaction that issues.

    Raises ValidationError where no prefix can be made of the office's (石政发〔).
    """
    series = certificate_series()
    if series.pk is not None:
        return series
    try:
        return keep_series(series, user)
    except ValidationError as refusal:
        raise ValidationError(
            _("Choose the series of numbers of certificates in the settings of training, then issue them.")
        ) from refusal
