"""The tabs of a guide's form, and the two panels that say how the guide stands while it is written (requirement E)."""

from typing import Any

from django.forms import CheckboxSelectMultiple
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


# What to write, by example; what the fields' own help says is not repeated.
_HELP = {
    "case_kind": _("Done at once: while people wait. Passed on: we check, a higher office decides."),
    "level": _("Who decides in the end."),
    "life_events": _("The occasions on which people look for it; the guide is listed under each."),
    "conditions": _("For example: lives in this township; income below the standard; over 80 years old."),
    "contact_phone": _("A landline of the office that answers questions; at first the hall's."),
    "complaint_phone": _("At first the supervision phone; not the same as for questions."),
    "no_materials": _("Tick it if people need to bring nothing, not even the identity card."),
    "materials": _(
        "One row for each paper. What other offices can look up is no paper to bring: choose “we look it up”."
    ),
    "promised_limit": _("What the office promises, in days; not longer than the law allows. Empty if done at once."),
    "statutory_limit": _("What the law allows, in days."),
    "steps": _("In order, for example: apply, check, decide, hand over. Ways out only where the ways part."),
    "online": _("The address of the page where it can be applied for, if there is one."),
    "visits": _("How often people themselves have to come, for example 1; 0 if everything can be sent or done online."),
    "basis": _("The law or document and its article, for example: article 10. Link it if it is in the reading room."),
    "answers": _("What people ask most often at the window."),
}
_CHECKBOXES = {"life_events": CheckboxSelectMultiple}


class Field(FieldPanel):
    """A field with its example, and the mark of those that publishing asks for."""

    def __init__(self, field_name: str, **kwargs: Any):
        kwargs["help_text"] = kwargs.get("help_text") or _HELP.get(field_name, "")
        kwargs["widget"] = kwargs.get("widget") or _CHECKBOXES.get(field_name)
        super().__init__(field_name, **kwargs)

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
            heading=_("Ways and places"),
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
