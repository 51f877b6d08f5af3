"""Headings that a typist writes as plain paragraphs: 一、 （一） 第一章 (GB/T 9704, 7.3.3)."""

import re

_NUMBER = "[一二三四五六七八九十百零〇]+"
_LONGEST = 40
_SENTENCE = re.compile(r"[。；？！]")
_KINDS = (
    (re.compile(rf"^第{_NUMBER}[编章][\s\u3000]"), "h2", True),
    (re.compile(rf"^第{_NUMBER}节[\s\u3000]"), "h3", True),
    (re.compile(rf"^{_NUMBER}、"), "h2", False),
    (re.compile(rf"^（{_NUMBER}）"), "h3", False),
)


def typed_heading(text: str) -> tuple[str, bool] | None:
    """The heading a paragraph is by its number, ("h2" or "h3", whether a chapter); None for running text.

    A paragraph that is long, or has the end of a sentence in it, is running text whatever it begins with.
    """
    if len(text) > _LONGEST or _SENTENCE.search(text):
        return None
    return next(((name, chapter) for pattern, name, chapter in _KINDS if pattern.match(text)), None)
