"""What the notice's form shows besides its fields: the broadcast script as it would be read, and how long it takes."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.panels import Panel

from .domain.papers.broadcast import LONGEST, broadcast_script


class BroadcastPanel(Panel):
    """The script of the notice's hearing; a warning where it takes longer than a minute."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "hearings/admin/broadcast_panel.html"

        def is_shown(self) -> bool:
            """Once the page is saved with its hearing."""
            return bool(self.instance.pk and self.instance.hearing_id)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = {**super().get_context_data(parent_context), "most": LONGEST}
            try:
                context["script"] = broadcast_script(self.instance.hearing)
            except ValidationError as refusal:
                context["refusal"] = " ".join(refusal.messages)
            return context
