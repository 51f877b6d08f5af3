"""At most so many of something from one address within an hour, shared by every process through the database.

A refusal costs one reading query: `refuse_too_many` comes before anything is looked at or written.
"""

import datetime
import ipaddress
import math

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from suite.throttle.models import Passage

WINDOW = datetime.timedelta(hours=1)
# A household gets a whole network of this size in IPv6: its single addresses mean nothing.
_HOUSEHOLD = 64


class TooMany(ValidationError):
    """So many came from this address within the hour that this one has to wait ``retry_after`` seconds."""

    def __init__(self, retry_after: int):
        minutes = -(-retry_after // 60)
        super().__init__(
            _(
                "Very much has come from your connection within the last hour. Try again in %(minutes)s minutes, or "
                "call the office."
            )
            % {"minutes": minutes}
        )
        self.retry_after = retry_after


def refuse_too_many(purpose: str, address: str, limit: int) -> None:
    """Raise TooMany where ``limit`` things for this purpose came from this address within the hour. Writes nothing."""
    newest = (
        Passage.objects.filter(purpose=purpose, sender=_keyed(address)).order_by("-at").values_list("at", flat=True)
    )
    # Room is made when this one leaves the hour.
    blocking = newest[limit - 1 : limit].first()
    if blocking is not None and (wait := blocking + WINDOW - timezone.now()) > datetime.timedelta(0):
        raise TooMany(math.ceil(wait.total_seconds()))


@transaction.atomic
def let_through(purpose: str, address: str, limit: int) -> None:
    """Count one more thing from this address, or raise TooMany.

    Call it in the transaction that stores the thing: what is rolled back is not counted. A transaction begins with
    the database's one write lock (settings), so nobody comes between counting and adding.
    """
    refuse_too_many(purpose, address, limit)
    Passage.objects.create(purpose=purpose, sender=_keyed(address))


def forget(now: datetime.datetime) -> int:
    """Delete what is older than an hour; the number of rows."""
    return Passage.objects.filter(at__lte=now - WINDOW).delete()[0]


def _keyed(address: str) -> str:
    """The address as it is kept: nobody without the site's key can try all addresses until one fits."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        household = address
    else:
        mapped = getattr(parsed, "ipv4_mapped", None) or parsed
        prefix = _HOUSEHOLD if mapped.version == 6 else mapped.max_prefixlen  # noqa: PLR2004 (IPv6)
        household = str(ipaddress.ip_network((mapped, prefix), strict=False))
    return salted_hmac("suite.throttle", household, algorithm="sha256").hexdigest()
