"""Queries and CPU of the pages of commitments: 300 cadres of 25 units over five years, and ten times that.

    BIANMIN_VAR=$(mktemp -d) PYTHONPATH=.:site python benchmarks/commitments_pages.py

Writes a database of its own into that folder, so it takes only an empty one; the commitments are built with
bulk_create. Ten times the data is 3,000 cadres; twelve people a unit stay, so there are 250 units. Every page is whole,
with what all plugins put on it, asked for in this process; CPU is the median of TIMES visits after a first one. An
empty page is the same address where there is nothing to show: a month without commitments, a list that finds nothing,
somebody who files nothing.
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
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import NoReverseMatch, reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from commitments.enums import AmendmentState, CommitmentState, MonthState, Outcome, VerificationWay  # noqa: E402
from commitments.models import Amendment, Commitment, Month, Promise, Verification, WorkKind  # noqa: E402
from organisation.enums import UnitKind  # noqa: E402
from organisation.models import Appointment, Person, Post, Unit  # noqa: E402
from suite.roles.domain import group  # noqa: E402

TIMES = 15
MONTHS, PEOPLE_OF_A_UNIT, ROWS = 60, 12, 3
FIRST = datetime.date(2021, 12, 1)
EMPTY_MONTH = datetime.date(2026, 12, 1)
MOST_QUERIES, MOST_CPU = 10, 120
# The empty page is the same one of somebody who files nothing.
NOBODY = "nobody"
BATCH = 5000


def first_of(number: int) -> datetime.date:
    """The first day of the month so many months after FIRST."""
    year, month = divmod(FIRST.year * 12 + FIRST.month - 1 + number, 12)
    return datetime.date(year, month + 1, 1)


def moment(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(10)))


def open_month(first: datetime.date, state: str) -> Month:
    ends = moment(first + datetime.timedelta(days=6))
    return Month.objects.create(
        first=first, state=state, files_until=ends, results_until=moment(first + datetime.timedelta(days=33))
    )


def begin() -> SimpleNamespace:
    """Accounts, kinds of work, five years of months and one empty one."""
    office = get_user_model().objects.create_user("office")
    office.groups.set([group("efficiency_office")])
    states = [MonthState.CLOSED] * (MONTHS - 2) + [MonthState.REPORTING, MonthState.OPEN]
    return SimpleNamespace(
        office=office,
        seat=Unit.objects.create(name="石桥镇", kind=UnitKind.TOWNSHIP, since=FIRST),
        kinds=[WorkKind.objects.create(name=name, order=order) for order, name in enumerate(("项目", "农业", "民生"))],
        months=[open_month(first_of(number), state) for number, state in enumerate(states)],
        empty=open_month(EMPTY_MONTH, MonthState.OPEN),
        units=0,
    )


def grow(made: SimpleNamespace, wanted: int) -> None:
    """Add units with their people until there are ``wanted`` units, and what their people promised in all months."""
    for number in range(made.units, wanted):
        unit = Unit.objects.create(
            parent=made.seat, name=f"第{number + 1}服务队", kind=UnitKind.TEAM, order=number, since=FIRST
        )
        post = Post.objects.create(unit=unit, name="干事")
        users = get_user_model().objects.bulk_create(
            [get_user_model()(username=f"cadre-{number}-{place}") for place in range(PEOPLE_OF_A_UNIT)]
        )
        people = Person.objects.bulk_create(
            [Person(name=f"干部{number}之{user.pk}", sort_key=f"gan bu {user.pk:06}", user=user) for user in users]
        )
        for user in users:
            user.groups.set([group("cadre")])
        Appointment.objects.bulk_create([Appointment(person=one, post=post, since=FIRST) for one in people])
        promise_for(made, unit, people)
    made.units = wanted


def promise_for(made: SimpleNamespace, unit: Unit, people: list[Person]) -> None:
    """Every month's commitments of one unit: one in ten late, one in thirty released, results where it is over."""
    found = []
    for turn, month in enumerate(made.months):
        for place, one in enumerate(people):
            odd = turn * 7 + place * 3 + unit.pk
            found.append(commitment(month, one, unit, odd))
    found = Commitment.objects.bulk_create(found, batch_size=BATCH)
    rows = [
        promise(one, made.kinds[(one.pk + number) % 3], number)
        for one in found
        if one.filed_at
        for number in range(1, ROWS + 1)
    ]
    rows = Promise.objects.bulk_create(rows, batch_size=BATCH)
    Verification.objects.bulk_create(
        [
            Verification(promise=row, way=VerificationWay.VISIT, agrees=True, by=made.office)
            for row in rows
            if row.outcome and row.number == 1
        ]
    )
    Amendment.objects.bulk_create([amendment(row) for row in rows if row.pk % 12 == 0])


def commitment(month: Month, one: Person, unit: Unit, odd: int) -> Commitment:
    released = odd % 30 == 0
    state = {
        MonthState.CLOSED: CommitmentState.ENDED,
        MonthState.REPORTING: CommitmentState.REPORTED,
        MonthState.OPEN: CommitmentState.APPROVED if odd % 5 else CommitmentState.FILED,
    }[MonthState(month.state)]
    outcome = "" if released or state != CommitmentState.ENDED else tuple(Outcome)[0 if odd % 7 else odd % 3]
    filed = None if released else moment(month.first + datetime.timedelta(days=odd % 9))
    approved = filed is not None and state != CommitmentState.FILED
    return Commitment(
        month=month, person=one, unit=unit, posts="干事", state=CommitmentState.RELEASED if released else state,
        filed_at=filed, late=odd % 10 == 0 and not released, outcome=outcome, source="desk" if filed else "",
        approved_at=moment(month.first + datetime.timedelta(days=9)) if approved else None,
        release_reason="全月请假" if released else "",
    )  # fmt: skip


