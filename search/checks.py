"""Wrong wiring of search fails when the site starts."""

from collections import Counter
from typing import Any

from django.core.checks import CheckMessage, Error, register
from modelsearch.backends import InvalidSearchBackendError, get_search_backend

from search.kinds import declared_kinds


@register()
def check_search_kinds(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Two kinds with one key could not be told apart in the address of a filtered list (search.E001)."""
    return [
        Error(
            f"{times} search kinds have the key {key!r}.",
            hint="Give each SearchKind a key of its own, in the functions for the hook search_kinds.",
            id="search.E001",
        )
        for key, times in Counter(kind.key for kind in declared_kinds()).items()
        if times > 1
    ]


@register()
def check_search_backend(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A search engine that is not there would make every saved page an error (search.E002)."""
    try:
        get_search_backend()
    except InvalidSearchBackendError as error:
        hint = "Set BIANMIN_SEARCH to whoosh or tantivy, or leave it out, which means whoosh."
        return [Error(f"The search engine can't be used: {error}", hint=hint, id="search.E002")]
    return []
