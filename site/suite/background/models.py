"""The record of a long piece of background work."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from suite.state import StatefulModel


class BackgroundWork(StatefulModel):
    """Who ordered it, how far it is, and who may write on it. A subclass adds `state`, `at_work` and what it is about.

    ``at_work``: the states in which the program works on it, or it waits for the worker. ``done`` of ``total``: how far
    it is, in whatever its screen counts. ``message``: why it was not done. ``turn``: the turn of work that may write.
    ``running``: a worker is at it; otherwise it waits in the queue. ``revived``: how often its worker died.
    ``heartbeat``: the last sign of life. It goes with the account of whoever ordered it; where it must not, the
    subclass declares `requested_by` itself.
    """

    at_work: ClassVar[tuple[Any, ...]] = ()
    # What its turn has reported and not yet written; see domain/turn.py.
    unwritten: dict[str, Any] = {}
    get_state_display: Any

    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("ordered by")
    )
    requested_at = models.DateTimeField(_("ordered at"), default=timezone.now)
    done = models.PositiveIntegerField(default=0, editable=False)
    total = models.PositiveIntegerField(default=0, editable=False)
    message = models.TextField(blank=True, editable=False)
    turn = models.PositiveIntegerField(default=0, editable=False)
    running = models.BooleanField(default=False, editable=False)
    revived = models.PositiveIntegerField(default=0, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    heartbeat = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    @property
    def unfinished(self) -> bool:
        """Whether the program works on it, or it waits for the worker."""
        return self.state in self.at_work
