"""Videos on the desk: those that I uploaded, a new one, its captions (requirement Q)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from suite.background.domain.telling import progress_text
from suite.background.following import follow, progress
from suite.registers.refusals import saved_or_refused
from training.domain.lifecycle import videos as lifecycle
from training.domain.videos import captions
from training.domain.videos.refusals import MEGABYTE, MOST_WHOLE, most_bytes, require_size, require_small
from training.domain.videos.uses import in_use, may_keep
from training.enums import VideoState
from training.forms.videos import ACCEPT, CaptionsForm, VideoForm
from training.models import Video
from training.permissions import user_can_run, user_can_upload

REFUSED = 422
ON_A_PAGE = 20
# Beside the file a form holds little.
_FORM_BYTES = MEGABYTE


def kept_by(user: Any, pk: int) -> Video:
    """The video, for who may change it. Somebody else's upload is answered as one that is not there."""
    video = Video.objects.filter(pk=pk).first()
    if video is None or not user_can_upload(user) or not may_keep(user, video):
        raise Http404
    return video


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """One's own videos; for who runs training, all."""
    if not user_can_upload(request.user):
        raise PermissionDenied
    found = Video.objects.select_related("requested_by")
    if not user_can_run(request.user):
        found = found.filter(requested_by=request.user)
    context = {"videos": Paginator(found, ON_A_PAGE).get_page(request.GET.get("p"))}
    return render(request, "training/videos/overview.html", context)


@csrf_exempt
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new video. With JavaScript its file goes in parts (views/video_parts.py), without in one piece."""
    if not user_can_upload(request.user):
        raise PermissionDenied
    # Before a byte of it is read, which the check of the form's token would do.
    if request.method == "POST" and int(request.META.get("CONTENT_LENGTH") or 0) > MOST_WHOLE + _FORM_BYTES:
        return _too_large(request)
    return _new(request)


@csrf_protect
def _new(request: HttpRequest) -> HttpResponse:
    form = VideoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, title = form.cleaned_data["file"], form.cleaned_data["title"]
        video = saved_or_refused(
            form, lambda: lifecycle.keep_whole(title, file.name, file.chunks(), file.size, request.user)
        )
        if video is not None:
            return redirect("training_videos_one", video.pk)
    return _show_new(request, form)


def _too_large(request: HttpRequest) -> HttpResponse:
    # Without looking for the token, which stands in what is not read; nothing is changed either.
    length = int(request.META["CONTENT_LENGTH"])
    try:
        # What is too large anyway need not be tried with JavaScript.
        require_size(length - _FORM_BYTES)
        require_small(length)
    except ValidationError as refused:
        return _show_new(request, VideoForm(), " ".join(refused.messages))
    raise AssertionError("only called for what is too large")


def _show_new(request: HttpRequest, form: VideoForm, refusal: str = "") -> HttpResponse:
    context = {
        "form": form,
        "refusal": refusal,
        "most": most_bytes() // MEGABYTE,
        "whole": MOST_WHOLE // MEGABYTE,
        "accept": ACCEPT,
    }
    return render(request, "training/videos/new.html", context, status=REFUSED if form.errors or refusal else 200)


@never_cache
@login_required
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a video is, what became of it, and what can be done with it."""
    video = kept_by(request.user, pk)
    return _show(request, video, CaptionsForm(initial={"text": video.captions}))


@never_cache
@login_required
@require_http_methods(["POST"])
def set_captions(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep captions."""
    video = kept_by(request.user, pk)
    form = CaptionsForm(request.POST, request.FILES, seconds=video.seconds)
    if form.is_valid() and saved_or_refused(form, lambda: lifecycle.set_captions(video, form.captions, request.user)):
        text = _("The captions are kept.") if form.captions else _("The video has no captions now.")
        messages.success(request, text)
        return redirect("training_videos_one", video.pk)
    return _show(request, video, form)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a video with its file, after a question."""
    video, refusal = kept_by(request.user, pk), ""
    if request.method == "POST":
        try:
            lifecycle.delete(video, request.user)
        except ValidationError as refused:
            refusal = " ".join(refused.messages)
        else:
            messages.success(request, _("Deleted: %(video)s") % {"video": video})
            return redirect("training_videos")
    context = {"video": video, "pages": in_use(video), "refusal": refusal}
    return render(request, "training/videos/delete.html", context, status=REFUSED if refusal else 200)


@never_cache
@login_required
@require_safe
def how_far(request: HttpRequest, pk: int) -> JsonResponse:
    """How far the check is, for the script on the video's page."""
    video = kept_by(request.user, pk)
    return progress(video, progress_text(video, timezone.now()))


def _show(request: HttpRequest, video: Video, form: CaptionsForm) -> HttpResponse:
    context = {
        "video": video,
        "form": form,
        "accept": ACCEPT,
        "most": most_bytes() // MEGABYTE,
        "compared": lifecycle.COMPARED,
        "pages": in_use(video),
        "cues": captions.cues(video.captions),
        "received": video.received // MEGABYTE,
        "kept_until": video.received_at + lifecycle.KEPT,
        "following": follow(
            request,
            video,
            _("The video is being checked (MB)"),
            progress_text(video, timezone.now()),
            f"{request.path}progress/",
        ),
        "uploading": video.state == VideoState.UPLOADING,
        "ready": video.state == VideoState.READY,
        "refused": video.state == VideoState.REFUSED,
    }
    return render(request, "training/videos/one.html", context, status=REFUSED if form.errors else 200)
