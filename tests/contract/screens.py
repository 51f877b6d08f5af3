"""Walks the screens as somebody who clicks on everything, and reads what is written there."""

import json
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import PreformattedString
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, URLResolver, get_resolver, resolve, reverse
from wagtail.admin.menu import admin_menu

# Names that are the same in Chinese.
ALLOWED = {
    "Word",
    "DOCX",
    "Wagtail",
    "Excel",
    "WPS",
    "PDF",
    "JavaScript",
    "JPEG",
    "JPG",
    "PNG",
    "GIF",
    "WEBP",
    "AVIF",
    "XLSX",
    "CSV",
    "KB",
    "MB",
    "GB",
}
# Programs by their names, and what they write.
ALLOWED |= {"Word", "WPS", "DOCX", "docx", "SmartArt"}
# A kind of file, and of fingerprint (SHA-256).
ALLOWED |= {"JSON", "SHA", "doc"}
# What scanners do.
ALLOWED |= {"OCR"}
# Kinds of video (MP4) and of captions.
ALLOWED |= {"MP", "WebM", "WebVTT", "WEBVTT", "SRT", "vtt", "srt"}
# Keys on the keyboard, and where the site is served while nobody has named it.
ALLOWED |= {"Alt", "Ctrl", "Esc", "Shift", "localhost"}
# Chinese as it is typed: 航拍, 低保.
ALLOWED |= {"hangpai", "hp", "dibao"}
# Not language, or (the report of page types) an identifier for developers.
UNREAD = re.compile("^(script|style|code|kbd|svg)$"), re.compile("^app-label$")
ATTRIBUTES = ["title", "alt", "placeholder", "aria-label", "data-w-tooltip-content-value"]
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|(?<!<)/[\w/.-]+|[\w-]+\.(?:pdf|png|docx|txt|jpg|mp4|webm)\b")
# The menu is drawn by a script, from data in the page.
_MENU_LABEL = re.compile(r'"label": ("(?:[^"\\]|\\.)*")')
_ENGLISH = re.compile(r"[A-Za-z]{2,}")
# They end a session, answer machines, or break on purpose.
CLOSED = {"wagtailadmin_logout", "wagtailadmin_error_test", "wagtailadmin_sprite"}
FILES = ("/static/", "/media/", "/documents/")
# Addresses of one kind that differ only by numbers are seen this often.
TIMES = 2


def english(html: str, names: Iterable[str] = ()) -> list[str]:
    """The words of two or more Latin letters a reader sees or hears, without ALLOWED and ``names`` (user names)."""
    page = BeautifulSoup(html, "html.parser")
    props = "".join(page.find("script", id="wagtail-sidebar-props") or ())
    menu = [json.loads(label) for label in _MENU_LABEL.findall(props)]
    for part in [*page.find_all(UNREAD[0]), *page.find_all("td", class_=UNREAD[1])]:
        part.decompose()
    texts = [text for text in page.find_all(string=True) if not isinstance(text, PreformattedString)]
    texts += [tag[name] for name in ATTRIBUTES for tag in page.find_all(attrs={name: True})]
    texts += [tag.get("value", "") for tag in page.find_all("input", type=["submit", "button"])]
    text = _ADDRESS.sub(" ", "\n".join([*texts, *menu]))
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    return [word for word in dict.fromkeys(_ENGLISH.findall(text)) if word not in ALLOWED]


def walk(client: Client, seeds: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Address and HTML of the screens that can be reached from ``seeds`` by links: of each kind the first few."""
    waiting, seen, kinds = deque(seeds), set(), Counter()
    while waiting:
        address = waiting.popleft().split("#")[0]
        kind = _kind(address)
        if address in seen or kind is None or kinds[kind] >= TIMES:
            continue
        seen.add(address)
        kinds[kind] += 1
        response = client.get(address)
        if response.status_code != 200 or not response.headers.get("Content-Type", "").startswith("text/html"):
            if response.status_code in {301, 302}:
                waiting.append(urljoin(address, response.headers["Location"]))
            continue
        html = response.content.decode()
        yield address, html
        page = BeautifulSoup(html, "html.parser")
        waiting.extend(urljoin(address, link["href"]) for link in page.find_all("a", href=True))


def doors(request) -> list[str]:
    """Where a walk begins: every address without arguments, and every line of the menu this user sees."""
    return [*_plain_addresses(get_resolver()), *_menu(admin_menu, request)]


def _menu(menu, request) -> Iterator[str]:
    for item in menu.menu_items_for_request(request):
        yield item.url
        if getattr(item, "menu", None):
            yield from _menu(item.menu, request)


def _plain_addresses(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _plain_addresses(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        elif pattern.name:
            try:
                yield reverse(":".join([*spaces, pattern.name]))
            except NoReverseMatch:
                continue


def _kind(address: str) -> tuple | None:
    """What is the same for all screens of one kind, or None for what is not a screen of ours.

    Of pages, those below the same parent are of one kind.
    """
    parts = urlsplit(address)
    if parts.netloc or not parts.path.startswith("/") or parts.path.startswith(FILES) or "export=" in parts.query:
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    if match.view_name in CLOSED:
        return None
    if match.view_name == "wagtail_serve":
        return match.view_name, parts.path.rstrip("/").rpartition("/")[0]
    return match.view_name, *(value for value in match.kwargs.values() if not str(value).isdigit())
