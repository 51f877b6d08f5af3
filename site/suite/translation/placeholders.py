"""A translation must fill in what the original fills in: ``%(name)s``, ``%d``, ``{name}``, tags."""

import re
from collections import Counter

from babel.messages.catalog import Message

_FILLED_IN = re.compile(r"%\(\w+\)[sdr]|%[sdr]|\{\w*\}")
_TAG = re.compile(r"</?[a-z][^>]*>")


def disagreement(message: Message) -> str | None:
    """What the Chinese leaves out or adds, as a few words, or None.

    Of a plural the last form counts: Chinese has one form, and English may leave the number out of "one".
    """
    original = message.id if isinstance(message.id, str) else message.id[-1]
    forms = (message.string,) if isinstance(message.string, str) else message.string or ()
    for form in forms:
        for pattern in (_FILLED_IN, _TAG):
            there, here = (Counter(_plain(part) for part in pattern.findall(text)) for text in (original, form))
            if there != here and (pattern is _TAG or set(there) != set(here)):
                return f"{sorted((there - here) + (here - there))} differs"
    return None


def _plain(part: str) -> str:
    return re.sub(r"\s", "", part)
