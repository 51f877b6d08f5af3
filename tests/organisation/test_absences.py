"""Who is away, and who stands in for them on which day."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from wagtail.log_actions import registry

from organisation.domain import lifecycle
from organisation.domain.duty import absences_between, absent, stand_in
from organisation.models import Absence, Person


@pytest.fixture
def away(day):
    def record(person, since, until, deputy=None, kind="trip"):
        return lifecycle.record_absence(
            Absence(person=person, since=day(since), until=until and day(until), deputy=deputy, kind=kind), None
        )

    return record


def refusal(function, *args):
    with pytest.raises(ValidationError) as caught:
        function(*args)
    return caught.value.message_dict


def test_the_first_and_the_last_day_count(town, away, day):
    made = away(town.wang, "2026-03-02", "2026-03-06")
    assert [absent(town.wang, day(f"2026-03-0{number}")) for number in (1, 2, 6, 7)] == [None, made, made, None]
    assert absent(town.li, day("2026-03-02")) is None


def test_an_absence_without_a_last_day_goes_on(town, away):
    made = away(town.wang, "2026-03-02", None)
    assert absent(town.wang, localdate()) == made
    assert str(made) == "王堃 出差 2026-03-02–"


def test_absences_of_these_people_that_touch_the_period_come_in_order(town, away, day, django_assert_num_queries):
    late = away(town.wang, "2026-03-20", "2026-03-25", town.zhao)
    early = away(town.li, "2026-02-20", "2026-03-10")
    away(town.li, "2026-03-26", None)
    away(town.zhao, "2026-03-12", "2026-03-12")
    with django_assert_num_queries(1):
        found = [*absences_between([town.wang, town.li], day("2026-03-10"), day("2026-03-25"))]
        assert [(row.person.name, row.deputy and row.deputy.name) for row in found] == [
            ("李旻", None),
            ("王堃", "赵赟"),
        ]
    assert found == [early, late]


def test_whoever_is_there_acts_for_themselves(town, away, day):
    away(town.wang, "2026-03-02", "2026-03-06", town.li)
    assert stand_in(town.wang, day("2026-03-01")) == town.wang
    assert stand_in(town.wang, day("2026-03-02")) == town.li


def test_while_the_deputy_is_away_too_the_deputys_deputy_acts(town, away, day):
    away(town.wang, "2026-03-02", "2026-03-31", town.li)
    away(town.li, "2026-03-10", "2026-03-12", town.zhao)
    assert stand_in(town.wang, day("2026-03-09")) == town.li
    assert stand_in(town.wang, day("2026-03-10")) == town.zhao


def test_without_a_deputy_nobody_acts(town, away, day):
    away(town.wang, "2026-03-02", "2026-03-06")
    assert stand_in(town.wang, day("2026-03-02")) is None


def test_deputies_in_a_circle_end_with_nobody(town, day):
    Absence.objects.create(person=town.wang, kind="trip", since=day("2026-03-02"), deputy=town.li)
    Absence.objects.create(person=town.li, kind="trip", since=day("2026-03-02"), deputy=town.wang)
    assert stand_in(town.wang, day("2026-03-02")) is None


def test_a_deputy_who_has_left_acts_no_longer(town, away, day):
    away(town.wang, "2026-03-02", None, town.li)
    Person.objects.filter(pk=town.li.pk).update(active=False)
    assert stand_in(town.wang, day("2026-03-02")) == town.li
    assert stand_in(town.wang) is None


def test_a_person_is_away_once_at_a_time(town, away):
    away(town.wang, "2026-03-02", "2026-03-06")
    assert refusal(away, town.wang, "2026-03-06", "2026-03-09") == {
        "__all__": ["王堃在这些天已有请假外出记录（2026-03-02–2026-03-06）。请直接修改那条记录。"]
    }
    assert away(town.wang, "2026-03-07", "2026-03-09").pk


def test_nobody_is_their_own_deputy(town, away):
    assert refusal(away, town.wang, "2026-03-02", None, town.wang) == {
        "deputy": ["本人不能代理自己。请另选代理人，或留空。"]
    }


def test_a_deputy_who_is_away_on_one_of_the_days_is_refused(town, away):
    away(town.li, "2026-03-06", "2026-03-08")
    assert refusal(away, town.wang, "2026-03-02", "2026-03-06", town.li) == {
        "deputy": ["李旻在其中几天也不在岗（2026-03-06–2026-03-08）。请另选代理人，或留空。"]
    }
    assert away(town.wang, "2026-03-02", "2026-03-05", town.li).pk


def test_a_deputy_out_of_service_is_refused(town, away):
    Person.objects.filter(pk=town.li.pk).update(active=False)
    town.li.refresh_from_db()
    assert refusal(away, town.wang, str(localdate()), None, town.li) == {
        "deputy": ["李旻已不在本镇任职。请另选代理人，或留空。"]
    }


def test_somebody_out_of_service_is_not_away(town, away):
    Person.objects.filter(pk=town.wang.pk).update(active=False)
    town.wang.refresh_from_db()
    assert refusal(away, town.wang, str(localdate()), None) == {"person": ["王堃已不在本镇任职。请选择在职人员。"]}


def test_the_last_day_does_not_lie_before_the_first(town, away, day):
    assert refusal(away, town.wang, "2026-03-06", "2026-03-02") == {
        "until": ["结束日期早于起始日期。请更正其中一个日期。"]
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(person=town.wang, kind="trip", since=day("2026-03-06"), until=day("2026-03-02"))


def test_an_absence_is_cut_short_and_made_longer(town, away, day):
    made = away(town.wang, "2026-03-02", "2026-03-06", town.li)
    assert lifecycle.end_absence(made, day("2026-03-04"), None).until == day("2026-03-04")
    assert lifecycle.end_absence(made, day("2026-03-20"), None, "培训延期").until == day("2026-03-20")
    entries = [*registry.get_logs_for_instance(made).order_by("timestamp", "pk")]
    assert [entry.action for entry in entries] == ["organisation.absence", *["organisation.absence_end"] * 2]
    assert (entries[0].data["days"], entries[2].data["until"]) == ("2026-03-02–2026-03-06", "2026-03-20")
    assert entries[2].data["reason"] == "培训延期"


def test_the_same_last_day_again_is_refused(town, away, day):
    made = away(town.wang, "2026-03-02", "2026-03-06")
    assert refusal(lifecycle.end_absence, made, day("2026-03-06"), None) == {
        "last_day": ["最后一天本来就是这一天。请填写另一天。"]
    }


def test_an_absence_ends_earlier_though_the_deputy_is_away_since(town, away, day):
    made = away(town.wang, "2026-03-02", "2026-03-20", town.li)
    away(town.li, "2026-03-10", "2026-03-12", town.zhao)
    assert lifecycle.end_absence(made, day("2026-03-15"), None).until == day("2026-03-15")


def test_an_absence_is_not_made_longer_into_the_deputys(town, away, day):
    made = away(town.wang, "2026-03-02", "2026-03-06", town.li)
    away(town.li, "2026-03-10", "2026-03-12")
    assert refusal(lifecycle.end_absence, made, day("2026-03-10"), None) == {
        "deputy": ["李旻在其中几天也不在岗（2026-03-10–2026-03-12）。请另选代理人，或留空。"]
    }
    assert Absence.objects.get(pk=made.pk).until == day("2026-03-06")


def test_whoever_leaves_the_township_is_away_until_then(town, away, day):
    made = away(town.wang, "2026-03-02", None)
    lifecycle.leave(town.wang, day("2026-03-31"), None)
    assert Absence.objects.get(pk=made.pk).until == day("2026-03-31")
