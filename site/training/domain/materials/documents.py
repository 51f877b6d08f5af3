"""A material on paper, to be handed out. A file prints itself; a text is set here."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from printing import Printable, Sheet
from printing.domain.gongwen import gongwen_sheet
from suite.publishing.permissions import anyone_may_read
from suite.theme.office import current_office, public_address
from training.enums import Audience
from training.models import MaterialPage

from .readers import may_read
from .versions import current


def handout(material: MaterialPage) -> Sheet:
    """The text of a material with its version."""
    version, day = current(material), material.last_published_at
    sheet = gongwen_sheet(
        kind="training-material",
        title=material.title,
        body_html="".join(str(block.render()) for block in material.body if block.block_type != "attachment"),
        signatory=current_office().township_name,
        day=localdate(day) if day else None,
        note=material.introduction,
        status=_("Version %(number)s") % {"number": version.number} if version else "",
        changed=localdate(version.published_at) if version else None,
        draft=not material.live,
        address=public_address(material),
    )
    return replace(sheet, version=version.number if version else None)


def _nothing_to_set(material: MaterialPage) -> str:
    if material.body:
        return ""
    return _("“%(title)s” has no text of its own: download its file and print that.") % {"title": material.title}


def _found(audience: str) -> Any:
    return lambda key: MaterialPage.objects.filter(pk=key, audience=audience).first() if key.isdecimal() else None


def _keys(audience: str) -> Any:
    def keys() -> Iterator[str]:
        live = MaterialPage.objects.live().filter(audience=audience).exclude(body="[]")
        return map(str, live.order_by("pk").values_list("pk", flat=True))

    return keys


def _staff_may_print(user: Any, material: MaterialPage) -> bool:
    return material.audience == Audience.STAFF and user is not None and may_read(user, material)


# Papers that are traced have a public page that says whether they still count: not those of staff.
FOR_VILLAGERS = Printable(
    kind="training-material",
    label=gettext_lazy("hand-out"),
    model=MaterialPage,
    document=handout,
    find=_found(Audience.VILLAGERS),
    keys=_keys(Audience.VILLAGERS),
    user_can_print=anyone_may_read,
    refusal=_nothing_to_set,
)
FOR_STAFF = Printable(
    kind="training-handout",
    label=gettext_lazy("hand-out for staff"),
    model=MaterialPage,
    document=handout,
    find=_found(Audience.STAFF),
    keys=_keys(Audience.STAFF),
    user_can_print=_staff_may_print,
    traced=False,
    refusal=_nothing_to_set,
)
