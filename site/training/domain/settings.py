"""What the office decided about its training."""

from training.models import TrainingSettings


def training_settings() -> TrainingSettings:
    """The settings, or the defaults; writes nothing."""
    return TrainingSettings.objects.first() or TrainingSettings()
