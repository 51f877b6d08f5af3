"""The sample township's organisation, built through the domain functions: this year's people and last year's."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from . import sample_data as data
from .domain import lifecycle
from .enums import AbsenceKind, ResponsibilityKind, UnitKind
from .models import Absence, Appointment, Person, Post, Responsibility, Unit


def build(township: Any) -> None:
    """Units, posts, people, appointments, responsibilities and accounts. ``township``: a `demo.township.Township`."""
    units(township)
    posts = {
        (key, name): lifecycle.add(
            Post(
                unit=township.units[key],
                name=name,
                duties=duties,
                established=established,
                exclusive=exclusive,
                order=order,
            ),
            None,
        )
        for order, (key, name, duties, established, exclusive) in enumerate(data.POSTS)
    }
    people(township)
    history(township, posts)
    responsibilities(township)
    absences(township)
    for key, *_rest, roles in data.PEOPLE:
        if roles:
            township.account(key, roles)


def january(township: Any, years_ago: int) -> datetime.date:
    return datetime.date(township.today.year - years_ago, 1, 1)


def phone(extension: str) -> str:
    return data.PHONE.format(extension) if extension else ""


def units(township: Any) -> None:
    founded = january(township, 8)
    order = iter(range(1000))

    def add(key: str, parent: str | None, kind: str, name: str, **fields: Any) -> None:
        unit = Unit(
            parent=township.units[parent] if parent else None, kind=kind, name=name, order=next(order), since=founded
        )
        for field, value in fields.items():
            setattr(unit, field, value)
        township.units[key] = lifecycle.add_unit(unit, None)

    add("township", None, UnitKind.TOWNSHIP, "石桥镇", phone=phone("0100"), address="石桥镇中心街 1 号")
    for kind, rows in ((UnitKind.OFFICE, [data.OFFICE]), (UnitKind.HALL, [data.HALL]), (UnitKind.CENTRE, data.CENTRES)):
        for key, name, short, duties, extension, address in rows:
            add(
                key, "township", kind, name,
                short_name=short, duties=duties, phone=phone(extension), address=address,
            )  # fmt: skip
    for centre, key, name, duties, extension in data.TEAMS:
        add(key, centre, UnitKind.TEAM, name, duties=duties, phone=phone(extension))
    for key, name in data.AREAS:
        add(key, "township", UnitKind.WORK_AREA, name)
    for area, key, name, settled, extension, population, households, distance, hamlets in data.VILLAGES:
        add(
            key, area, settled, name, phone=phone(extension), population=population, households=households,
            distance_km=Decimal(distance), figures_as_of=january(township, 0),
        )  # fmt: skip
        for number, hamlet in enumerate(hamlets):
            add(f"{key}-{number}", key, UnitKind.NATURAL_VILLAGE, hamlet)


def people(township: Any) -> None:
    for number, (key, name, gender, extension, _roles) in enumerate(data.PEOPLE):
        township.people[key] = lifecycle.add(
            Person(name=name, gender=gender, work_phone=phone(extension), mobile=f"199{number:08d}"), None
        )


def history(township: Any, posts: dict[tuple[str, str], Post]) -> None:
    """Appointments of today, and two changes at the turn of the year, so that last year's papers name others."""
    person = township.people.__getitem__
    for key, unit, post, years, kind in data.APPOINTMENTS:
        lifecycle.appoint(person(key), posts[unit, post], None, january(township, years), kind=kind)
    # Last year the social centre was led by Tu, who has left; He moved up from the team.
    lifecycle.appoint(person("tuguodong"), posts["shehui", "主任"], None, january(township, 4))
    lower = lifecycle.appoint(person("helanying"), posts["minzheng", "队员"], None, january(township, 4))
    lifecycle.leave(person("tuguodong"), january(township, 0) - lifecycle.DAY, None, "退休")
    lifecycle.transfer(
        Appointment.objects.get(pk=lower.pk),
        posts["shehui", "主任"],
        january(township, 0),
        None,
        document=f"石政发〔{township.today.year}〕1号",
    )


def responsibilities(township: Any) -> None:
    person, unit = township.people.__getitem__, township.units.__getitem__
    for key, place, years in data.IN_CHARGE:
        lifecycle.take_charge(person(key), unit(place), None, january(township, years))
    for key, place, years in data.STATIONED:
        lifecycle.take_charge(
            person(key), unit(place), None, january(township, years), kind=ResponsibilityKind.STATIONED
        )
    for key, place in data.LINKED:
        lifecycle.take_charge(person(key), unit(place), None, january(township, 1), kind=ResponsibilityKind.LINKED)
    # Xu was stationed in 下塘村 until the end of last year and retired; He has come there since.
    held = lifecycle.take_charge(
        person("xusongnian"), unit("xiatang"), None, january(township, 3), kind=ResponsibilityKind.STATIONED
    )
    lifecycle.hand_over(Responsibility.objects.get(pk=held.pk), person("helanying"), january(township, 0), None)
    lifecycle.leave(person("xusongnian"), january(township, 0) - lifecycle.DAY, None, "退休")
    for key in ("tuguodong", "xusongnian"):
        township.people[key].refresh_from_db()


def absences(township: Any) -> None:
    """A leader away last month, another standing in; the head of a team in training this month."""
    this_month = township.today.replace(day=1)
    last_month = (this_month - lifecycle.DAY).replace(day=1)
    for key, kind, first, days, deputy, note in (
        ("gongxueqing", AbsenceKind.TRIP, last_month.replace(day=24), 5, "shaowenmin", "赴省厅对接养老项目。"),
        ("luyao", AbsenceKind.TRAINING, this_month.replace(day=9), 4, "qizhiqiang", "县财政局业务培训班。"),
    ):
        absence = Absence(
            person=township.people[key],
            kind=kind,
            since=first,
            until=first + (days - 1) * lifecycle.DAY,
            deputy=township.people[deputy],
            note=note,
        )
        lifecycle.record_absence(absence, None)
