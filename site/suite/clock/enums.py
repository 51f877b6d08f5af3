from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Unit(TextChoices):
    """What a time limit counts."""

    WORKING = "working", _("working days")
    NATURAL = "natural", _("natural days")


class States(TextChoices):
    """Where a clock stands."""

    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    STOPPED = "stopped", _("stopped")


class Level(TextChoices):
    """How pressing a running clock is."""

    GREEN = "green", _("in time")
    YELLOW = "yellow", _("due soon")
    RED = "red", _("due today or overdue")


class Outcome(TextChoices):
    """How a stopped clock ended: derived, never typed in (requirement F)."""

    EARLY = "early", _("early")
    ON_TIME = "on_time", _("on time")
    LATE = "late", _("late")
