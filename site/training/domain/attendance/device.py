"""Which device somebody signs in on: a random cookie, known to the database as a keyed hash only."""

import secrets

from django.utils.crypto import salted_hmac

COOKIE = "training_device"
COOKIE_AGE = 400 * 24 * 3600
_SHORTEST = 20


def known(cookie: str) -> bool:
    """Whether a cookie's value may be one of ours."""
    return _SHORTEST <= len(cookie) <= 4 * _SHORTEST


def new() -> str:
    """The value of a new device's cookie."""
    return secrets.token_urlsafe(32)


def device_of(cookie: str) -> str:
    """How the database knows the device."""
    return salted_hmac("training.device", cookie, algorithm="sha256").hexdigest()
