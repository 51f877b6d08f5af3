"""One more word in the office's dictionary: what it costs to re-index, what a question costs meanwhile.

    BIANMIN_VAR=FOLDER PYTHONPATH=.:site python benchmarks/search_office_words.py WORD…

FOLDER as benchmarks/search_page.py leaves it, with the laws as pages. Each word is added, asked, re-indexed, asked
again, and deleted.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
import django

django.setup()

from modelsearch.backends import get_search_backend  # noqa: E402
from wagtail.models import Page  # noqa: E402

from search.analysis import cut  # noqa: E402
from search.domain import rewriting  # noqa: E402
from search.models import OfficeWord, Reindexing  # noqa: E402
from suite.background.domain.lifecycle import work_on  # noqa: E402

TIMES = 40


def cpu_ms(work: Callable[[], object]) -> str:
    """The middle of TIMES runs, in milliseconds of CPU."""
    taken = []
    for _ in range(TIMES):
        started = time.process_time()
        work()
        taken.append((time.process_time() - started) * 1000)
    return f"{sorted(taken)[TIMES // 2]:.2f}"


def resident() -> float:
    """Megabytes of memory of this process that are its own."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return (int(pages[1]) - int(pages[2])) * os.sysconf("SC_PAGE_SIZE") / 1e6


def second_dictionary() -> None:
    """What a second dictionary takes."""
    cut("词典")
    before, started = resident(), time.process_time()
    cut("词典", frozenset({"湖长制"}))
    print(f"second dictionary: {resident() - before:.0f} MB, {time.process_time() - started:.3f} CPU s")


def measured(word: str) -> None:
    """The figures of one word."""

    def ask() -> list[Page]:
        return list(Page.objects.search(word)[:10])

    settled = cpu_ms(ask)
    row = OfficeWord.objects.create(word=word)
    ask()
    unsettled = cpu_ms(ask)
    taken = re_indexed()
    print(f"{word}: {taken}; a question's p50 {settled} CPU ms before, {unsettled} in doubt, {cpu_ms(ask)} after")
    row.delete()
    re_indexed()


def re_indexed() -> str:
    """Do all turns of the re-indexing that waits."""
    started, clock, turns = time.process_time(), time.time(), 0
    while record := Reindexing.objects.filter(state__in=Reindexing.at_work).first():
        work_on(Reindexing, record.pk, record.turn)
        turns += 1
    record = Reindexing.objects.latest("pk")
    spent = time.process_time() - started
    return f"{record.done} documents in {spent:.1f} CPU s, {time.time() - clock:.1f} s by the clock, {turns} turns"


if __name__ == "__main__":
    second_dictionary()
    print(
        f"{Page.objects.count()} pages, {type(get_search_backend()).__module__}, in doubt: {len(rewriting.unsettled())}"
    )
    for each in sys.argv[1:]:
        measured(each)
