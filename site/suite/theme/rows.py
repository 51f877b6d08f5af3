"""What plugins answer to the hooks `home_tiles(request)` and `page_facts(page)`."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class HomeTile:
    """One thing on the home page.

    ``title`` says what one can do or what is on ("办低保", "明日听证"); ``text`` is one short line below it.
    ``kind``: ``do`` stands under "what do you want to do", ``today`` under what is on today.
    ``order``: smaller comes first; equal ones keep the order of the plugins.
    """

    title: str
    url: str
    text: str = ""
    kind: Literal["do", "today"] = "do"
    order: int = 100


@dataclass(frozen=True)
class PageFact:
    """One labelled line that a plugin shows on a page, its own or another's; ``url`` makes the value a link."""

    label: str
    value: str
    url: str = ""
    order: int = 100
