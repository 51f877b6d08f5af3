"""The upload in parts: begin, where am I (HEAD), the next part (PATCH), go on after a reload.

Offsets, statuses and headers are those of the tus protocol 1.0 with its checksum extension (https://tus.io), so that
other programs than our page can send a video too.
"""

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, UnreadablePostError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from training.domain.lifecycle import videos as lifecycle
from training.domain.videos.refusals import (
    PART,
    Busy,
    DamagedPart,
    NoPlace,
    PartRefused,
    PartTooLong,
    WrongOffset,
)
from training.enums import VideoState
from training.forms.videos import BeginForm
from training.models import Video
from training.permissions import user_can_upload

from . import lanes
from .videos import REFUSED, kept_by

_CREATED, _NO_CONTENT, _UNKNOWN, _NOT_FOUND = 201, 204, 401, 404


def for_programs(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answers a script can read: no way to the login page, no page that says a thing is not there."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            text = _("You have been logged out: log in again in another window, then press “Go on”.")
            return told(_UNKNOWN, text)
        try:
            if not user_can_upload(request.user):
                raise Http404
            return view(request, *args, **kwargs)
        except Http404:
            return told(_NOT_FOUND, _("There is no such upload of yours: begin anew."))

    return answer


def told(status: int, text: str, **headers: str) -> JsonResponse:
    """A refusal with its words."""
    return JsonResponse({"message": text}, status=status, headers=headers)


@never_cache
@for_programs
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Title, name and size of a file whose parts will follow; refused before anything of it is sent."""
    form = BeginForm(request.POST)
    if not form.is_valid():
        return told(
            REFUSED,
            " ".join(f"{form[name].label}：{error}" for name, errors in form.errors.items() for error in errors),
        )
    data = form.cleaned_data
    try:
        video = lifecycle.begin(data["title"], data["name"], data["size"], request.user)
    except ValidationError as refusal:
        return told(REFUSED, " ".join(refusal.messages))
    return JsonResponse(_addresses(video), status=_CREATED)


@never_cache
@for_programs
@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """The file was chosen again. Body: its first bytes, then those before what is missing, `COMPARED` each at most."""
    video = kept_by(request.user, pk)
    length = min(lifecycle.COMPARED, video.received)
    # More than this is never read, whatever is sent: what differs in length is another file.
    body = _body(request, 2 * length)
    size = request.headers.get("Upload-Length", "")
    try:
        video = lifecycle.go_on(video, body[:length], body[length:], int(size) if size.isdecimal() else 0, request.user)
    except PartRefused as refusal:
        return _refused(refusal)
    return JsonResponse(_addresses(video))


@never_cache
@for_programs
@require_http_methods(["HEAD", "PATCH"])
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """HEAD: how much is here. PATCH: the next part; 204 when it is on the disk."""
    video = kept_by(request.user, pk)
    if request.method == "HEAD":
        return HttpResponse(headers=_where(video))
    if not lanes.UPLOADS.take():
        return _refused(Busy())
    try:
        video = _taken(request, video)
    except PartRefused as refusal:
        return _refused(refusal)
    except Video.DoesNotExist:
        raise Http404 from None
    finally:
        lanes.UPLOADS.release()
    return HttpResponse(status=_NO_CONTENT, headers=_where(video))


def _taken(request: HttpRequest, video: Video) -> Video:
    length = _length(request)
    if length > PART:
        raise PartTooLong
    try:
        offset = int(request.headers.get("Upload-Offset", ""))
        checksum = _checksum(request.headers.get("Upload-Checksum", ""))
    except ValueError:
        raise NoPlace from None
    try:
        data = _body(request, length)
    except UnreadablePostError:
        raise DamagedPart from None
    if len(data) != length:
        raise DamagedPart
    return lifecycle.add_part(video, request.headers.get("Upload-Writer", ""), offset, data, checksum)


def _refused(refusal: PartRefused) -> JsonResponse:
    headers = {"Upload-Offset": str(refusal.received)} if isinstance(refusal, WrongOffset) else {}
    if isinstance(refusal, Busy):
        headers["Retry-After"] = "1"
    return told(refusal.status, refusal.messages[0], **headers)


def _where(video: Video) -> dict[str, str]:
    finished = "no" if video.state == VideoState.UPLOADING else "yes"
    return {"Upload-Offset": str(video.received), "Upload-Length": str(video.size), "Upload-Finished": finished}


def _addresses(video: Video) -> dict[str, Any]:
    return {
        "page": reverse("training_videos_one", args=[video.pk]),
        "part": reverse("training_videos_part", args=[video.pk]),
        "writer": video.writer,
        "received": video.received,
    }


def _body(request: HttpRequest, length: int) -> bytes:
    """That much of what is sent, less where it ends before."""
    body = b""
    while len(body) < length and (more := request.read(length - len(body))):
        body += more
    return body


def _length(request: HttpRequest) -> int:
    return int(request.META.get("CONTENT_LENGTH") or 0)


def _checksum(header: str) -> str:
    """The part's SHA-256 in hexadecimal, '' where none is given. Raises ValueError for what is no such checksum."""
    if not header:
        return ""
    name, _blank, value = header.partition(" ")
    if name.lower() != "sha256":
        raise ValueError(name)
    try:
        return base64.b64decode(value, validate=True).hex()
    except binascii.Error as error:
        raise ValueError(value) from error
