"""The words of running text without its markup, for the search: what Wagtail gives, several times as fast."""

import re
from html import unescape

from wagtail.rich_text import get_text_for_indexing

# After these Wagtail leaves a blank, so that two paragraphs are not one word.
_ENDS = re.compile(r"</(?:p|h\d|li|blockquote)>|<(?:br|hr)\s*/>", re.IGNORECASE)
_TAGS = re.compile(r"""</?[a-zA-Z][^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")


def plain(html: str) -> str:
    """As `wagtail.rich_text.get_text_for_indexing`, which takes a parser written in Python to the markup.

    An editor's markup is only tags and entities; what holds anything else (comments, a bare <) is left to Wagtail.
    """
    text = _TAGS.sub("", _ENDS.sub(" ", html))
    return get_text_for_indexing(html) if "<" in text else unescape(text.strip())
