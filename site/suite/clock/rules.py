"""What the rules that set due dates are called, for the log and for lists.

A plugin declares its rules in ``wagtail_hooks.py``, one line each::

    rules.declare("hearings.promise", _("due date of a measure"))
"""

from django.utils.functional import Promise
from django.utils.translation import gettext as _

_labels: dict[str, str | Promise] = {}


def declare(rule: str, label: str | Promise) -> None:
    """Say what ``rule`` ("plugin.rule") is called."""
    _labels[rule] = label


def label_of(rule: str) -> str:
    """What the rule is called; a rule of a plugin that is left out is a due date like any other."""
    return str(_labels.get(rule) or _("due date"))
