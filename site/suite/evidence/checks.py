"""System check on the doors that plugins register."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from . import EvidenceDoor
from .domain.doors import doors

_NO_DOOR = Error(
    "The hook evidence_readers yields something that is no suite.evidence.EvidenceDoor.",
    hint="See docs/plugins.md.",
    id="evidence.E001",
)


@register()
def check_evidence_readers(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each row is an EvidenceDoor (evidence.E001) and its kind is used once (evidence.E002)."""
    try:
        found = doors()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint="Give one of them another kind.", id="evidence.E002")]
    except AttributeError:
        return [_NO_DOOR]
    return [] if all(isinstance(door, EvidenceDoor) for door in found.values()) else [_NO_DOOR]
