"""What there is to come through in a version, and what of it somebody has still to (requirement Q).

Each part has a number, as `SheetShown` keeps it: sheets count from 1; `END` is the end of the text, `VIDEO` the video.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

END, VIDEO = 0, -1


def parts(sheets: int, has_text: bool, has_video: bool) -> frozenset[int]:
    """The numbers of the parts; what has none of them has the end of its page, as a text has."""
    found = {*range(1, sheets + 1), *[END] * has_text, *[VIDEO] * has_video}
    return frozenset(found or {END})


@dataclass(frozen=True, slots=True)
class Left:
    """What somebody has still to come through: of ``parts``, what is not in ``seen``; None: they never opened it."""

    parts: frozenset[int]
    seen: frozenset[int] | None = None

    @property
    def numbers(self) -> frozenset[int]:
        return self.parts - (self.seen or frozenset())

    @property
    def sheets(self) -> list[int]:
        """The sheets that were not shown yet, in order."""
        return sorted(one for one in self.numbers if one > END)

    @property
    def text(self) -> bool:
        """Whether the end of the text was not reached."""
        return END in self.numbers

    @property
    def video(self) -> bool:
        """Whether the video was not watched."""
        return VIDEO in self.numbers

    def __bool__(self) -> bool:
        return bool(self.numbers)

    @property
    def said(self) -> str:
        """How far it is, for who has not confirmed it: not opened, what is wanting, or everything seen."""
        if not self.numbers:
            return _("seen to the end, not confirmed yet")
        if self.seen is None:
            return _("not opened yet")
        return self.wanting

    @property
    def wanting(self) -> str:
        """What is still to come through: so many pages, the text, the video."""
        pages = len(self.sheets)
        said = npgettext("part of a material", "%(count)s page", "%(count)s pages", pages)
        named = [said % {"count": pages}] if pages else []
        named += [pgettext("part of a material", "the text")] * self.text
        named += [pgettext("part of a material", "the video")] * self.video
        return _("still to be read or watched: %(parts)s") % {"parts": "、".join(named)}
