"""Reading a page as HTML: what a villager sees, and the tree a screen reader walks."""

import re
from html.parser import HTMLParser

# The one script of every public page, which adds titles while somebody types into the plain form of the search.
EVERYWHERE = ["/static/search/suggest.js"]
VOID = {"meta", "link", "input", "br", "img", "hr"}


def text(response):
    """The words of the page's main part, spaces folded."""
    html = response.content.decode()
    main = re.search(r"<main\b.*?</main>", html, re.S).group()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).strip()


class Elements(HTMLParser):
    """All elements in order, as (tag, attributes, tags around it); each heading's and label's words too."""

    def __init__(self, html):
        super().__init__()
        self.found, self.open = [], []
        self.feed(html)
        self.left_open = list(self.open)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs), tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def all(self, *tags):
        return [(tag, attrs) for tag, attrs, _around in self.found if tag in tags]

    def scripts(self):
        """The files of the page's scripts, which are loaded late; "" for one that stands in the page itself."""
        return [attrs.get("src", "") if "defer" in attrs else "" for _tag, attrs in self.all("script")]
