"""Processes killed by SIGKILL while they rebuild, fill and write a search index: is it usable, is anything lost?

    PYTHONPATH=.:site python benchmarks/search_kills.py [--kills 20] [--pages 1500] [--seed 1] [--engine whoosh]

Makes a database with pages in a temporary folder. For each kill one process rebuilds the index (or fills a begun one)
while another changes, adds and deletes pages, or changes them alone; one is killed at a random moment. Then a process
that has opened nothing before asks the index, compares it with the database, mends it, and compares and asks again.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

FOLDER = Path(tempfile.mkdtemp(prefix="search-kills-"))
os.environ["BIANMIN_VAR"] = str(FOLDER)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import IntegrityError, connection, connections  # noqa: E402
from wagtail.models import Page  # noqa: E402

WORDS = re.findall("..", "低保五保残疾宅基防汛抗旱养老医保承包林权户口迁移公示补贴申请材料审批公告通知办法")
KINDS = ("rebuild", "write", "fill")
# Of what a writer does.
DELETED, ADDED = 0.1, 0.2


@contextmanager
def forked(work: Callable[[int], None]) -> Iterator[tuple[int, int]]:
    """A process that does the work, with a pipe for what it has to say: its number and the end to read from.

    Forked before this process opens any index: libraries with threads don't survive that.
    """
    connection.close()
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        for each in connections.all(initialized_only=True):
            each.connection = None
        try:
            work(writing)
        except BaseException:  # noqa: BLE001 (a forked child may not go on as the parent)
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(writing)
    try:
        yield pid, reading
    finally:
        os.close(reading)


def ended(pid: int) -> None:
    """Wait for a process. Raises RuntimeError where it failed."""
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code not in (0, -signal.SIGKILL):
        raise RuntimeError(f"a process ended with {code}")


def told(work: Callable[[], Any]) -> Any:
    """What a function answers in a process of its own."""
    with forked(lambda pipe: os.write(pipe, json.dumps(work()).encode()) and None) as (pid, reading):
        answer = b"".join(iter(lambda: os.read(reading, 65536), b""))
        ended(pid)
    return json.loads(answer)


def tree() -> Any:
    """All pages."""
    from search.trees import trees

    return next(each for each in trees() if each.root is Page)


def title(number: int, dice: random.Random) -> str:
    """A title like no other's: 200 characters and a token to find it by."""
    return f"n{number}x {''.join(dice.choices(WORDS, k=90))[:200]}"


def write(seed: int, until: float) -> Callable[[int], None]:
    """Changes, adds and deletes pages until a time; tells each that is committed and indexed by one byte."""

    def work(pipe: int) -> None:
        dice = random.Random(seed)  # noqa: S311
        number = seed * 100_000
        while time.time() < until:
            number += 1
            with suppress(Page.DoesNotExist, IntegrityError):  # the other process was there first
                change(number, dice)
                os.write(pipe, b".")

    return work


def change(number: int, dice: random.Random) -> None:
    """One page deleted, added or given another title, committed and indexed."""
    page = Page.objects.get(pk=dice.choice(list(Page.objects.filter(depth=2).values_list("pk", flat=True))))
    if dice.random() < DELETED:
        page.delete()
    elif dice.random() < ADDED:
        slug = f"p{time.time_ns()}"
        Page.get_first_root_node().add_child(instance=Page(title=title(number, dice), slug=slug))
    else:
        page.title = title(number, dice)
        page.save()


def rebuild(pipe: int) -> None:
    os.write(pipe, b"s")
    tree().rebuild()
    os.write(pipe, b"e")


def begin() -> None:
    """An index that was damaged, as the next search finds it."""
    store = tree().store
    with store.lock():
        store._set_aside()
        store._begin()


def fill(pipe: int) -> None:
    from search.reconciling import fill as one_turn

    os.write(pipe, b"s")
    while not one_turn(tree()):
        pass
    os.write(pipe, b"e")


