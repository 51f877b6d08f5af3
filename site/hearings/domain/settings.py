"""What the office decided about its hearings."""

from hearings.models import LEAST_NOTICE_DAYS, HearingsSettings


def hearings_settings() -> HearingsSettings:
    """The settings, or the defaults; writes nothing."""
    return HearingsSettings.objects.first() or HearingsSettings()


def notice_days() -> int:
    """Whole days of notice that a hearing planned now needs: what the office set, never less than seven."""
    return max(LEAST_NOTICE_DAYS, hearings_settings().notice_days)
