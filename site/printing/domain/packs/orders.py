"""What a pack is ordered of, and whether its owner may have it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from printing.domain.registry import printables
from printing.sheets import Printable


def allowed(item: Mapping[str, Any], user: Any) -> tuple[Printable, Any]:
    """The printable and the object of one paper of a pack, for somebody who may print it.

    Raises ValidationError: no such kind, gone, not in that size, or not for this user. Asked when the pack is
    ordered, and again when the paper is printed.
    """
    printable = printables().get(item["kind"])
    if printable is None:
        raise ValidationError(
            _("Papers of the kind “%(kind)s” cannot be printed here (any more).") % {"kind": item["kind"]}
        )
    found = printable.find(item["key"])
    if found is None:
        raise ValidationError(_("It is not there any more: it was deleted."))
    if item["size"] not in printable.sizes:
        raise ValidationError(
            _("It cannot be printed as %(size)s; choose one of: %(sizes)s.")
            % {"size": item["size"].upper(), "sizes": "、".join(printable.sizes).upper()}
        )
    if not user.is_active or not printable.user_can_print(user, found):
        raise ValidationError(_("You may not print it: it is not published (any more), or not for you."))
    return printable, found
