from collections.abc import Iterator

from django.urls import URLResolver, include, path
from wagtail import hooks

from . import pack_hooks, paper_hooks, room_hooks  # noqa: F401 (they register their hooks)


@hooks.register("register_urls")
def print_urls() -> Iterator[URLResolver]:
    yield path("print/", include("printing.urls"))
