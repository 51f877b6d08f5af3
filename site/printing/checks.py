"""System check on the printables that plugins register."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from .domain.registry import printables
from .sheets import Printable

_NO_PRINTABLE = Error(
    "The hook register_printables yields something that is no printing.Printable.",
    hint="See docs/plugins.md.",
    id="printing.E001",
)


@register()
def check_printables(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each printable is a Printable (printing.E001) and its kind is used once (printing.E002)."""
    try:
        found = printables()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint="Give one of them another kind.", id="printing.E002")]
    except AttributeError:
        return [_NO_PRINTABLE]
    if all(isinstance(printable, Printable) for printable in found.values()):
        return []
    return [_NO_PRINTABLE]
