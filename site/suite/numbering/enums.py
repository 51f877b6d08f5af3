"""The states of a document number."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NumberState(TextChoices):
    ISSUED = "issued", _("issued")
    VOIDED = "voided", _("voided")
