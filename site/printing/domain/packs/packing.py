"""The work on a pack: print what is wanting, part by part onto the disk, then put the parts together.

What is on the disk counts: whoever takes the next turn, after a pause or after a worker was killed, goes on from there.
"""

import logging
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from printing.domain import lifecycle
from printing.domain.door import print_found
from printing.domain.files import write_whole
from printing.enums import PackState
from printing.models import Pack

from .orders import allowed
from .pulse import Pulse

logger = logging.getLogger(__name__)
# The worker has other things to do, and can be stopped between two turns: index, mails, scheduled pages.
TURN_SECONDS = 5.0
# A paper during which the worker was killed this often is left out: it is the likely reason.
MOST_TRIES = 3


def work(key: int, turn: int) -> int:
    """One turn of work on the pack with that key; returns how many papers were printed in it.

    A turn that is over, or belongs to another worker, is no error and prints nothing.
    """
    pack = lifecycle.take_turn(key, turn)
    if pack is None:
        return 0
    pack.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with Pulse(pack) as pulse:
            return _Turn(pack, pulse).work()
    except lifecycle.TurnIsOver:
        _clear_if_cancelled(pack)
    except DatabaseError:
        # It falls silent and is gone on with: what is on the disk stays.
        raise
    except OSError as error:
        logger.exception("Pack %s could not be written", pack.pk)
        _fail(pack, _("The file could not be written (%(reason)s). Tell the system administrator.") % {"reason": error})
    except Exception:
        logger.exception("Pack %s could not be made", pack.pk)
        _fail(pack, _("The papers could not be put together. Tell the system administrator."))
    return 0


class _Turn:
    def __init__(self, pack: Pack, pulse: Pulse) -> None:
        self.pack = pack
        self.pulse = pulse
        self.printed = 0
        self.until = time.monotonic() + TURN_SECONDS

    def work(self) -> int:
        left_out = {problem["item"] for problem in self.pack.problems if not problem["printed"]}
        for index in range(self.pack.total):
            if index in left_out or self.part(index).exists():
                continue
            if self.printed and time.monotonic() >= self.until:
                lifecycle.give_back(self.pack, done=index)
                return self.printed
            self.print_item(index)
            self.pulse.report(index + 1)
        self.put_together()
        return self.printed

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
            self.printed += 1
        tries.unlink(missing_ok=True)

    def note(self, index: int, reason: str, printed: bool = False) -> None:
        """Write down why a paper is not in the file, or what is wrong with it there."""
        problem = {"item": index, "title": self.pack.item_title(index), "reason": reason, "printed": printed}
        if problem not in self.pack.problems:
            self.pack.problems.append(problem)
        self.pulse.report(index + 1, at_once=True)

    def put_together(self) -> None:
        from .merging import Part, merge  # pypdf takes 15 MB

        self.pulse.report(self.pack.total, at_once=True)
        parts = [
            Part(self.part(index), item["title"], item["copies"])
            for index, item in enumerate(self.pack.items)
            if self.part(index).exists()
        ]
        if not parts:
            lifecycle.fail(self.pack, _("None of its papers could be printed; the reasons are listed below."))
            return
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


def _fail(pack: Pack, message: str) -> None:
    with suppress(lifecycle.TurnIsOver):
        lifecycle.fail(pack, message)
