"""One row per address: who may open it. The hook ``permission_rows`` answers with these."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PermissionRow:
    """``url_name`` as `reverse` takes it; ``allowed(user)`` whether that user may open the address at all."""

    url_name: str
    allowed: Callable[[Any], bool]
