"""Text that people typed or pasted, made fit for paper."""

import re

# Nothing that draws, and XML forbids most of them. Tabs and line ends mean something and stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")


def plain(value: object) -> str:
    """The value as text of one or more lines: no control characters, no blanks at a line's ends, \\n as line end."""
    if value is None:
        return ""
    text = _CONTROL.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.strip(" \t\u3000\u00a0") for line in text.split("\n")).strip("\n")


def one_line(value: object) -> str:
    """The value as one line: every run of blanks and line ends is one blank."""
    return " ".join(plain(value).split())
