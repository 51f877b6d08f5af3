"""The work on a pack: print what is wanting, part by part onto the disk, then put the parts together.

What is on the disk counts: whoever takes the next turn, after a pause or after a worker was killed, goes on from there.
"""

import logging
import shutil
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from printing.domain import lifecycle
from printing.domain.door import print_found
from printing.domain.files import write_whole
from printing.enums import PackState
from printing.models import Pack
from suite.background.domain import Turn, TurnIsOver

from .orders import allowed

logger = logging.getLogger(__name__)
# A paper during which the worker was killed this often is left out: it is the likely reason.
MOST_TRIES = 3


def work(pack: Pack, turn: Turn) -> None:
    """One turn of work on a pack."""
    pack.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        _Printing(pack, turn).work()
    except TurnIsOver:
        _clear_if_cancelled(pack)
        raise
    except OSError as error:
        logger.exception("Pack %s could not be written", pack.pk)
        raise ValidationError(
            _("The file could not be written (%(reason)s). Tell the system administrator.") % {"reason": error}
        ) from error


class _Printing:
    def __init__(self, pack: Pack, turn: Turn) -> None:
        self.pack = pack
        self.turn = turn

    def work(self) -> None:
        left_out = {problem["item"] for problem in self.pack.missing}
        for index in range(self.pack.total):
            if index in left_out or self.part(index).exists():
                continue
            self.print_item(index)
            self.turn.report(index + 1)
            if self.turn.time_is_up and index + 1 < self.pack.total:
                return
        self.put_together()

    def part(self, index: int) -> Path:
        return self.pack.folder / f"{index:04}.pdf"

    def print_item(self, index: int) -> None:
        """Print one paper onto the disk, or write down why not; the others are printed whatever happens to this one."""
        tries = self.pack.folder / f"{index:04}.tries"
        count = tries.stat().st_size if tries.exists() else 0
        if count >= MOST_TRIES:
            self.note(index, _("The program ended each time it was printed. Tell the system administrator."))
            return
        with tries.open("ab") as file:
            file.write(b"x")
        item = self.pack.items[index]
        try:
            printable, found = allowed(item, self.pack.requested_by)
            paper = print_found(printable, item["key"], found, item["size"])
        except ValidationError as refusal:
            self.note(index, " ".join(refusal.messages))
        except Exception:
            logger.exception("%s %s of pack %s was not printed", item["kind"], item["key"], self.pack.pk)
            self.note(index, _("The program could not print it. Tell the system administrator."))
        else:
            for warning in paper.warnings:
                self.note(index, warning, printed=True)
            write_whole(self.part(index), paper.content)
        tries.unlink(missing_ok=True)

    def note(self, index: int, reason: str, printed: bool = False) -> None:
        """Write down why a paper is not in the file, or what is wrong with it there."""
        problem = {"item": index, "title": self.pack.item_title(index), "reason": reason, "printed": printed}
        if problem not in self.pack.problems:
            self.pack.problems.append(problem)
        self.turn.report(index + 1, at_once=True, problems=self.pack.problems)

    def put_together(self) -> None:
        from .merging import Part, merge  # pypdf takes 15 MB

        self.turn.report(self.pack.total, at_once=True)
        parts = [
            Part(self.part(index), item["title"], item["copies"])
            for index, item in enumerate(self.pack.items)
            if self.part(index).exists()
        ]
        if not parts:
            raise ValidationError(_("None of its papers could be printed; the reasons are listed below."))
        whole = self.pack.folder / f"turn-{self.pack.turn}.pdf"
        pages = merge(parts, whole, self.pack.title, self.pack.both_sides)
        lifecycle.finish(self.pack, whole, pages)
        for part in parts:
            part.file.unlink(missing_ok=True)


def clear(pack: Pack) -> None:
    """Take its files away; the row stays."""
    shutil.rmtree(pack.folder, ignore_errors=True)


def _clear_if_cancelled(pack: Pack) -> None:
    now: Any = Pack.objects.filter(pk=pack.pk).first()
    if now is None or now.state == PackState.CANCELLED:
        clear(pack)
