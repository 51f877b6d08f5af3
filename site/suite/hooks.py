"""The plugin contract: which hooks of ours exist, what they are called with, how to ask them.

Wagtail's hook mechanism is the registry. A plugin registers with ``@hooks.register("desk_items")`` in its
``wagtail_hooks.py``; the kernel asks with ``collect("desk_items", user)``. Examples: docs/plugins.md.
"""

import logging
from collections.abc import Callable, Iterator
from typing import Any

from wagtail import hooks

logger = logging.getLogger(__name__)

# Hook name -> names of the arguments its functions are called with.
CONTRACT: dict[str, tuple[str, ...]] = {
    "register_urls": (),
    "register_roles": (),
    "register_printables": (),
    "personal_names": (),
    "permission_rows": (),
    "evidence_readers": (),
    "background_work": (),
    "privacy_fields": (),
    "search_kinds": (),
    "desk_items": ("user",),
    "desk_links": ("user",),
    "open_work": ("person",),
    "periodic_jobs": ("now",),
    "page_facts": ("page",),
    "home_tiles": ("request",),
    "publish_checks": ("page",),
    "appraisal_facts": ("person", "period"),
    "build_demo": ("township",),
}


def collect(name: str, *args: Any) -> Iterator[Any]:
    """Everything that the plugins answer to one hook, in the order of the hook's `order`, then of registration.

    Arguments: ``name``, a key of CONTRACT; ``args``, what that hook is called with.
    Raises KeyError for a hook that is not in the contract.
    """
    if len(args) != len(CONTRACT[name]):
        raise TypeError(f"hook {name} takes {CONTRACT[name]}, not {len(args)} arguments")
    for function in hooks.get_hooks(name):
        yield from function(*args) or ()


def collect_each(name: str, *args: Any) -> Iterator[tuple[Callable[..., Any], list[Any], Exception | None]]:
    """As `collect`, function by function, for rooms that go on where one plugin fails.

    Yields the hook's function, its rows, and None or the exception it raised (logged here; its rows are then empty).
    """
    if len(args) != len(CONTRACT[name]):
        raise TypeError(f"hook {name} takes {CONTRACT[name]}, not {len(args)} arguments")
    for function in hooks.get_hooks(name):
        try:
            answer: tuple[list[Any], Exception | None] = list(function(*args) or ()), None
        except Exception as error:
            logger.exception("The hook %s of %s failed", name, function.__module__)
            answer = [], error
        yield function, *answer
