"""The tabs of a guide's form, and the two panels that say how the guide stands while it is written (requirement E)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from suite.publishing.models import PublishedPage

from .views import parts, review_address

# Publishing asks for them always; Django's own “required” would also hold up a draft.
_ALWAYS_NEEDED = {
    *("summary", "item_kind", "case_kind", "level", "audience", "conditions", "responsible_unit", "scope"),
    *("contact_phone", "complaint_phone", "result_name", "remedies", "basis", "steps", "visits"),
}


class Field(FieldPanel):
    """A field with the mark of those that publishing asks for."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_required(self) -> bool:
            return self.field_name in _ALWAYS_NEEDED


class ReviewPanel(Panel):
    """Shows one part of the review: of what is saved at first, then of what is typed (review.js asks for it).

    ``part``: paths or review.
    """

    def __init__(self, part: str, **kwargs: Any):
        super().__init__(**kwargs)
        self.part = part

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "part": self.part}

    class BoundPanel(Panel.BoundPanel):
        template_name = "guides/admin/panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {
                **super().get_context_data(parent_context),
                "part": self.panel.part,
                "content": parts(self.instance)[self.panel.part],
                "address": review_address(self.instance, self.form.parent_page),
            }


def _group(heading: Any, *panels: Any, **kwargs: Any) -> MultiFieldPanel:
    return MultiFieldPanel([Field(one) if isinstance(one, str) else one for one in panels], heading=heading, **kwargs)


def _row(*names: str) -> FieldRowPanel:
    return FieldRowPanel([Field(name) for name in names])


def guide_form() -> TabbedInterface:
    """The whole form, tab by tab."""
    page = PublishedPage
    return TabbedInterface(_tabs(page.content_panels, [*page.promote_panels, *page.settings_panels]))


def _tabs(title: list[Any], rest: list[Any]) -> list[ObjectList]:
    """``title``: the panels of every page's head; ``rest``: its address and settings."""
    return [
        ObjectList(
            [
                *title,
                Field("summary"),
                _group(
                    _("What kind of item"),
                    _row("item_kind", "case_kind"),
                    _row("level", "item_code"),
                    "life_events",
                ),
                _group(_("Who it is for"), "audience", "conditions"),
                _group(
                    _("Who answers for it"),
                    "responsible_unit",
                    _row("contact_phone", "complaint_phone"),
                ),
            ],
            heading=_("The item"),
        ),
        ObjectList(
            [Field("questions"), _group(_("What to bring"), "no_materials", "materials")],
            heading=_("Variants and materials"),
        ),
        ObjectList(
            [
                _group(
                    _("How long it takes"),
                    _row("promised_limit", "promised_unit"),
                    _row("statutory_limit", "statutory_unit"),
                    "no_statutory_limit",
                ),
                Field("steps"),
                ReviewPanel("paths", heading=_("Longest way and chart")),
            ],
            heading=_("Steps and limits"),
        ),
        ObjectList(
            [
                _group(_("Ways to apply"), _row("at_window", "by_agent"), "online"),
                _group(_("Coming to the office"), "visits", "visits_reason", "scope"),
                InlinePanel("places", heading=_("Where"), label=_("Place")),
            ],
            heading=_("How it is done"),
        ),
        ObjectList(
            [
                _group(_("result"), "result_name", "result_sample", "no_sample_reason"),
                _group(_("fee"), "fee", "fee_basis"),
                Field("basis"),
                Field("remedies"),
                Field("answers"),
            ],
            heading=_("Result and legal basis"),
        ),
        ObjectList([ReviewPanel("review", heading=_("Before it is handed on"))], heading=_("Review")),
        ObjectList(
            [_group(_("Period of validity"), _row("valid_from", "valid_until"), "replaced_by"), *rest],
            heading=_("Validity and settings"),
        ),
    ]
