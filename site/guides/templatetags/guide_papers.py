"""Addresses of the papers that pages of guides lead to."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse

from guides.domain.documents import why_no_booklet
from guides.domain.matter import Case
from guides.variants import Answer

register = template.Library()


@register.simple_tag
def notice_address(guide: Any, answers: Iterable[Answer]) -> str:
    """The one-time notice for somebody who gave these answers; '' of a draft and of what has ended."""
    if not guide.live or guide.has_ended:
        return ""
    return reverse("printing:document", args=["one-time-notice", Case(guide, tuple(answers)).key])


@register.simple_tag
def booklet_address(unit: Any) -> str:
    """All guides of a unit or a place as one booklet; '' where that is too much to wait for."""
    return "" if why_no_booklet(unit) else reverse("printing:document", args=["guides-booklet", unit.pk])
