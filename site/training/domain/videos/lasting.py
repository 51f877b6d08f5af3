"""Lengths as people say them, and videos as they are chosen."""

from django.utils.translation import gettext as _

from suite.theme.dates import in_list
from training.enums import VideoState
from training.models import Video

_MINUTE = 60


def lasting(seconds: int) -> str:
    """A length in seconds as “12 min 5 s”."""
    minutes, rest = divmod(seconds, _MINUTE)
    if not minutes:
        return _("%(seconds)s seconds") % {"seconds": rest}
    if not rest:
        return _("%(minutes)s minutes") % {"minutes": minutes}
    return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": rest}


def named(video: Video) -> str:
    """The title with what tells it from another take of the same: how long it lasts (or that it is not ready), since
    when it is here."""
    known = lasting(video.seconds) if video.seconds else ""
    about = known if video.state == VideoState.READY else video.get_state_display()
    return f"{video.title}（{'，'.join(filter(None, (about, in_list(video.requested_at))))}）"
