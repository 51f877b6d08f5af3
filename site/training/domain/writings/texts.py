"""The text of a note or an article: how long it is, and what it looks like on a page or on paper."""

import re

from django.utils.html import escape

from suite.body.from_text import Blocks
from suite.body.headings import typed_heading

# As word processors here count 字数: a Han character or a mark is one, so is a word or a number of Latin letters.
_COUNTED = re.compile(r"[A-Za-z0-9]+(?:[.,'’%\-][A-Za-z0-9]+)*|[^\s\u3000]")


def characters(text: str) -> int:
    """How long a text is, in 字."""
    return len(_COUNTED.findall(text))


def as_typed(text: str) -> str:
    """A text as it is kept: line ends as \\n, no blanks at either end of the whole."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def as_html(text: str) -> str:
    """Rich text: a paragraph a line, headings where a line is numbered 一、 or （一）; markup is shown as text."""
    lines = filter(None, (line.strip(" \t\u3000") for line in text.splitlines()))
    return "".join(_line(line) for line in lines)


def as_blocks(text: str) -> Blocks:
    """The same for the body of a page."""
    html = as_html(text)
    return [{"type": "paragraph", "value": html}] if html else []


def _line(line: str) -> str:
    heading = typed_heading(line)
    name = heading[0] if heading else "p"
    return f"<{name}>{escape(line)}</{name}>"
