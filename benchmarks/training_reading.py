"""Queries and CPU of required reading: 300 cadres, 60 materials of 3 versions, and ten times that both ways.

    BIANMIN_VAR=$(mktemp -d) PYTHONPATH=.:site python benchmarks/training_reading.py

Writes a database of its own into that folder, so it takes only an empty one; rows are built with bulk_create. Everybody
is asked to read everything, by role and by unit; two of three have read the newest version that matters, some only the
one before. Sizes: 300 cadres × 60 materials, 3,000 × 60, and, from anew, 300 × 600. Every page is whole, with what all
plugins put on it, asked for in this process; CPU is the median of TIMES visits after a first one. The empty page is
the same address before anything was asked.
"""

import datetime
import os
import statistics
import sys
import time
from http import HTTPStatus
from types import SimpleNamespace

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import QuerySet  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

from organisation.enums import ResponsibilityKind, UnitKind  # noqa: E402
from organisation.models import Appointment, Person, Post, Responsibility, Unit  # noqa: E402
from suite.roles.domain import group  # noqa: E402
from training.models import (  # noqa: E402
    MaterialIndexPage,
    MaterialPage,
    MaterialVersion,
    ReadingConfirmation,
    Requirement,
    SheetShown,
)

TIMES, BATCH = 5, 5000
PEOPLE_OF_A_UNIT, VERSIONS, MOST_QUERIES = 12, 3, 12
LONG_AGO = datetime.date(2020, 1, 1)


def person(name: str, *roles: str) -> Person:
    user = get_user_model().objects.create_user(name)
    user.groups.set([group(role) for role in roles])
    return Person.objects.create(name=name, user=user)


def begin() -> SimpleNamespace:
    """The seat, its centre that all teams belong to, who runs training, a leader in charge of half of it."""
    seat = Unit.objects.create(name="石桥镇", kind=UnitKind.TOWNSHIP, since=LONG_AGO)
    centre = Unit.objects.create(name="综合服务中心", kind=UnitKind.CENTRE, parent=seat, since=LONG_AGO)
    home = Site.objects.get(is_default_site=True).root_page
    index = home.add_child(instance=MaterialIndexPage(title="学习资料", live=False))
    made = SimpleNamespace(seat=seat, centre=centre, index=index, units=[], people=[], materials=[])
    made.office, made.leader = person("效能办", "efficiency_office"), person("分管", "leader")
    kind = ResponsibilityKind.IN_CHARGE
    Responsibility.objects.create(person=made.leader, unit=centre, kind=kind, since=LONG_AGO)
    made.cadre = person("干部", "cadre")
    made.people.append(made.cadre)
    return made


def add_people(made: SimpleNamespace, wanted: int) -> None:
    """Units of twelve cadres until there are so many; what is asked before them they have to read as well."""
    cadre = group("cadre")
    while len(made.people) < wanted:
        number = len(made.units)
        unit = Unit.objects.create(
            parent=made.centre, name=f"第{number + 1}服务队", kind=UnitKind.TEAM, order=number, since=LONG_AGO
        )
        post = Post.objects.create(unit=unit, name="干事")
        size = min(PEOPLE_OF_A_UNIT, wanted - len(made.people))
        users = get_user_model().objects.bulk_create(
            [get_user_model()(username=f"cadre-{number}-{place}") for place in range(size)]
        )
        cadre.user_set.add(*users)
        people = Person.objects.bulk_create(
            [Person(name=f"干部{user.pk}", sort_key=f"gan bu {user.pk:06}", user=user) for user in users]
        )
        Appointment.objects.bulk_create([Appointment(person=one, post=post, since=LONG_AGO) for one in people])
        made.units.append(unit)
        made.people += people


def add_materials(made: SimpleNamespace, wanted: int) -> None:
    """Materials of three versions, of which the second matters, each asked of all cadres and of the centre."""
    made.index.refresh_from_db()
    now = timezone.now()
    while len(made.materials) < wanted:
        number = len(made.materials)
        page = made.index.add_child(instance=MaterialPage(title=f"资料{number + 1}", kind="document", live=False))
        # Past the workflow, which would take a second for each.
        QuerySet(Page).filter(pk=page.pk).update(live=True)
        versions = MaterialVersion.objects.bulk_create(
            MaterialVersion(
                material=page, number=one, matters=one < VERSIONS, published_at=now - datetime.timedelta(days=90 - one)
            )
            for one in range(1, VERSIONS + 1)
        )
        due = timezone.localdate() + datetime.timedelta(days=number % 60 - 30)
        asked = Requirement.objects.create(material=page, due=due, reason="上级要求")
        asked.roles.set([group("cadre")])
        asked.units.set([made.centre])
        made.materials.append((page, versions))


