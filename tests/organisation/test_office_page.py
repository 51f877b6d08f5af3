"""The public page of the office."""

import pytest

from organisation.domain import lifecycle
from organisation.domain.directory import directory
from organisation.models import Person, Unit


@pytest.fixture
def staffed(town, day):
    lifecycle.appoint(town.wang, town.head, None, day("2020-01-01"))
    lifecycle.take_charge(town.li, town.centre, None, day("2020-01-01"))
    lifecycle.take_charge(town.zhao, town.upper, None, day("2020-01-01"), kind="stationed")
    Person.objects.filter(pk=town.wang.pk).update(work_phone="8812 0301", mobile="19912345678")
    return town


def test_the_directory_has_one_entry_for_each_unit_and_village(staffed):
    found = directory()
    assert [entry.unit.name for entry in found.institutions] == ["党政办公室", "社会事业服务中心"]
    centre = found.institutions[1]
    assert [(member.name, member.posts, member.phone) for member in centre.members] == [("王堃", ["主任"], "8812 0301")]
    assert [member.name for member in centre.in_charge] == ["李旻"]
    assert [entry.unit.name for entry in centre.below] == ["民政服务队"]
    [(area, villages)] = found.areas
    assert (area.name, [village.unit.name for village in villages]) == ("河东片", ["上塘村", "下塘村"])
    assert [member.name for member in villages[0].stationed] == ["赵赟"]


def test_the_directory_of_an_earlier_day_names_the_people_of_that_day(staffed, day):
    assert directory(day("2019-12-31")).institutions[1].members == []


def test_a_mobile_number_is_not_published_even_where_it_slipped_in(staffed, client):
    Person.objects.filter(pk=staffed.wang.pk).update(work_phone="199-1234-5678")
    Unit.objects.filter(pk=staffed.centre.pk).update(phone="19912345678")
    page = client.get("/office/").content.decode()
    assert "王堃" in page
    assert "5678" not in page


def test_the_page_names_people_duties_and_landlines(staffed, client):
    page = client.get("/office/").content.decode()
    for text in ("机构与联系电话", "王堃", 'href="tel:88120301"', "李旻", "赵赟", "下塘村"):
        assert text in page
    assert "19912345678" not in page


def test_an_empty_office_says_what_to_do(client, db):
    assert "尚未录入任何单位" in client.get("/office/").content.decode()


def test_the_page_asks_the_database_the_same_number_of_times_whatever_its_size(
    staffed, client, django_assert_max_num_queries
):
    for number in range(20):
        Unit.objects.create(parent=staffed.area, kind="village", name=f"{number}村")
    client.get("/office/")
    with django_assert_max_num_queries(12):
        client.get("/office/")
