"""manage.py search_reconcile [--mend]"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search.engines.locks import IndexAway, IndexBusy
from search.engines.store import LOCK_TIMEOUT
from search.reconciling import Differences, compared, looked_at_again, mend
from search.trees import Tree, trees

# So many keys of each kind are shown.
SHOWN = 10


class Command(BaseCommand):
    help = (
        "Compares the search index with the database and shows what is missing, what should not be there and what is "
        "out of date. Exits with 1 where anything is left to mend. What was saved in the last seconds may still wait "
        "for the background worker."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mend", action="store_true", help="bring the index in line with the database")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            left = [tree for tree in trees() if not self._whole(tree, options["mend"])]
        except IndexAway as away:
            raise CommandError(
                _("The search server does not answer, or has no index of this site: run manage.py update_index.")
            ) from away
        except IndexBusy as busy:
            raise CommandError(
                _("Somebody else is building this index. Wait until it is done, then try again.")
            ) from busy
        if left and options["mend"]:
            raise CommandError(_("Not everything could be mended; the log says why."))
        if left:
            raise CommandError(_("Run manage.py search_reconcile --mend to mend this."))

    def _whole(self, tree: Tree, mending: bool) -> bool:
        """Whether nothing is left to mend in one tree, after saying what was found."""
        tree.store.verify()
        found = _differences(tree)
        begun = not tree.store.usable
        self._tell(tree, found, begun)
        if mending and (found or begun or tree.store.behind):
            found = self._mended(tree, found, begun)
            begun = not tree.store.usable
            if not found and not begun:
                self.stdout.write("  " + _("Mended."))
        return not found and not begun

    def _mended(self, tree: Tree, found: Differences, begun: bool) -> Differences:
        """What is left after mending."""
        tree.store.caught_up()
        if begun:
            tree.rebuild()
        else:
            with tree.store.building(LOCK_TIMEOUT):
                mend(tree, found)
        return _differences(tree)

    def _tell(self, tree: Tree, found: Differences, begun: bool) -> None:
        kind = tree.root._meta.verbose_name_plural
        if begun:
            self.stdout.write(_("%(kind)s: the index is wanting, or was damaged and is built anew.") % {"kind": kind})
        if not found:
            if not begun:
                number = len(tree.store.entries())
                self.stdout.write(_("%(kind)s: %(number)d, all as in the database.") % {"kind": kind, "number": number})
            return
        for keys, said in (
            (found.missing, _("%(kind)s: %(number)d missing in the index: %(keys)s")),
            (found.superfluous, _("%(kind)s: %(number)d in the index that should not be there: %(keys)s")),
            (found.stale, _("%(kind)s: %(number)d out of date in the index: %(keys)s")),
            (found.unreadable, _("%(kind)s: %(number)d whose text can't be read, see the log: %(keys)s")),
        ):
            if keys:
                shown = " ".join(keys[:SHOWN]) + (" …" if len(keys) > SHOWN else "")
                self.stdout.write(said % {"kind": kind, "number": len(keys), "keys": shown})


def _differences(tree: Tree) -> Differences:
    found = Differences()
    for _last, part in compared(tree):
        found += part
    return looked_at_again(tree, found) if found else found
