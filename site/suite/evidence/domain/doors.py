"""Who may read what, as the plugins say."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from suite.evidence import EvidenceDoor
from suite.evidence.models import Evidence
from suite.hooks import collect


def doors() -> dict[str, EvidenceDoor]:
    """Every registered door by kind. Raises ImproperlyConfigured for a kind twice."""
    found: dict[str, EvidenceDoor] = {}
    for door in collect("evidence_readers"):
        if door.kind in found:
            raise ImproperlyConfigured(f"Two plugins register readers of the evidence of {door.kind!r}.")
        found[door.kind] = door
    return found


def may_read(user: Any, evidence: Evidence) -> bool:
    """Whether the plugin that has the record lets this account read; False while that plugin is left out."""
    door = doors().get(evidence.kind)
    return door is not None and bool(user.is_active and door.may_read(user, evidence.key))
