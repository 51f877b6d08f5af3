"""Wrong wiring of search fails when the site starts."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from modelsearch.backends import InvalidSearchBackendError, get_search_backend

from search.kinds import declared_kinds

# Seconds that a command waits at its start for a search server to say that it is there.
PATIENCE = 2


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
def check_search_address(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A server's address that can't be one (search.E003), or where no server answers now (search.W001)."""
    if wrong := _wrong_address():
        hint = "Write it as in SEARCH_URL=http://search.example:9200; several, of one cluster, with commas between."
        return [Error(f"SEARCH_URL is no address of a search server: {wrong}", hint=hint, id="search.E003")]
    return [*_server_away()] if settings.SEARCH_URL else []


def _wrong_address() -> str:
    """The part of SEARCH_URL that is no address, without the password that may stand in it; empty where all are."""
    addresses = settings.SEARCH_URL.split(",") if settings.SEARCH_URL else ()
    wrong = next((address for address in map(str.strip, addresses) if not _is_address(address)), None)
    return "" if wrong is None else repr(re.sub(r"[^/]*@", "…@", wrong))


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _server_away() -> Iterator[CheckMessage]:
    try:
        backend = get_search_backend()
        backend.es.info(request_timeout=PATIENCE)
    except InvalidSearchBackendError:
        return  # see below
    except Exception as error:  # noqa: BLE001 (whatever a wrong server, name or certificate leads to)
        yield Warning(
            f"The search server that SEARCH_URL names does not answer: {error}",
            hint="The site starts without it; until it answers the page of hits says that nothing can be searched.",
            id="search.W001",
        )


@register()
def check_search_backend(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A search engine that is not there would make every saved page an error (search.E002)."""
    if _wrong_address():
        return []
    try:
        get_search_backend()
    except InvalidSearchBackendError as error:
        hint = "Set BIANMIN_SEARCH to whoosh or tantivy, or leave it out, which means whoosh."
        if settings.SEARCH_URL:
            hint = "SEARCH_URL needs the package opensearch-py, as requirements.txt pins it."
        return [Error(f"The search engine can't be used: {error}", hint=hint, id="search.E002")]
    return []
