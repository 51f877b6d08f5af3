"""What the page of hits says where hits may be missing."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from modelsearch.backends import get_search_backend
from wagtail.models import Page

from search.backends.ranked import RankedBackend
from search.backends.stored import StoredBackend


def notes() -> Iterator[Any]:
    """Sentences for whoever searches; none while the index is whole."""
    backend = get_search_backend()
    if not isinstance(backend, StoredBackend):
        return
    store = backend.store(Page)
    if not store.usable:
        yield _("The search index is being mended: pages may be missing among the hits.")
    elif isinstance(backend, RankedBackend) and store.behind:
        yield _("The newest changes can't be found yet: they could not be written into the search index.")
