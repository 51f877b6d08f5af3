"""The pages that carry a document number: which types do, in which field, and which page carries which."""

from __future__ import annotations

from wagtail.models import Page, get_page_models

from suite.numbering.notation import parse


def number_field(page: Page | type[Page]) -> str:
    """The name of the field in which a page type carries its document number, '' for a type that has none."""
    return str(getattr(page, "number_field", ""))


def live_page_with(text: str, other_than: int | None = None) -> Page | None:
    """A public page that carries this document number, however it is typed there; None where there is none.

    ``other_than``: leave out the page with this id, and those that stand in for it.
    """
    wanted = parse(text)
    if wanted is None:
        return None
    for model in get_page_models():
        if not (name := number_field(model)):
            continue
        pages = model.objects.live().filter(**{f"{name}__contains": wanted.prefix})
        pages = pages.exclude(pk=other_than).exclude(alias_of=other_than) if other_than else pages
        for pk, carried in pages.order_by("pk").values_list("pk", name):
            if parse(carried) == wanted:
                return Page.objects.get(pk=pk)
    return None
