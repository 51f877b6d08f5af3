"""Where a request came from."""

import ipaddress
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of who sent the request; '' where the server did not say.

    Behind a proxy that ``TRUSTED_PROXIES`` names it is the last address in X-Forwarded-For that is no such proxy;
    from anybody else that header is worth nothing, since whoever asks can write it.
    """
    here = str(request.META.get("REMOTE_ADDR", ""))
    told = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    while _is_trusted(here, tuple(settings.TRUSTED_PROXIES)) and told:
        before = told.pop().strip()
        if not _is_address(before):
            break
        here = before
    return here


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=512)
def _is_trusted(address: str, proxies: tuple[str, ...]) -> bool:
    if not _is_address(address):
        return False
    parsed = ipaddress.ip_address(address)
    return any(parsed in ipaddress.ip_network(proxy, strict=False) for proxy in proxies)
