"""The page /search/ over a collection of laws as policy documents: what a page of ten marked hits with filters costs.

    BIANMIN_VAR=$(mktemp -d) PYTHONPATH=.:site python benchmarks/search_page.py LAWS.jsonl.gz [LIMIT] [--profile]

Makes its own database and index of the engine that BIANMIN_SEARCH names in BIANMIN_VAR and leaves them there, so that
a second run measures the page only; another engine's index is built from the same database. `--profile` prints where
the time of each question goes.
"""

import argparse
import cProfile
import gzip
import io
import json
import os
import pstats
import re
import resource
import time
from collections.abc import Iterator
from itertools import islice
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from modelsearch.backends import get_search_backend  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

from search.batch import batched  # noqa: E402
from suite.body.from_text import blocks_from_text  # noqa: E402

ASKED: list[dict[str, str]] = [
    {"q": "宅基地"},
    {"q": "低保"},
    {"q": "土地承包"},
    {"q": "残疾证"},
    {"q": "殘疾證"},
    {"q": "临时救助"},
    {"q": "臨時救助"},
    {"q": "养老保险 待遇"},
    {"q": "宅基地被邻居占了应该找哪个部门处理"},
    {"q": "土地承包", "issuer": "国务院"},
    {"q": "土地承包", "year": "2020", "force": "yes"},
    {"q": "养老保险 待遇", "p": "30"},
]
TIMES = 15
# Who passed it stands in the first lines, with the date before it: 上海市第十五届人民代表大会常务委员会.
PASSED_BY = re.compile(
    r"[日年，。\s（由经]([^\s，。（）《》、\d]{0,24}?(?:代表大会常务委员会|代表大会|国务院|法院|检察院|人民政府|委员会|部|局))"
)
SESSION = re.compile(r"第[一二三四五六七八九十]+届")


def load(path: str, limit: int | None) -> None:
    """The laws as policy documents below a reading room, put live past the gate, in batches.

    Every tenth is repealed and every ninth says nothing about its validity.
    """
    from policies.enums import Validity
    from policies.models import PolicyIndexPage, PolicyPage, ValidityRecord

    call_command("migrate", verbosity=0)
    room = Site.objects.get(is_default_site=True).root_page.add_child(instance=PolicyIndexPage(title="文件", slug="wj"))
    print(f"before: peak RSS {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")
    started, cpu = time.time(), time.process_time()
    day = timezone.localdate()
    with gzip.open(path, "rt", encoding="utf-8") as lines, batched():
        for number, line in enumerate(islice(lines, limit)):
            page = law(number, json.loads(line))
            room.add_child(instance=page)
            room.refresh_from_db()
            if number % 9:
                status = Validity.IN_FORCE if number % 10 else Validity.REPEALED
                ValidityRecord.objects.create(policy=page, status=status, since=page.issued_on or day)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET live = 1, first_published_at = %s", [timezone.now()])
    size = sum(part.stat().st_size for part in (settings.VAR_DIR / "index").rglob("*") if part.is_file())
    print(
        f"import: {PolicyPage.objects.count()} pages in {time.time() - started:.0f} s, "
        f"{time.process_time() - cpu:.0f} s CPU; index {size / 1e6:.1f} MB; "
        f"peak RSS {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB"
    )


def law(number: int, row: dict[str, str]) -> Any:
    """One row as a page with what its first lines say about it."""
    from policies.models import PolicyPage

    passed = PASSED_BY.search(row["text"][:300])
    body = [(block["type"], block["value"]) for block in blocks_from_text(row["text"], row["title"])]
    return PolicyPage(
        title=row["title"][:255],
        slug=f"law-{number}",
        live=False,
        issuing_body=SESSION.sub("", passed[1]) if passed else "",
        issued_on=row.get("date") or None,
        body=body,
    )


def answers(client: Client, asked: dict[str, str]) -> Iterator[tuple[float, bytes]]:
    """The CPU milliseconds and the content of each of TIMES answers."""
    for _ in range(TIMES):
        cpu = time.process_time()
        content = client.get("/search/", asked).content
        yield (time.process_time() - cpu) * 1000, content


def queries(client: Client, asked: dict[str, str]) -> int:
    """How many queries the database is asked for one answer."""
    connection.force_debug_cursor = True
    reset_queries()
    client.get("/search/", asked)
    connection.force_debug_cursor = False
    return len(connection.queries)


def profile(client: Client, asked: dict[str, str]) -> None:
    """Print the functions in which the time goes."""
    profiler, text = cProfile.Profile(), io.StringIO()
    profiler.enable()
    client.get("/search/", asked)
    profiler.disable()
    pstats.Stats(profiler, stream=text).sort_stats("cumulative").print_stats(r"(search|wagtail|django|whoosh)", 45)
    print(text.getvalue())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("path")
    options.add_argument("limit", nargs="?", type=int)
    options.add_argument("--profile", action="store_true")
    chosen = options.parse_args()
    if not (settings.VAR_DIR / "bianmin.sqlite3").exists():
        load(chosen.path, chosen.limit)
    if not get_search_backend().store(Page).usable:
        call_command("update_index", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    client = Client()
    client.get("/search/", {"q": "公告"})  # templates, dictionary and index are read once
    print(f"{settings.SEARCH_ENGINE}, {Page.objects.count()} pages")
    for asked in ASKED:
        times, contents = zip(*answers(client, asked), strict=True)
        html, ordered = contents[-1].decode(), sorted(times)
        hits, marks = html.count('class="result"'), html.count("<mark>")
        print(
            f"{' '.join(asked.values()):20}\t{hits} hits\t{marks} marks\t"
            f"CPU ms p50 {ordered[len(ordered) // 2]:.0f} max {ordered[-1]:.0f}\t{queries(client, asked)} queries\t"
            f"{len(html.encode()) / 1e3:.0f} kB"
        )
        if chosen.profile:
            profile(client, asked)


if __name__ == "__main__":
    main()
