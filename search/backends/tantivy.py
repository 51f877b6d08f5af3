"""Search with Tantivy: for hundreds of thousands of documents on one machine, where Whoosh takes too long.

MODELSEARCH_BACKENDS = {"default": {"BACKEND": "search.backends.tantivy"}}
"""

from search.backends.ranked import RankedBackend
from search.engines.tantivy import TantivyEngine


class SearchBackend(RankedBackend):
    """`modelsearch` backend on `search.engines.tantivy`."""

    engine_class = TantivyEngine
