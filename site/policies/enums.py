"""States of a policy document's validity and how they group."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Validity(models.TextChoices):
    """效力 of a policy document (requirement G)."""

    UNKNOWN = "unknown", _("unknown")
    IN_FORCE = "in_force", _("in force")
    AMENDED = "amended", _("amended")
    REPEALED = "repealed", _("repealed")


# A reader may rely on these; the others need a warning on top of the page.
APPLICABLE = (Validity.IN_FORCE, Validity.AMENDED)
