"""Where somebody turns who holds a guide, or its old address, after it was taken down."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from printing import Pointer

if TYPE_CHECKING:
    from guides.models import GuidePage


def pointers(guide: "GuidePage | None") -> list[Pointer]:
    """What takes the guide's place, the unit with its phone, the list of all guides; only what everybody may see.

    ``guide``: None where it was deleted.
    """
    from guides.models import GuideIndexPage

    found = []
    if guide is not None:
        if (after := guide.successor) is not None:
            found.append(Pointer(_("What counts now"), after.title, after.get_url() or ""))
        unit = guide.responsible_unit
        phone = guide.contact_phone or (unit.phone if unit else "")
        if phone:
            found.append(Pointer(_("Ask"), guide.responsible_name, phone=phone))
    index = GuideIndexPage.objects.live().public().order_by("path").first()
    if index is not None:
        found.append(Pointer(pgettext("guide", "Look among"), _("All items"), f"{index.get_url()}?all=1"))
    return found
