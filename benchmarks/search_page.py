"""The page /search/ over a collection of laws as pages of the site: import, memory, size, CPU of a page of hits.

    BIANMIN_VAR=$(mktemp -d) PYTHONPATH=.:site python benchmarks/search_page.py LAWS.jsonl.gz [LIMIT]

Makes its own database in BIANMIN_VAR and leaves it there, so that a second run measures the page only.
"""

import gzip
import json
import os
import resource
import sys
import time
from itertools import islice

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

from search.batch import batched  # noqa: E402
from suite.body.from_text import blocks_from_text  # noqa: E402

QUESTIONS = [
    "宅基地",
    "低保",
    "土地承包",
    "残疾证",
    "殘疾證",
    "临时救助",
    "臨時救助",
    "养老保险 待遇",
    "宅基地被邻居占了应该找哪个部门处理",
]
TIMES = 15


def load(path: str, limit: int | None) -> None:
    """The laws as notices below the home page, put live past the gate, in batches."""
    from organisation.enums import UnitKind
    from organisation.models import Unit
    from pages.models import NoticePage

    call_command("migrate", verbosity=0)
    home = Site.objects.get(is_default_site=True).root_page
    unit = Unit.objects.create(kind=UnitKind.TOWNSHIP, name="石门乡人民政府")
    print(f"before: peak RSS {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")
    started, cpu = time.time(), time.process_time()
    with gzip.open(path, "rt", encoding="utf-8") as lines, batched():
        for number, line in enumerate(islice(lines, limit)):
            row = json.loads(line)
            body = [(block["type"], block["value"]) for block in blocks_from_text(row["text"], row["title"])]
            page = NoticePage(title=row["title"][:255], slug=f"law-{number}", live=False, responsible_unit=unit)
            page.body = body
            home.add_child(instance=page)
            home.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET live = 1 WHERE slug LIKE 'law-%'")
    size = sum(part.stat().st_size for part in (settings.VAR_DIR / "index").rglob("*") if part.is_file())
    print(
        f"import: {NoticePage.objects.count()} pages in {time.time() - started:.0f} s, "
        f"{time.process_time() - cpu:.0f} s CPU; index {size / 1e6:.1f} MB; "
        f"peak RSS {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB"
    )


def main(path: str, limit: str = "") -> None:
    if not (settings.VAR_DIR / "bianmin.sqlite3").exists():
        load(path, int(limit) if limit else None)
    call_command("collectstatic", verbosity=0, interactive=False)
    client = Client()
    client.get("/search/", {"q": "公告"})  # templates, dictionary and index are read once
    print(f"{Page.objects.count()} pages")
    for question in QUESTIONS:
        times = []
        for _ in range(TIMES):
            cpu = time.process_time()
            response = client.get("/search/", {"q": question})
            times.append((time.process_time() - cpu) * 1000)
        html = response.content.decode()
        times.sort()
        hits, marks = html.count('class="result"'), html.count("<mark>")
        print(
            f"{question:20}\t{hits} hits\t{marks} marks\t"
            f"CPU ms p50 {times[len(times) // 2]:.0f} max {times[-1]:.0f}\t{len(html.encode()) / 1e3:.0f} kB"
        )


if __name__ == "__main__":
    main(*sys.argv[1:3])
