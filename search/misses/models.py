"""One row for each question that found nothing."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

# Longer questions are sentences; nobody asks the same one twice.
LONGEST = 60


class Outcome(models.TextChoices):
    """What the office has decided about a question."""

    OPEN = "", _("not decided")
    DONE = "done", _("dealt with")
    NOT_OURS = "not_ours", _("not our business")


class Standing(models.TextChoices):
    """How a question stands, told by its outcome and by whether it found nothing once more since."""

    WAITING = "waiting", _("to be dealt with")
    AGAIN = "again", _("dealt with, but found nothing again")
    DONE = "done", _("dealt with")
    NOT_OURS = "not_ours", _("not our business")


_AGAIN = Q(outcome=Outcome.DONE, times__gt=F("times_then"))
_STANDINGS = {
    Standing.WAITING: Q(outcome=Outcome.OPEN),
    Standing.AGAIN: _AGAIN,
    Standing.DONE: Q(outcome=Outcome.DONE) & ~_AGAIN,
    Standing.NOT_OURS: Q(outcome=Outcome.NOT_OURS),
}


class MissQuerySet(models.QuerySet["Miss"]):
    """Misses by how they stand."""

    def standing(self, *standings: Standing) -> "MissQuerySet":
        """Those that stand in one of these ways."""
        wanted = Q(pk__in=[])
        for each in standings:
            wanted |= _STANDINGS[each]
        return self.filter(wanted)

    def waiting(self) -> "MissQuerySet":
        """Those that somebody has to do something about."""
        return self.standing(Standing.WAITING, Standing.AGAIN)


class Miss(models.Model):
    """A question, how often it found nothing, and what the office decided about it; nothing about who asked.

    Counting writes ``times`` and ``last_day`` alone. That a question came back after it had been dealt with is
    therefore never written: ``times`` is more than ``times_then``, the count when it was decided.
    """

    question = models.CharField(_("what was asked"), max_length=LONGEST, unique=True)
    times = models.PositiveIntegerField(_("times asked"), default=0)
    first_day = models.DateField(_("first asked"))
    last_day = models.DateField(_("last asked"))
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome.choices, blank=True, default=Outcome.OPEN)
    times_then = models.PositiveIntegerField(default=0, editable=False)

    objects = MissQuerySet.as_manager()

    class Meta:
        verbose_name = _("question without hits")
        verbose_name_plural = _("questions without hits")
        ordering = ["-times", "-last_day", "question"]
        # Visits add them.
        default_permissions = ("view", "change", "delete")

    def __str__(self) -> str:
        return self.question

    @property
    def standing(self) -> Standing:
        """How it stands today."""
        if self.outcome == Outcome.OPEN:
            return Standing.WAITING
        if self.outcome == Outcome.NOT_OURS:
            return Standing.NOT_OURS
        return Standing.AGAIN if self.times > self.times_then else Standing.DONE
