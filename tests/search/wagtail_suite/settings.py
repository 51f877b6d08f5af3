"""Wagtail's own test site, as its wheel has it, with our backend in place of the database's."""

import os
from pathlib import Path

from wagtail.test.settings import *  # noqa: F403
from wagtail.test.settings import TEMPLATES

_BACKEND = "tests.search.wagtail_suite.backend"
_FOLDER = Path(os.environ["MODELSEARCH_INDEX"])
# Wagtail reads the first setting and makes test classes of it, its library the other. Some tests run only where a
# backend is called elasticsearch: they ask one that has a real index.
WAGTAILSEARCH_BACKENDS = MODELSEARCH_BACKENDS = {
    "default": {"BACKEND": _BACKEND, "FOLDER": _FOLDER / "default"},
    "elasticsearch": {"BACKEND": _BACKEND, "FOLDER": _FOLDER / "elasticsearch", "AUTO_UPDATE": False},
}
# Without Jinja2, which we don't have and no test of search needs.
TEMPLATES = TEMPLATES[:1]
