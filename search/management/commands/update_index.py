from typing import Any

from modelsearch.management.commands.rebuild_modelsearch_index import Command as RebuildCommand

from search.suggesting import learn


class Command(RebuildCommand):
    help = "Rebuilds the search index beside the one in use, then puts it in its place. Mends a damaged index."

    def handle(self, **options: Any) -> None:
        super().handle(**options)
        learn()
