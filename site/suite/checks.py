"""System checks on the plugin contract: wrong wiring fails when the site starts."""

import difflib
import inspect
from typing import Any

from django.core.checks import CheckMessage, Error, register
from wagtail import hooks

from .hooks import CONTRACT


@register()
def check_hook_signatures(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A hook function that cannot be called with the contract's arguments is an error (suite.E001)."""
    errors: list[CheckMessage] = []
    for name, arguments in CONTRACT.items():
        for function in hooks.get_hooks(name):
            try:
                inspect.signature(function).bind(*arguments)
            except TypeError:
                errors.append(
                    Error(
                        f"The hook {name} is called with ({', '.join(arguments)}); "
                        f"{function.__module__}.{function.__qualname__} cannot take that.",
                        hint="Change its arguments; docs/plugins.md has an example of every hook.",
                        id="suite.E001",
                    )
                )
    return errors


@register()
def check_hook_names(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A name that is nearly one of our hooks is a slip of the pen (suite.E002)."""
    hooks.search_for_hooks()
    return [
        Error(
            f"There is no hook {name}.",
            hint=f"Did you mean {near[0]}? See docs/plugins.md.",
            id="suite.E002",
        )
        for name in hooks._hooks
        if name not in CONTRACT and (near := difflib.get_close_matches(name, CONTRACT, 1, 0.9))
    ]
