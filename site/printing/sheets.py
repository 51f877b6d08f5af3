"""What the door to paper takes (Sheet), and what a plugin registers (Printable)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


def _nobody(user: Any, obj: Any) -> bool:
    return False


def _nothing(obj: Any) -> str:
    return ""


def _nowhere(obj: Any) -> list["Pointer"]:
    return []


def _untold(obj: Any, since: int) -> list[str]:
    return []


@dataclass(frozen=True)
class Sheet:
    """One document ready to be set.

    ``kind``: the printable's key, for messages. ``template``: a Django template that extends
    ``printing/sheet.html``; ``context``: what it is filled with. ``style``: names of stylesheets in
    ``printing/stylesheets``, or ``app/name`` for one in the folder ``stylesheets`` of a plugin, with blanks between
    them. ``title`` and ``language`` become the PDF's. ``issued``: the document's own date; ``changed``: the day since
    which it reads as it does; ``version``: the number that the document's own record gives it (a version of a guide),
    which the paper then bears; ``printed``: None is today.
    ``status``: one line of small print about its standing (validity, valid until). ``ended``: why it no longer
    counts, '' while it does. ``draft``: it was never published: marked so, and given no version. ``address``: the
    living public page. ``name``: the file's name without ``.pdf``; the title when empty. ``names``: of people, kept on
    one line besides those whom the hook ``personal_names`` knows.
    """

    kind: str
    template: str
    context: Mapping[str, Any]
    title: str
    style: str = "gongwen"
    language: str = "zh-CN"
    status: str = ""
    issued: date | None = None
    changed: date | None = None
    version: int | None = None
    printed: date | None = None
    ended: str = ""
    draft: bool = False
    address: str = ""
    name: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mark:
    """What tells whether the paper in hand still counts: the version, since when, the short address (QR) and its code.

    ``version``: as it is printed, "2" or "2.1". ``code``: as it is printed, for people without a camera to type.
    """

    version: str
    since: date
    address: str = ""
    code: str = ""


@dataclass(frozen=True)
class Pointer:
    """Where to turn instead: what it is (“What counts now”), its name, its address and the phone, '' for none."""

    label: str
    text: str
    address: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Printable:
    """A kind of paper that a plugin can make (hook ``register_printables``).

    ``kind``: the key, in addresses and commands; ``label``: what people call it; ``model``: what it is made of,
    or None. ``document(obj)`` makes the Sheet; with more than one of ``sizes`` ("a4", "a3"; the first is the usual
    one) it is called as ``document(obj, size)``. ``find(key)`` gives the object or None; ``keys()`` the keys there
    are. ``user_can_print(user, obj)`` guards the public address ``/print/<kind>/<key>.pdf``: nobody, unless a
    plugin says who. ``traced``: its papers get versions and a QR code (not: seat cards). ``refusal(obj)``: why it is
    not made while somebody waits, in a sentence that says what to do ('' where it is): then no page links to it, and
    its address answers with that sentence.
    ``changes(obj, since)``: what changed after version ``since`` of the object's own versions (`Sheet.version`), a
    sentence each, for whoever holds a paper of it; [] where the paper's own paragraphs are to be compared.
    ``instead(obj)``: where to turn with a paper of an object that was published and is not any more; ``obj`` is None
    where it was deleted. It may name only what everybody may see.
    ``docx``: the sheets have the context of `printing.domain.gongwen.gongwen_sheet`, so that they can be had for Word
    too, at ``/print/<kind>/<key>.docx``.
    """

    kind: str
    label: Any
    model: Any
    document: Callable[..., Sheet]
    find: Callable[[str], Any]
    keys: Callable[[], Iterable[str]]
    user_can_print: Callable[[Any, Any], bool] = field(default=_nobody)
    sizes: tuple[str, ...] = ("a4",)
    traced: bool = True
    docx: bool = False
    refusal: Callable[[Any], str] = field(default=_nothing)
    changes: Callable[[Any, int], list[str]] = field(default=_untold)
    instead: Callable[[Any], list[Pointer]] = field(default=_nowhere)
