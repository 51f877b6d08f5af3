"""What a page offers to print."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse

from printing.codes import spaced
from printing.domain.registry import printables

register = template.Library()
register.filter("spaced", spaced)


@dataclass(frozen=True)
class PrintLink:
    """One paper that can be had of an object: what it is called, its size where there are several, its address;
    ``docx``: for Word."""

    label: Any
    size: str
    url: str
    docx: bool = False


@register.inclusion_tag("printing/links.html", takes_context=True)
def print_links(context: Any, found: Any) -> dict[str, list[PrintLink]]:
    """Links to every paper that this reader may print of ``found``, by its primary key."""
    return {"links": papers_of(context, found)}


@register.simple_tag(takes_context=True)
def papers_of(context: Any, found: Any) -> list[PrintLink]:
    """The same as a list, for a template that shows them in its own way."""
    user = getattr(context.get("request"), "user", None)
    links: list[PrintLink] = []
    for_word: list[PrintLink] = []  # after what can be printed as it is
    may_print: dict[Any, bool] = {}  # several papers of one object ask the same
    for printable in printables().values():
        if printable.model is None or not isinstance(found, printable.model):
            continue
        asked = printable.user_can_print
        if asked not in may_print:
            may_print[asked] = asked(user, found)
        if may_print[asked] and not printable.refusal(found):
            address = reverse("printing:document", args=[printable.kind, found.pk])
            several = len(printable.sizes) > 1
            links += [
                PrintLink(printable.label, size if several else "", f"{address}?size={size}" if several else address)
                for size in printable.sizes
            ]
            if printable.docx:
                address = reverse("printing:docx", args=[printable.kind, found.pk])
                for_word.append(PrintLink(printable.label, "", address, docx=True))
    return links + for_word
