"""Long work behind the scenes: ordered by somebody, done by the worker in short turns, followed on a screen.

::

    class Count(BackgroundWork):                                    # models.py
        state = state_field(CountState, CountState.COUNTING)
        at_work = (CountState.COUNTING,)

    @transaction.atomic
    def order(user):                                                # domain/lifecycle.py
        return queue(Count(requested_by=user, total=Lamp.objects.count()))

    @transaction.atomic
    def finish(count):
        count = held(count)
        count.to_done()
        count.save()

    def work(count, turn):                                          # domain/counting.py
        for lamp in Lamp.objects.order_by("pk")[count.done:]:
            look_at(lamp)
            count.done += 1
            turn.report(count.done)
            if turn.time_is_up:
                return                                              # goes on in the next turn
        lifecycle.finish(count)

    @hooks.register("background_work")                              # wagtail_hooks.py
    def count_of_lamps():
        return [BackgroundJob(Count, work, lifecycle.fail, _("The lamps could not be counted. Tell …"))]

A worker may be killed, or be given up while it only was slow. Each turn of work has a number, only the turn in force
may write: whoever comes back with an older one is told (`TurnIsOver`). What falls silent is taken up by the tick.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class BackgroundJob:
    """How the records of one model are worked on; answered by the hook ``background_work()``.

    ``model``: inherits `suite.background.models.BackgroundWork`. ``work(record, turn)``: one turn of it, of about
    `Turn.time_is_up`; returns when it is finished or wants to go on in another turn. Run twice it does nothing twice:
    it begins behind what is done. A ValidationError that it raises ends the record with these words; any other error is
    logged and ends it with ``trouble``, which says what to do. ``fail(record, message)``: ends it, in
    `domain/lifecycle.py`.
    """

    model: type[Any]
    work: Callable[[Any, Any], object]
    fail: Callable[[Any, str], object]
    trouble: str | Promise
