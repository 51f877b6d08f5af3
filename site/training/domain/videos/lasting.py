"""Lengths as people say them."""

from django.utils.translation import gettext as _

_MINUTE = 60


def lasting(seconds: int) -> str:
    """A length in seconds as “12 min 5 s”."""
    minutes, rest = divmod(seconds, _MINUTE)
    if not minutes:
        return _("%(seconds)s seconds") % {"seconds": rest}
    if not rest:
        return _("%(minutes)s minutes") % {"minutes": minutes}
    return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": rest}
