"""What the door to paper takes (Sheet), and what a plugin registers (Printable)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


def _nobody(user: Any, obj: Any) -> bool:
    return False


@dataclass(frozen=True)
class Sheet:
    """One document ready to be set.

    ``kind``: the printable's key, for messages. ``template``: a Django template that extends
    ``printing/sheet.html``; ``context``: what it is filled with. ``style``: the name of a stylesheet in
    ``printing/stylesheets``. ``title`` and ``language`` become the PDF's. ``version``, ``issued``, ``printed``
    (None: today) and ``address`` (the public page, drawn as QR) are the small print that tells whether the
    paper in hand still counts; a ``version`` that is no number is printed as it is. ``name``: the file's name
    without ``.pdf``; the title when empty.
    """

    kind: str
    template: str
    context: Mapping[str, Any]
    title: str
    style: str = "gongwen"
    language: str = "zh-CN"
    version: str = ""
    issued: date | None = None
    printed: date | None = None
    address: str = ""
    name: str = ""


@dataclass(frozen=True)
class Printable:
    """A kind of paper that a plugin can make (hook ``register_printables``).

    ``kind``: the key, in addresses and commands; ``label``: what people call it; ``model``: what it is made of,
    or None. ``document(obj)`` makes the Sheet; ``find(key)`` gives the object or None; ``keys()`` the keys there
    are. ``user_can_print(user, obj)`` guards the public address ``/print/<kind>/<key>.pdf``: nobody, unless a
    plugin says who.
    """

    kind: str
    label: Any
    model: Any
    document: Callable[[Any], Sheet]
    find: Callable[[str], Any]
    keys: Callable[[], Iterable[str]]
    user_can_print: Callable[[Any, Any], bool] = field(default=_nobody)
