"""How long videos last, and what is said in them."""

from django import template

from training.domain.videos import captions
from training.domain.videos.lasting import lasting
from training.models import Video

register = template.Library()
_HOUR, _MINUTE = 3600, 60
register.filter(lasting)
# What every browser plays; of the rest (hvc1: H.265, from many phones) some do.
_PLAYED = {"avc1", "avc3", "vp8", "vp9", "vp09", "av1", "av01"}


@register.filter
def clock_time(seconds: float) -> str:
    """A moment of the video, as its player shows it: 1:05 or 1:02:05."""
    hours, rest = divmod(int(seconds), _HOUR)
    minutes, seconds_left = divmod(rest, _MINUTE)
    return f"{hours}:{minutes:02}:{seconds_left:02}" if hours else f"{minutes}:{seconds_left:02}"


@register.filter
def cues(video: Video) -> list[captions.Cue]:
    """What is said."""
    return captions.cues(video.captions)


@register.filter
def hardly_played(video: Video) -> bool:
    """Whether many browsers cannot play it."""
    return video.codec not in _PLAYED
