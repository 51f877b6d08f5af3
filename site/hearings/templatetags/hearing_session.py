"""What the templates of the clerk's page need."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hearings.domain.sitting import Speaker
from hearings.enums import ProblemState

register = template.Library()

# A state is a word, a colour and a shape.
SHAPES = {ProblemState.OPEN: "", ProblemState.AGREED: "state-done", ProblemState.STUDIED: "state-soon"}


@register.simple_tag
def speaker_options(speakers: Iterable[Speaker], chosen: str, said_by: str = "") -> SafeString:
    """The options of a choice of speakers: representatives, officers, somebody else.

    Made without a template, because a page repeats them for each contribution. ``chosen`` stays there although
    that person is no longer among the `speakers`.
    """
    rows = list(speakers)
    if chosen and chosen not in {row.value for row in rows}:
        rows.append(Speaker(chosen, said_by))
    parts = [format_html('<option value="">{}</option>', _("somebody else: write the name"))]
    for label, first in ((_("representatives"), "r"), (_("hearing officers"), "o")):
        if found := [row for row in rows if row.value.startswith(first)]:
            options = format_html_join(
                "",
                '<option value="{}"{}>{}</option>',
                ((row.value, SafeString(" selected") if row.value == chosen else "", row.label) for row in found),
            )
            parts.append(format_html('<optgroup label="{}" data-group="{}">{}</optgroup>', label, first, options))
    return format_html_join("", "{}", ((part,) for part in parts))


@register.filter
def problem_shape(state: str) -> str:
    """The class that goes with the state of a problem."""
    return SHAPES[ProblemState(state)]
