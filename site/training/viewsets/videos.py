"""The register of videos: what there is, who sent it; deleted here or on the desk, changed on the desk alone."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from suite.registers.register import Register
from training.domain.lifecycle import videos as lifecycle
from training.models import Video
from training.permissions import RUN

from .records import Records


class VideoRecords(Records):
    """Seen and deleted by who runs training; who uploads has the list on the desk."""

    def user_can_list(self, user: Any) -> bool:
        return bool(user.has_perm(RUN))

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return bool(user.has_perm(RUN))

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return bool(user.has_perm(RUN))


class VideoRegister(Register):
    model = Video
    menu_icon = "media"
    permission_helper_class = VideoRecords
    list_display = ("title", "state", "how_large", "seconds", "requested_by", "requested_at", "desk")
    list_export = ("title", "file_name", "state", "size", "seconds", "content_type", "codec", "sha256", "requested_by",
                   "requested_at")  # fmt: skip
    list_filter = ("state",)
    search_fields = ("title", "file_name")
    one_line = ("how_large",)
    inspect_view_fields = ("title", "file_name", "state", "how_large", "seconds", "requested_by",
                           "requested_at", "desk")  # fmt: skip

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("requested_by")

    def remove(self, instance: Model, user: Any) -> None:
        """As on the desk: refused while a material shows it."""
        if isinstance(instance, Video):
            lifecycle.delete(instance, user)

    def how_large(self, row: Video) -> str:
        return str(filesizeformat(row.size))

    how_large.short_description = gettext_lazy("size")

    def desk(self, row: Video) -> str:
        return format_html('<a href="{}">{}</a>', reverse("training_videos_one", args=[row.pk]), _("Watch, caption"))

    desk.short_description = gettext_lazy("on the desk")
