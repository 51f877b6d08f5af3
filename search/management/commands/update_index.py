from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from modelsearch.backends import get_search_backend
from modelsearch.management.commands.rebuild_modelsearch_index import Command as RebuildCommand

from search.backends.stored import StoredBackend
from search.engines.locks import IndexAway, IndexBusy
from search.suggesting import learn
from search.trees import trees


class Command(RebuildCommand):
    help = "Rebuilds the search index beside the one in use, then puts it in its place. Mends a damaged index."

    def update_backend(self, backend_name: str, schema_only: bool = False, **options: Any) -> None:
        """All objects by their keys. The library counts rows instead, and passes over one when another is deleted."""
        if schema_only or not isinstance(get_search_backend(backend_name), StoredBackend):
            super().update_backend(backend_name, schema_only, **options)
            return
        for tree in trees(backend_name):
            try:
                number = tree.rebuild()
            except IndexAway as away:
                raise CommandError(_("The search server does not answer. Nothing was built.")) from away
            except IndexBusy as busy:
                raise CommandError(
                    _("Somebody else is building this index. Wait until it is done, then try again.")
                ) from busy
            self.write(
                _("%(kind)s: %(number)d indexed.") % {"kind": tree.root._meta.verbose_name_plural, "number": number}
            )

    def handle(self, **options: Any) -> None:
        super().handle(**options)
        learn()
