"""Queries and CPU of the units' year and of one's own learning: 300 cadres of 25 units, and ten times that.

    BIANMIN_VAR=$(mktemp -d) PYTHONPATH=.:site python benchmarks/training_years.py

Writes a database of its own into that folder, so it takes only an empty one. Each cadre has a year with up to ten study
sessions, 60 materials in three versions, 12 quizzes of five questions, a note or two, up to two skills, and a
shadowing. Pages are
whole, asked for in this process; CPU is the median of TIMES visits after a first one. An empty page is the same address
for a year in which nothing was.
"""

import os
import statistics
import sys
import time
from http import HTTPStatus

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from organisation.enums import UnitKind  # noqa: E402
from organisation.models import Person, Unit  # noqa: E402
from suite.roles.domain import group  # noqa: E402
from tests.training.town import LONG_AGO  # noqa: E402
from tests.training.years.stage import ask_all, grow  # noqa: E402

UNITS, TEN_TIMES, MATERIALS, QUIZZES = 25, 250, 60, 12
YEAR, EMPTY_YEAR = 2026, 2020
TIMES, MOST_QUERIES = 5, 12


def measure(client: Client, address: str) -> tuple[int, float, int]:
    """Queries, median milliseconds of CPU, bytes."""
    client.get(address)  # what a process remembers from its first visit is no part of the page
    reset_queries()  # the log of a development site is full after so much building
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == HTTPStatus.OK, (address, response.status_code)
    queries, spent = len(asked), []
    for _visit in range(TIMES):
        begun = time.process_time()
        client.get(address)
        spent.append(time.process_time() - begun)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return queries, 1000 * statistics.median(spent), len(body)


def main() -> None:
    if Person.objects.exists():
        sys.exit("Give it a folder of its own: this database has people.")
    office = get_user_model().objects.create_user("office")
    office.groups.set([group("efficiency_office")])
    seat = Unit.objects.create(name="石桥镇", kind=UnitKind.TOWNSHIP, since=LONG_AGO)
    Person.objects.create(name="柏建民", user=office)
    ask_all(MATERIALS, QUIZZES, YEAR)
    some = grow(seat, 1, YEAR)[0]
    pages = {
        "units": ("training_years", ()),
        "workbook": ("training_years_file", ()),
        "person": ("training_year_person", (some.pk,)),
    }
    found: dict[tuple[str, int], int] = {}
    have = 1
    for units in (UNITS, TEN_TIMES):
        grow(seat, units - have, YEAR)
        have = units
        client = Client()
        client.force_login(office)
        print(f"{Person.objects.count() - 1} cadres of {units} units")
        for name, (view, arguments) in pages.items():
            empty, _cpu, _size = measure(client, reverse(view, args=[*arguments, EMPTY_YEAR]))
            queries, cpu, size = measure(client, reverse(view, args=[*arguments, YEAR]))
            found[name, units] = queries - empty
            beyond = f"{queries - empty} beyond an empty page"
            print(f"  {name:9} {queries} queries ({beyond}), {cpu:.0f} ms, {size // 1000} kB")
        client.force_login(some.user)
        queries, cpu, size = measure(client, reverse("training_own"))
        print(f"  {'own':9} {queries} queries, {cpu:.0f} ms, {size // 1000} kB")
    kept = all(found[name, UNITS] == found[name, TEN_TIMES] <= MOST_QUERIES for name in pages)
    print(f"at most {MOST_QUERIES} beyond an empty page, the same at ten times the data: {'yes' if kept else 'NO'}")


if __name__ == "__main__":
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    main()
