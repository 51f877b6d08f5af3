"""What the page of hits says where hits may be missing."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from modelsearch.backends import get_search_backend
from wagtail.models import Page

from search.backends.stored import StoredBackend


def away() -> bool:
    """Whether nothing can be searched now: the server that holds the index does not answer."""
    backend = get_search_backend()
    return isinstance(backend, StoredBackend) and bool(backend.store(Page).away)


def notes() -> Iterator[Any]:
    """Sentences for whoever searches; none while the index is whole."""
    backend = get_search_backend()
    if not isinstance(backend, StoredBackend):
        return
    store = backend.store(Page)
    if store.away:
        yield _("The search does not work at the moment. Please try again in a few minutes.")
    elif not store.usable:
        yield _("The search index is being mended: pages may be missing among the hits.")
    elif store.behind:
        yield _("The newest changes can't be found yet: they could not be written into the search index.")
