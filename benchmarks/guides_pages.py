"""Queries and CPU of the pages of guides: in the sample township, with 300 guides and with 3,000.

    BIANMIN_VAR=$(mktemp -d) PYTHONPATH=.:site python benchmarks/guides_pages.py

Writes a database of its own into that folder, so it takes only an empty one. The pages are whole, with what all
plugins put on them. The empty page is a news page as deep as a guide, without a text.
"""

import os
import sys
import time
from http import HTTPStatus

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from guides.models import GuideIndexPage, GuidePage  # noqa: E402
from pages.models import NewsPage  # noqa: E402
from suite.publishing.domain import publish_batch  # noqa: E402
from tests.guides.copies import copies  # noqa: E402

TIMES = 10


def measure(name: str, address: str) -> None:
    """Prints the queries and the CPU milliseconds of one visit, the first one left out."""
    client = Client(SERVER_NAME="localhost")
    assert client.get(address).status_code == HTTPStatus.OK, address
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    asked = len(queries)  # the next visit empties the log
    begin = time.process_time()
    for _ in range(TIMES):
        client.get(address)
    took = (time.process_time() - begin) / TIMES * 1000
    print(f"  {name:34} {asked:3} queries  {took:6.1f} ms CPU", flush=True)


def empty_page() -> NewsPage:
    """A news page that says nothing."""
    beside = NewsPage.objects.live().order_by("path").first()
    page = NewsPage(title="空白", live=False, responsible_unit=beside.responsible_unit)
    page.body = [("paragraph", "<p>空白</p>")]
    beside.get_parent().add_child(instance=page)
    people = [get_user_model().objects.get(username=name) for name in ("checker", "approver")]
    assert publish_batch([page], *people, name="benchmark", file_hash="0" * 64).refused == []
    return NewsPage.objects.get(pk=page.pk)


def main() -> None:
    if (settings.VAR_DIR / "bianmin.sqlite3").exists():
        sys.exit("BIANMIN_VAR names a folder with a database: name an empty one.")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("demo", verbosity=0)
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["localhost"]
    index, empty = GuideIndexPage.objects.get(), empty_page()
    plain = GuidePage.objects.get(title="老年人优待证办理")
    asking = GuidePage.objects.get(title="最低生活保障审核确认")
    for wanted in (0, 300, 3000):
        if (more := wanted - GuidePage.objects.count()) > 0:
            copies(GuidePage.objects.get(pk=asking.pk), more)
        print(f"{GuidePage.objects.count()} guides")
        measure("an empty page as deep", empty.url)
        measure("a guide", plain.url)
        measure("a guide that asks, not answered", asking.url)
        measure("a guide that asks, answered", f"{asking.url}?1=B&2=B")
        measure("all ways in", index.url)
        measure("by life event", f"{index.url}?event=hardship")
        measure("by unit", f"{index.url}?unit={asking.responsible_unit_id}")
        measure("by first sound", f"{index.url}?letter=C")


if __name__ == "__main__":
    main()
