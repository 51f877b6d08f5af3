"""Search with Whoosh: the default backend, no server, no compiler.

MODELSEARCH_BACKENDS = {"default": {"BACKEND": "search.backends.whoosh"}}
"""

from search.backends.ranked import RankedBackend
from search.engines.whoosh import WhooshEngine


class SearchBackend(RankedBackend):
    """`modelsearch` backend on `search.engines.whoosh`."""

    engine_class = WhooshEngine
