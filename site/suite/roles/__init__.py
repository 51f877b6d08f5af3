"""Who may do what: roles are declared by plugins and become groups that an office may rename.

A plugin declares with the hook ``register_roles``; the kernel's own list is in ``wagtail_hooks.py``.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Role:
    """What one plugin says about one role.

    ``key`` stays in code for ever; ``name`` and ``description`` (lazy strings allowed) are given by the plugin that
    declares the role and left empty by one that only adds ``permissions`` ("app_label.codename").
    """

    key: str
    name: str | Promise = ""
    description: str | Promise = ""
    permissions: Iterable[str] = ()
