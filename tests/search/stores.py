"""An index whose documents are given, where the product makes them from the database, with each engine."""

import pytest

from search.engines.base import Question
from search.engines.store import IndexStore
from search.engines.tantivy import TantivyEngine
from search.engines.whoosh import WhooshEngine

ENGINES = [WhooshEngine, TantivyEngine]
each_engine = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)


class Store(IndexStore):
    """Takes documents and tells keys."""

    def put(self, *documents, remove=()):
        made = {document.key: document for document in documents}
        self.write(made, lambda keys: [made[key] for key in keys if key in made], remove)

    def found(self, word="低保"):
        return set(self.search(Question(words=(word,))))
