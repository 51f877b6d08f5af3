"""The end of a material: how far its reader has come, and the button that confirms."""

from typing import Any

from django import template

from training.domain.reading import own

register = template.Library()


@register.inclusion_tag("training/reading/end.html", takes_context=True)
def reading_end(context: Any, material: Any, on_sheet: bool = False) -> dict[str, Any]:
    """`{% reading_end page %}` at the very end of what is read, `on_sheet=True` below one sheet of it: nothing for who
    is not asked, nor in a preview."""
    request = context.get("request")
    person = getattr(getattr(request, "user", None), "person", None)
    if person is None or getattr(request, "is_preview", False):
        return {"standing": None}
    standing = own.standing(person, material)
    shown = {"request": request, "standing": standing, "material": material}
    if standing is not None and standing.task.is_read:
        shown["confirmed_at"] = own.confirmed_at(person, material, standing.task.confirmed or 0)
    elif standing is not None and not on_sheet:
        shown["page"] = own.end(person, standing)
    return shown
