"""What the office decided about its monthly commitments."""

from commitments.models import CommitmentsSettings


def commitments_settings() -> CommitmentsSettings:
    """The settings, or the defaults; writes nothing."""
    return CommitmentsSettings.objects.select_related("head_approver__user").first() or CommitmentsSettings()