def looked_at() -> dict[str, int]:
    """The index as a new process finds it, before and after mending."""
    from search.engines.base import Question
    from search.reconciling import Differences, compared, looked_at_again, mend

    pages = tree()
    before = len(list(pages.store.root.glob("damaged-*")))
    begun = int(not pages.store.usable)
    pages.store.search(Question(words=("低保",)))
    pages.store.entries()
    unusable = int(len(list(pages.store.root.glob("damaged-*"))) > before or not pages.store.pointer())

    def differences() -> Differences:
        found = Differences()
        for _, part in compared(pages):
            found += part
        return looked_at_again(pages, found)

    first = differences()
    number = sum(map(len, (first.missing, first.superfluous, first.stale)))
    mend(pages, first)
    left = differences()
    rows = dict(Page.objects.filter(depth=2).values_list("pk", "title"))
    lost = sum(
        str(pk) not in pages.store.search(Question(words=(text.split()[0],))) for pk, text in rows.items()
    ) + sum(map(len, (left.missing, left.superfluous, left.stale)))
    pages.store.complete()
    return {
        "unusable": unusable,
        "still filling": begun,
        "needed reconcile": int(bool(first)),
        "differences": number,
        "lost": lost,
        "pages": len(rows),
    }


def warm() -> None:
    """What every process needs and none that is forked should load again: the dictionary, the sounds, the hooks."""
    from search.documents import document
    from suite.hooks import collect

    document("", [("低保 dibao", 1.0)], ["低保"])
    list(collect("search_kinds"))


def one_kill(kind: str, seed: int, lasts: float, dice: random.Random) -> Counter[str]:
    """One process killed, another ended by itself, then the index looked at."""
    if kind == "fill":
        told(begin)
    moment = dice.uniform(0.0, 1.2 * lasts)
    worker = {"rebuild": rebuild, "fill": fill, "write": write(seed, time.time() + 60)}[kind]
    with forked(worker) as (killed, heard):
        os.read(heard, 1)  # it has begun
        stop = time.time() + moment
        with forked(write(seed + 1, stop)) as (other, _):
            time.sleep(moment)
            os.kill(killed, signal.SIGKILL)
            status = os.waitpid(killed, 0)[1]
            ended(other)
    found = Counter(told(looked_at))
    found["killed at work"] = int(os.waitstatus_to_exitcode(status) == -signal.SIGKILL)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--pages", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=("whoosh", "tantivy"))
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    dice = random.Random(options.seed)  # noqa: S311
    pages = [
        Page(title=title(n, dice), slug=f"p{n}", depth=2, path=f"0001{n:04X}") for n in range(16, options.pages + 16)
    ]
    root = Page.get_first_root_node()
    for page in pages:
        page.content_type_id, page.locale_id = root.content_type_id, root.locale_id
        page.set_url_path(root)
    Page.objects.filter(depth__gt=1).delete()
    Page.objects.bulk_create(pages)
    Page.objects.filter(pk=root.pk).update(numchild=len(pages))
    warm()
    print(f"{len(pages)} pages, {options.kills} kills of each kind, seed {options.seed}")
    try:
        for engine in [options.engine] if options.engine else ["whoosh", "tantivy"]:
            settings.MODELSEARCH_BACKENDS = {
                "default": {"BACKEND": f"search.backends.{engine}", "FOLDER": FOLDER / f"index-{engine}"}
            }
            lasts = {"write": 2.0}
            for kind, work in (("rebuild", rebuild), ("fill", fill)):
                if kind == "fill":
                    told(begin)
                with forked(work) as (pid, heard):
                    os.read(heard, 1)
                    started = time.time()
                    ended(pid)
                lasts[kind] = time.time() - started
            for kind in KINDS:
                total: Counter[str] = Counter()
                for number in range(options.kills):
                    seed = 2 * (options.kills * (3 * options.seed + KINDS.index(kind)) + number)
                    total += one_kill(kind, seed, lasts[kind], dice)
                total["pages"] //= options.kills
                said = ", ".join(
                    f"{name} {total[name]}"
                    for name in (
                        "killed at work",
                        "unusable",
                        "lost",
                        "needed reconcile",
                        "differences",
                        "still filling",
                    )
                )
                print(f"{engine:8} {kind:8} (lasts {lasts[kind]:.1f} s) {said}; {total['pages']} pages", flush=True)
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
