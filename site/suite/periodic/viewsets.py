"""The list of periodic jobs in the admin: to read, not to write."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from suite.theme.dates import in_list

from .models import JobRun


class JobRunView(InspectView):
    """One job, with times of the office and the lines of its traceback kept apart."""

    def get_done_at_display_value(self) -> str:
        return in_list(self.object.done_at) or "—"

    def get_failed_at_display_value(self) -> str:
        return in_list(self.object.failed_at) or "—"

    def get_traceback_display_value(self) -> SafeString:
        return format_html('<pre style="white-space: pre-wrap">{}</pre>', self.object.traceback or "—")


class JobRunViewSet(ModelViewSet):
    """A list to read: rows are written by the tick alone."""

    model = JobRun
    name = "periodic_jobs"
    url_prefix = "periodic-jobs"
    icon = "time"
    menu_label = _("Periodic jobs")
    add_to_settings_menu = True
    menu_order = 910
    list_display = ["__str__", "done_at", "failed_at", "failures"]
    inspect_view_enabled = True
    inspect_view_class = JobRunView
    inspect_view_fields = ["key", "description", "done_at", "failed_at", "failures", "traceback"]
    copy_view_enabled = False
    exclude_form_fields: list[str] = []
