"""A video's bytes and captions, for who may watch it; parts of it by ranges (RFC 9110, section 14)."""

import logging

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from training.domain.videos import disk, ranges
from training.domain.videos.refusals import MEGABYTE
from training.domain.videos.uses import may_watch
from training.models import Video

from . import lanes

logger = logging.getLogger(__name__)
# A player gets this much at a time, whatever it asks for: the server has it in its hands at once and no reader's slow
# line holds a thread. Browsers then ask for the next part (tests/training/videos/test_browser.py).
PORTION = MEGABYTE
_COME_BACK = "30"
_PARTIAL, _NOT_CHANGED, _OUT_OF_RANGE, _BUSY = 206, 304, 416, 503


@require_safe
def play(request: HttpRequest, pk: int) -> HttpResponseBase:
    """For the player: at most `PORTION` of the range that it asks for."""
    return _served(request, _watched(request, pk), attachment=False, most=PORTION)


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file to keep; a browser whose line broke goes on where it was (Range, If-Range)."""
    return _served(request, _watched(request, pk), attachment=True, most=None)


@require_safe
def captions(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The captions as WebVTT."""
    video = _watched(request, pk)
    if not video.captions:
        raise Http404
    response = HttpResponse(video.captions, content_type="text/vtt; charset=utf-8")
    return _guarded(response)


def _watched(request: HttpRequest, pk: int) -> Video:
    video = Video.objects.filter(pk=pk).first()
    if video is None or not may_watch(request.user, video):
        raise Http404
    return video


def _served(request: HttpRequest, video: Video, attachment: bool, most: int | None) -> HttpResponseBase:
    if not video.path.exists():
        logger.error("The file of video %s is missing: %s. Put it back from the backup.", video.pk, video.path)
        raise Http404
    tag = f'"{video.sha256[:32]}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == tag and "Range" not in request.headers:
        response = HttpResponse(status=_NOT_CHANGED)
    else:
        try:
            part = _asked(request, video, tag)
        except ranges.Unsatisfiable:
            response = HttpResponse(status=_OUT_OF_RANGE, headers={"Content-Range": f"bytes */{video.size}"})
        else:
            response = _part(request, video, part, most)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = tag
    if response.status_code in {200, _PARTIAL}:
        name = f"{video.title}.{video.content_type.partition('/')[2]}"
        response["Content-Disposition"] = content_disposition_header(attachment, name) or ""
    return _guarded(response)


def _asked(request: HttpRequest, video: Video, tag: str) -> tuple[int, int] | None:
    """What is asked for; the whole where the browser holds a part of another file."""
    if request.headers.get("If-Range", tag) != tag:
        return None
    return ranges.asked(request.headers.get("Range", ""), video.size)


def _part(request: HttpRequest, video: Video, part: tuple[int, int] | None, most: int | None) -> HttpResponseBase:
    start, end = part or (0, video.size)
    if part and most:
        end = min(end, start + most)
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse()
    elif part and most:
        response = HttpResponse(b"".join(disk.portions(video.path, start, end)))
    elif lanes.DOWNLOADS.take():
        response = StreamingHttpResponse(lanes.Lane(lanes.DOWNLOADS, disk.portions(video.path, start, end)))
    else:
        return render(request, "training/videos/busy.html", {"video": video}, status=_BUSY)
    response.status_code = _PARTIAL if part else 200
    response["Content-Type"] = video.content_type
    response["Content-Length"] = str(end - start)
    if part:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{video.size}"
    return response


def _guarded(response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code == _BUSY:
        response["Retry-After"] = _COME_BACK
        response["Cache-Control"] = "no-store"
        return response
    # Kept by the reader's own browser only, and asked for again: who may watch can change.
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; media-src 'self'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