def confirm(made: SimpleNamespace) -> None:
    """Two of three have read the second version or the third, one of six the first alone, the rest nothing; these
    have begun the third."""
    ReadingConfirmation.objects.all().delete()
    SheetShown.objects.all().delete()
    rows, begun = [], []
    for turn, (_page, versions) in enumerate(made.materials):
        for place, one in enumerate(made.people):
            read = {0: versions, 1: versions[:2], 2: versions[1:], 3: versions[2:], 4: versions[:1]}
            chosen = read.get((turn * 7 + place) % 6, [])
            rows += [ReadingConfirmation(person=one, version=version) for version in chosen]
            begun += [] if chosen else [SheetShown(person=one, version=versions[2], numbers=[1, 2])]
    SheetShown.objects.bulk_create(begun, batch_size=BATCH)
    ReadingConfirmation.objects.bulk_create(rows, batch_size=BATCH)


def visits(user: object, address: str) -> tuple[int, float]:
    """The queries of a visit, and the median of the CPU milliseconds of TIMES."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK, (address, answer.status_code)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    asked = len(queries)  # the next visit empties the log
    took = []
    for _ in range(TIMES):
        started = time.process_time()
        client.get(address)
        took.append((time.process_time() - started) * 1000)
    return asked, statistics.median(took)


def pages(made: SimpleNamespace) -> list[tuple[str, object, str, str]]:
    """(what, for whom, address, address of the empty page)."""
    state, mine = reverse("training_reading_state"), reverse("training_reading_mine")
    material = reverse("training_reading_material", args=[made.materials[0][0].pk])
    unit = reverse("training_reading_unit", args=[made.units[0].pk])
    return [
        ("unit table, office", made.office.user, state, state),
        ("unit table, leader", made.leader.user, state, state),
        ("unread list of a material", made.office.user, material, state),
        ("unread list of a unit", made.leader.user, unit, state),
        ("workbook", made.office.user, reverse("training_reading_book"), state),
        ("one's own list", made.cadre.user, mine, mine),
    ]


def measure(made: SimpleNamespace, empty: dict[tuple[object, str], tuple[int, float]]) -> int:
    """Print a line for each page; how many ask too much."""
    print(
        f"{len(made.people)} cadres, {len(made.units)} units, {len(made.materials)} materials of {VERSIONS} versions, "
        f"{ReadingConfirmation.objects.count()} confirmations",
        flush=True,
    )
    over = 0
    for name, user, address, bare in pages(made):
        asked, took = visits(user, address)
        before, _took = empty[user, bare]
        over += asked - before > MOST_QUERIES
        print(f"  {name:26} {asked:3} queries ({asked - before:+d} to the empty page)  {took:7.1f} ms CPU", flush=True)
    return over


def main() -> None:
    if (settings.VAR_DIR / "bianmin.sqlite3").exists():
        sys.exit("BIANMIN_VAR names a folder with a database: name an empty one.")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["localhost"]
    made = begin()
    state, mine = reverse("training_reading_state"), reverse("training_reading_mine")
    empty = {
        **{(one.user, state): visits(one.user, state) for one in (made.office, made.leader)},
        (made.cadre.user, mine): visits(made.cadre.user, mine),
    }
    over = 0
    for people, materials in ((300, 60), (3000, 60)):
        add_people(made, people)
        add_materials(made, materials)
        confirm(made)
        over += measure(made, empty)
    Person.objects.filter(pk__in=[one.pk for one in made.people[300:]]).update(active=False)
    made.people = made.people[:300]
    add_materials(made, 600)
    confirm(made)
    over += measure(made, empty)
    print(f"limit: {MOST_QUERIES} queries beyond the empty page; {over} pages over")


if __name__ == "__main__":
    main()
