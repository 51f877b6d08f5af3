"""Finds the msgids that Python, templates and scripts ask for, with Babel's extractors."""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

_NAMES = {
    "gettext": (1,),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
KEYWORDS = {"_": None, "gettext_noop": None} | {
    f"{name}{ending}": arguments for name, arguments in _NAMES.items() for ending in ("", "_lazy")
}
TEMPLATES = {".html", ".txt", ".xml"}
SKIPPED = {"locale", "migrations", "test", "tests", "node_modules", "vendor", "__pycache__"}


def messages(folder: Path, domain: str = "django") -> Catalog:
    """The msgids used by the app in ``folder`` (or in one file), untranslated; an app inside it speaks for itself.

    ``domain``: "django" for Python and templates, "djangojs" for scripts.
    """
    found = Catalog()
    for path in _files(folder):
        if domain == "djangojs":
            if path.suffix == ".js" and not path.name.endswith(".min.js"):
                _add(found, "javascript", path.read_bytes())
        elif path.suffix == ".py":
            _add(found, "python", path.read_bytes())
        elif path.suffix in TEMPLATES and "templates" in path.parts:
            _add(found, "python", _as_python(path))
    return found


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        yield folder
    for here, folders, names in os.walk(folder):
        if Path(here) != folder and ("apps.py" in names or "locale" in folders):
            folders.clear()
            continue
        folders[:] = sorted(set(folders) - SKIPPED)
        yield from (Path(here, name) for name in sorted(names))


def _as_python(template: Path) -> bytes:
    """A template as the gettext calls it makes; unindented, because Python's tokenizer minds indents."""
    calls = templatize(template.read_text(encoding="utf-8"), origin=str(template))
    return "\n".join(line.strip() for line in calls.splitlines()).encode()


def _add(found: Catalog, method: str, source: bytes) -> None:
    for _line, message, _comments, context in extract(method, BytesIO(source), keywords=KEYWORDS):
        found.add(message, context=context)
