"""Who did what, when, before and after: one way to write it down, through Wagtail's log.

A plugin declares its actions in ``wagtail_hooks.py``, one line each::

    audit.declare("hearings.notify", _("Notify"), _("Notice served until %(until)s"))

and writes them with ``audit.record(hearing, "hearings.notify", user, until="2026-11-21")``.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter, log


def record(instance: Model, action: str, user: Any, **data: Any) -> Model:
    """Write one entry about `instance` into the log and return it.

    Arguments: ``instance``, saved; ``action``, declared with `declare`; ``user``, who did it (None or an anonymous
    visitor: the system did); ``data``, JSON values that the action's message may name, by custom ``before``, ``after``
    and ``reason``. Raises ValueError for an unsaved instance, ValidationError for an action nobody declared.
    Requirement: every change says who, when, what, before and after.
    """
    who = user if user is not None and user.is_authenticated else None
    return log(instance, action, user=who, data=data)


def declare(action: str, label: str | Promise, message: str | Promise) -> None:
    """Make `action` ("plugin.verb") known to the log; ``message`` may name the entry's data, as in "%(before)s"."""

    class Formatter(LogFormatter):
        def format_message(self, log_entry: Any) -> str:
            known = {name: value for name, value in log_entry.data.items() if value is not None}
            return str(self.message) % defaultdict(lambda: "—", known)

        def format_comment(self, log_entry: Any) -> str:
            return str(log_entry.data.get("reason", ""))

    Formatter.label, Formatter.message = label, message

    @hooks.register("register_log_actions")
    def register(actions: LogActionRegistry) -> None:
        actions.register_action(action)(Formatter)


# Records whose entries only some may read -> the records that an account may see.
restricted: dict[type[Model], Callable[[Any], "QuerySet[Any]"]] = {}


def restrict(model: type[Model], visible_to: Callable[[Any], "QuerySet[Any]"]) -> None:
    """Show entries about `model` only to those who may see the record (and to audit administrators).

    Wagtail shows them to whoever has any permission on the model. ``visible_to(user)`` gives the rows of `model`. Keep
    what was written, and names, out of the entries all the same: audit administrators read all of them.
    """
    restricted[model] = visible_to
