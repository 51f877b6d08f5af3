"""Where somebody is with their notes and articles, in words."""

from django import template
from django.utils.translation import gettext as _

from training.domain.writings.book import standing as in_words
from training.domain.writings.book import why_nothing
from training.domain.writings.owing import Owing

register = template.Library()


@register.simple_tag
def standing(one: Owing, kind: str) -> str:
    """Accepted, waiting, owed; why nothing is asked where nothing was written either."""
    said = in_words(one, kind)
    if not one.asked[kind]:
        said = "，".join(filter(None, (said, why_nothing(one) or _("none asked"))))
    return said or _("complete")