def promise(one: Commitment, kind: WorkKind, number: int) -> Promise:
    return Promise(
        commitment=one, number=number, kind=kind, work=f"修复水毁机耕路第{number}段，协调沿线农户",
        measures="一、逐户摸底，建立台账。\n二、联系施工队三天内进场，驻村干部每天到现场。",
        goal="完成1.2公里路基，通行农用车", due=one.month.first + datetime.timedelta(days=19),
        outcome=one.outcome, claimed=one.outcome, result="已经通车，村民代表现场验收。" if one.outcome else "",
    )  # fmt: skip


def amendment(row: Promise) -> Amendment:
    before = {"work": row.work, "measures": row.measures, "goal": "完成2公里路基", "due": row.due.isoformat()}
    return Amendment(
        promise=row, before=before, after={**before, "goal": row.goal}, reason="连续降雨",
        state=AmendmentState.ACCEPTED, decided_at=moment(row.commitment.month.first + datetime.timedelta(days=12)),
    )  # fmt: skip


def visits(user: object, address: str) -> tuple[int, float]:
    """The queries of a visit, and the median of the CPU milliseconds of TIMES."""
    client = Client(SERVER_NAME="localhost")
    if user:
        client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK, (address, answer.status_code)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    asked = len(queries)  # the next visit empties the log
    took = []
    for _ in range(TIMES):
        begin = time.process_time()
        client.get(address)
        took.append((time.process_time() - begin) * 1000)
    return asked, statistics.median(took)


def pages(made: SimpleNamespace) -> list[tuple[str, object, str, str]]:
    """(what, for whom, address, address of the empty page)."""
    month, empty = made.months[-2].code, made.empty.code
    unit = Unit.objects.filter(kind=UnitKind.TEAM).first().pk
    cadre = Person.objects.filter(user__username="cadre-0-0").get().user
    register = reverse("commitments_commitment_modeladmin_index")
    analysis = reverse("commitments_analysis")
    nothing = f"{register}?month__id__exact={made.empty.pk}"
    found = [
        ("months", None, "/commitments/", ""),
        ("month page", None, f"/commitments/{month}/", f"/commitments/{empty}/"),
        ("board", None, f"/commitments/{month}/{unit}/", f"/commitments/{empty}/{unit}/"),
        ("board with results", None, f"/commitments/{made.months[-3].code}/{unit}/", f"/commitments/{empty}/{unit}/"),
        ("public figures", None, f"/commitments/{month}/figures/", f"/commitments/{empty}/figures/"),
        ("month analysis", made.office, f"{analysis}?month={month}", f"{analysis}?month={empty}"),
        ("register", made.office, register, nothing),
        ("register, page 40", made.office, f"{register}?p=40", nothing),
        ("register, one month", made.office, f"{register}?month__id__exact={made.months[-2].pk}", nothing),
        ("register, searched", made.office, f"{register}?q=干部3", f"{register}?q=没有这个人"),
    ]
    try:
        found.append(("my commitments", cadre, reverse("commitments_own"), NOBODY))
    except NoReverseMatch:
        print("  my commitments: no such page yet")
    return found


def measure(made: SimpleNamespace, no_month: tuple[int, float]) -> int:
    """Print a line for each page; how many are over a limit. ``no_month``: the list before there was any."""
    over = 0
    nobody = get_user_model().objects.filter(username="nobody").first()
    for name, user, address, empty in pages(made):
        asked, took = visits(user, address)
        bare, bare_took = no_month
        if empty:
            bare, bare_took = visits(nobody, address) if empty == NOBODY else visits(user, empty)
        late = asked - bare > MOST_QUERIES or took > MOST_CPU
        over += late
        print(
            f"  {name:22} {asked:3} queries ({asked - bare:+d} to the empty page)  {took:6.1f} ms CPU"
            f" (empty {bare_took:.1f}){'  OVER' if late else ''}",
            flush=True,
        )
    return over


def main() -> None:
    if (settings.VAR_DIR / "bianmin.sqlite3").exists():
        sys.exit("BIANMIN_VAR names a folder with a database: name an empty one.")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["localhost"]
    no_month = visits(None, "/commitments/")
    made = begin()
    nobody = get_user_model().objects.create_user("nobody")
    nobody.groups.set([group("cadre")])
    Person.objects.create(name="没有承诺", user=nobody)
    over = 0
    for units in (25, 250):
        grow(made, units)
        print(
            f"{units} units, {Person.objects.count() - 1} cadres, {MONTHS} months, "
            f"{Commitment.objects.count()} commitments, {Promise.objects.count()} promises, "
            f"{Amendment.objects.count()} amendments",
            flush=True,
        )
        over += measure(made, no_month)
    print(f"limits: {MOST_QUERIES} queries beyond the empty page, {MOST_CPU} ms CPU; {over} pages over")


if __name__ == "__main__":
    main()
