"""Reading the page of hits."""

import re
from html import unescape


def titles(html):
    headings = re.findall(r'<article class="result">\s*<h[23]><a href="[^"]+">(.*?)</a></h[23]>', html, re.DOTALL)
    return [re.sub(r"</?mark>", "", heading) for heading in headings]


def filter_choices(html):
    """What the page of hits can be narrowed down by: {filter: {value: (label, number of hits)}}."""
    found: dict[str, dict[str, tuple[str, int]]] = {}
    buttons = r'<button name="(\w+)" value="([^"]*)">(.*?) <span class="how-many">(\d+)</span></button>'
    for name, value, label, count in re.findall(buttons, html):
        found.setdefault(name, {})[unescape(value)] = (unescape(label), int(count))
    return found


def filters_chosen(html):
    """What was chosen on the page of hits: {label: the address without it}."""
    row = re.search(r'<ul class="chosen".*?</ul>', html, re.S)
    links = re.findall(r'<a class="button" href="([^"]*)"><span.*?</span>(.*?) <span', row.group() if row else "")
    return {unescape(label): unescape(address) for address, label in links}
