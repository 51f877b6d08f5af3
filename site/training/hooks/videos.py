"""What videos give to the suite."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from suite import audit
from suite.background import BackgroundJob
from suite.desk import DeskItem, DeskLink
from suite.periodic import PeriodicJob
from suite.permissions import PermissionRow
from suite.publishing import PublishProblem
from suite.roles import Role
from training.domain.lifecycle import videos as lifecycle
from training.domain.videos.checking import check
from training.domain.videos.disk import sweep
from training.enums import MaterialKind, VideoState
from training.models import MaterialPage, Video
from training.permissions import UPLOAD, user_can_upload
from training.urls import videos as addresses

audit.declare("training.begin_video", gettext_lazy("Upload a video"), gettext_lazy("Began to upload it (%(size)s MB)"))
audit.declare("training.accept_video", gettext_lazy("Accept a video"), gettext_lazy("Checked and found good"))
audit.declare("training.refuse_video", gettext_lazy("Refuse a video"), gettext_lazy("Refused: %(reason)s"))
audit.declare("training.caption_video", gettext_lazy("Caption a video"), gettext_lazy("Captions kept (%(cues)s lines)"))
audit.declare("training.delete_video", gettext_lazy("Delete a video"), gettext_lazy("Deleted %(name)s (%(size)s MB)"))
audit.declare(
    "training.drop_video", gettext_lazy("Delete an unfinished upload"), gettext_lazy("Unfinished %(name)s deleted")
)

_MINE = 5


@hooks.register("register_roles")
def roles() -> list[Role]:
    """Who writes materials uploads videos for them."""
    return [Role(key, permissions=[UPLOAD]) for key in ("editor", "efficiency_office")]


@hooks.register("register_urls")
def video_addresses() -> list[URLResolver | URLPattern]:
    return [
        path("desk/training/videos/", include(addresses.desk)),
        path("training/videos/", include(addresses.public)),
    ]


@hooks.register("permission_rows")
def video_rows() -> list[PermissionRow]:
    """Whose video one may watch is a matter of the materials that show it (`domain.videos.uses`)."""
    kept = [PermissionRow(str(one.name), user_can_upload) for one in addresses.desk]
    return [*kept, *(PermissionRow(str(one.name), lambda user: True) for one in addresses.public)]


@hooks.register("background_work")
def check_of_videos() -> list[BackgroundJob]:
    trouble = gettext_lazy("The video could not be checked. Tell the system administrator, and upload it again later.")
    return [BackgroundJob(Video, check, lifecycle.refuse, trouble)]


@hooks.register("periodic_jobs")
def clean_up_videos(now: datetime) -> Iterator[PeriodicJob]:
    """Uploads that nobody went on with go; once a day files that belong to nothing."""
    for video in lifecycle.abandoned(now):
        yield PeriodicJob(
            f"training.drop_video:{video.pk}",
            partial(lifecycle.drop_abandoned, video.pk, now),
            _("Deleting the unfinished upload “%(video)s”") % {"video": video},
        )
    yield PeriodicJob(
        f"training.sweep_videos:{timezone.localdate(now)}", sweep, _("Deleting videos that belong to nothing")
    )


@hooks.register("desk_items")
def my_videos(user: Any) -> Iterator[DeskItem]:
    """Uploads to go on with, and what became of those that were refused."""
    if not user_can_upload(user):
        return
    mine = Video.objects.filter(requested_by=user)
    for video in mine.filter(state=VideoState.UPLOADING)[:_MINE]:
        yield DeskItem(
            key=f"training.video:{video.pk}",
            title=_("Go on uploading “%(video)s”") % {"video": video},
            url=reverse("training_videos_one", args=[video.pk]),
            reason=_("You began it. What is here already stays until then."),
            due=video.received_at + lifecycle.KEPT,
            plugin="training",
        )
    for video in mine.filter(state=VideoState.REFUSED)[:_MINE]:
        yield DeskItem(
            key=f"training.video_refused:{video.pk}",
            title=_("Your video “%(video)s” was refused") % {"video": video},
            url=reverse("training_videos_one", args=[video.pk]),
            reason=video.message,
            due=None,
            plugin="training",
        )


@hooks.register("training_ways")
def way_to_videos(user: Any) -> Iterator[DeskLink]:
    if user_can_upload(user):
        yield DeskLink(gettext_lazy("Training videos"), reverse("training_videos"), 80)


@hooks.register("publish_checks")
def video_is_there(page: Any) -> Iterator[PublishProblem]:
    """A material that is a video has one; only what can be played can be chosen."""
    if not isinstance(page, MaterialPage):
        return
    if page.kind == MaterialKind.VIDEO and page.video is None:
        yield PublishProblem("video", _("Choose the video. It is uploaded on the desk, under “Training videos”."))
