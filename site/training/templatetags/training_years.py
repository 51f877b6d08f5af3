"""How tables of a year show what was done of what is owed."""

from django import template
from django.utils.html import format_html

register = template.Library()


@register.filter
def percent_below(said: str) -> str:
    """3/4（75%） with the percentage in a line of its own, so that narrow columns stay even."""
    count, bracket, percent = said.partition("（")
    return format_html("{} <small>{}</small>", count, percent.rstrip("）")) if bracket else said
