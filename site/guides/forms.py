"""The editor's form: what a new guide begins with."""

from typing import Any

from suite.publishing.forms import PublishedPageForm
from suite.theme.office import current_office

from .models import GuidesSettings


class GuideForm(PublishedPageForm):
    """A new guide already says what is the same for most guides of an office."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            office = current_office()
            usual = {
                "title": getattr(self.parent_page, "title_to_begin_with", ""),
                "contact_phone": office.hall_phone,
                "complaint_phone": office.supervision_phone,
                "scope": office.short_name,
                "remedies": (GuidesSettings.objects.first() or GuidesSettings()).remedies,
            }
            for name, value in usual.items():
                self.initial[name] = self.initial.get(name) or value
