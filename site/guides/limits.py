"""Time limits: in words, and compared across working and natural days by the office's setting (requirement E)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .enums import LimitUnit

if TYPE_CHECKING:
    from guides.models import GuidePage


@dataclass(frozen=True)
class Limit:
    """So many working or natural days; 0 is at once."""

    days: int
    unit: str = LimitUnit.WORKING

    def __str__(self) -> str:
        if not self.days:
            return _("at once")
        if self.unit == LimitUnit.WORKING:
            return ngettext("%(days)s working day", "%(days)s working days", self.days) % {"days": self.days}
        return ngettext("%(days)s day", "%(days)s days", self.days) % {"days": self.days}

    def natural(self, per_working: Decimal) -> Decimal:
        """Natural days; ``per_working``: how many of them the office counts for a working day."""
        return self.days * (Decimal(per_working) if self.unit == LimitUnit.WORKING else Decimal(1))


def days_per_working_day() -> Decimal:
    """The office's setting; its default where nothing was saved."""
    from guides.models import GuidesSettings

    saved = GuidesSettings.objects.first()
    return Decimal(str((saved or GuidesSettings()).natural_per_working))


def promised(guide: "GuidePage") -> Limit | None:
    """The promised limit; at once for an instant case; None where none is given."""
    if guide.is_instant:
        return Limit(0)
    return Limit(guide.promised_limit, guide.promised_unit) if guide.promised_limit else None


def statutory(guide: "GuidePage") -> Limit | None:
    """The statutory limit, None where there is none or none is given."""
    return Limit(guide.statutory_limit, guide.statutory_unit) if guide.statutory_limit else None
