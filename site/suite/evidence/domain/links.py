"""Which links are taken."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from suite.evidence import Link
from suite.evidence.models import LONGEST_LINK, LONGEST_NAME
from suite.evidence.validators import visible

_PATH = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f\x7f]*")
_OUTSIDE = re.compile(r"https://[^\s\\\x00-\x1f\x7f]+", re.IGNORECASE)


def cleaned_link(link: Link) -> Link:
    """The link as it is kept: an address of this site as its path. Raises ValidationError for what may not be kept."""
    url, base = link.url.strip(), settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    if url.startswith(f"{base}/"):
        url = url.removeprefix(base)
    if len(url) > LONGEST_LINK:
        raise ValidationError(
            _("This address is longer than %(most)s characters: give that of the page without what follows “?”.")
            % {"most": LONGEST_LINK}
        )
    if not _PATH.fullmatch(url) and not (_OUTSIDE.fullmatch(url) and _has_plain_host(url)):
        raise ValidationError(
            _("“%(link)s” is no address that is taken here: it begins with / (on this site) or with https://.")
            % {"link": url[:100]}
        )
    return Link(url, visible(link.title)[:LONGEST_NAME])


def _has_plain_host(url: str) -> bool:
    """A host, and no user before it, who would make it look like another."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False
