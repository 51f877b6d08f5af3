"""Which materials show a video, and so who may watch it."""

from typing import Any

from django.db.models import Q, QuerySet

from training.enums import VideoState
from training.models import MaterialPage, Video
from training.permissions import user_can_run


def showing(video: Video) -> QuerySet[MaterialPage]:
    """The materials that show it, published ones first: in what is stored, or in the newest draft."""
    drafted = Q(has_unpublished_changes=True, latest_revision__content__video=video.pk)
    return MaterialPage.objects.filter(Q(video=video) | drafted).order_by("-live", "pk")


def in_use(video: Video) -> list[MaterialPage]:
    """Materials for whose sake it cannot be deleted, published ones first."""
    return list(showing(video))


def may_keep(user: Any, video: Video) -> bool:
    """Whether `user` may go on with the upload, write captions and delete: who uploaded it, and who runs training."""
    return bool(user.is_active and (video.requested_by_id == user.pk or user_can_run(user)))


def may_watch(user: Any, video: Video) -> bool:
    """Whether `user` may see the video, its file and its captions.

    Readers of a published material that shows it; whoever may edit a material whose draft shows it (checkers and
    approvers at their stage do); who uploaded it and who runs training.
    """
    from training.domain.materials import may_read

    if video.state != VideoState.READY:
        return False
    if may_keep(user, video):
        return True
    for material in showing(video):
        if material.live and material.video_id == video.pk and may_read(user, material):
            return True
        if user.is_authenticated and material.permissions_for_user(user).can_edit():
            return True
    return False
