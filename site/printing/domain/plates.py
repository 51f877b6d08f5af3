"""门牌、岗位牌: what hangs at a unit's door and at a post (requirement A)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from printing.sheets import Sheet

from .plain import one_line, plain
from .rendering import PrintingUnavailable
from .seatcards import fitting, spaced
from .titles import break_title, width

# A4 across with edges of 18 mm: the room for the largest line, with a photo beside it and without (mm).
_WIDE, _BESIDE_PHOTO = 261.0, 168.0
_DOOR_LINE = 8.0  # characters of a unit's name, before it takes two lines
_DOOR_LARGEST = 46.0
_NAME_LARGEST, _NAME_ALONE = 30.0, 46.0
# The size (pt) of a post's duties, by how many characters they have; no more fit under the name.
_DUTIES = ((90, 22), (180, 17), (340, 13.5))


@dataclass(frozen=True)
class PostPlate:
    """Who holds which post. ``duties``: one a line. ``photo``: an address below the site's media, '' for none."""

    name: str
    post: str
    unit: str = ""
    duties: str = ""
    phone: str = ""
    photo: str = ""


def door_plate_sheet(
    *,
    unit: str,
    issuer: str = "",
    place: str = "",
    phone: str = "",
    hours: str = "",
    supervision_phone: str = "",
    kind: str = "door-plate",
) -> Sheet:
    """A plate for a unit's door, on A4 across; what is empty is left out.

    ``issuer``: the office it belongs to. ``place``: room or building. ``hours``: when somebody is there.
    """
    lines = break_title(one_line(unit), _DOOR_LINE)
    rows = [
        (_("Place"), place),
        (_("Telephone"), phone),
        (_("Office hours"), hours),
        (_("supervision phone"), supervision_phone),
    ]
    return Sheet(
        kind=kind,
        template="printing/doorplate.html",
        style="plates",
        context={
            "issuer": issuer,
            "lines": lines,
            "size": min(fitting(line, _WIDE, _DOOR_LARGEST if len(lines) == 1 else 90 / len(lines)) for line in lines),
            "rows": [(name, one_line(value)) for name, value in rows if one_line(value)],
        },
        title=_("Door plate: %(unit)s") % {"unit": unit},
    )


def post_plate_sheet(
    plates: Iterable[PostPlate],
    *,
    title: str,
    issuer: str = "",
    supervision_phone: str = "",
    kind: str = "post-plate",
) -> Sheet:
    """Plates for posts, each an A4 sheet across: photo where there is one, name, post, duties, phones.

    ``issuer``: the office they belong to. Raises PrintingUnavailable, naming the post or ``title``, for duties that do
    not fit on a plate, and where there is no plate.
    """
    made = [_set(plate) for plate in plates]
    if not made:
        raise PrintingUnavailable(_("“%(title)s”: nobody holds a post here today.") % {"title": title})
    return Sheet(
        kind=kind,
        template="printing/postplates.html",
        style="plates",
        context={"plates": made, "issuer": issuer, "supervision_phone": supervision_phone},
        title=title,
        names=tuple(plate["name"] for plate in made),
    )


def _set(plate: PostPlate) -> dict[str, Any]:
    duties = [line for line in plain(plate.duties).split("\n") if line]
    name = spaced(plate.name)
    return {
        "name": name,
        "name_size": fitting(name, _BESIDE_PHOTO, _NAME_LARGEST) if plate.photo else fitting(name, _WIDE, _NAME_ALONE),
        "post": one_line(plate.post),
        "unit": one_line(plate.unit),
        "duties": duties,
        "duties_size": _duties_size(plate, sum(width(line) + 6 for line in duties)),
        "phone": one_line(plate.phone),
        "photo": plate.photo,
    }


def _duties_size(plate: PostPlate, length: float) -> float:
    for most, size in _DUTIES:
        if length <= most:
            return size
    raise PrintingUnavailable(
        _(
            "The duties of the post “%(post)s” are too long for a plate. Shorten them to %(most)d characters in "
            "the list of posts."
        )
        % {"post": f"{plate.unit} {plate.post}".strip(), "most": _DUTIES[-1][0]}
    )
