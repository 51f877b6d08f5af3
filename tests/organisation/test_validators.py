"""What a unit, a post and a telephone number must keep to."""

import pytest
from django.core.exceptions import ValidationError

from organisation import validators
from organisation.domain import lifecycle
from organisation.models import Person, Unit


@pytest.mark.parametrize("number", ["0873-2201234", "8812 0101", "12345", "(0873) 220 1234", "88120101转8"])
def test_landlines_and_service_numbers_may_be_published(number):
    assert validators.public_phone(number) is None


@pytest.mark.parametrize("number", ["13812345678", "138 1234 5678", "+86 138-1234-5678"])
def test_a_mobile_number_is_never_a_published_number(number):
    with pytest.raises(ValidationError, match="该号码会公开，不能填手机号。请填办公座机。"):
        validators.public_phone(number)


@pytest.mark.parametrize("number", ["党政办", "88", "8812-0101 / 8812-0102"])
def test_what_is_no_telephone_number_is_refused(number):
    with pytest.raises(ValidationError, match="请填写电话号码"):
        validators.public_phone(number)


def test_a_private_mobile_has_eleven_digits():
    assert validators.mobile("199 0000 0001") is None
    with pytest.raises(ValidationError):
        validators.mobile("88120101")


@pytest.mark.parametrize(
    ("parent", "kind", "fields", "field", "text"),
    [
        ("centre", "village", {}, "parent", "行政村应隶属于：工作片、乡镇。请选择这样的单位。"),
        ("area", "township", {}, "parent", "乡镇位于最上层。此处请留空。"),
        ("area", "village", {"name": "上塘村"}, "name", "同一处已有同名单位。"),
        ("centre", "team", {"population": 3}, "population", "只有行政村和社区才有这些数字。请留空。"),
        ("area", "village", {"population": 3}, "figures_as_of", "请填写人口数字的统计日期。"),
    ],
)
def test_a_unit_that_does_not_fit_is_refused_at_its_field(town, parent, kind, fields, field, text):
    unit = Unit(parent=getattr(town, parent), kind=kind, **{"name": "新单位", **fields})
    with pytest.raises(ValidationError) as caught:
        lifecycle.add_unit(unit, None)
    assert caught.value.message_dict == {field: [text]}


def test_a_unit_is_not_put_below_itself(town):
    town.area.parent = town.upper
    with pytest.raises(ValidationError) as caught:
        town.area.full_clean()
    assert caught.value.message_dict == {"parent": ["单位不能隶属于自身或其下级单位。"]}


def test_an_established_number_is_not_lowered_below_the_people_in_office(town, day):
    for person in (town.wang, town.li):
        lifecycle.appoint(person, town.clerk, None, day("2020-01-01"))
    town.clerk.established = 1
    with pytest.raises(ValidationError) as caught:
        lifecycle.correct(town.clerk, None)
    assert caught.value.message_dict == {"established": ["现有2人任此岗位。请先结束任职。"]}


def test_a_renamed_person_is_listed_under_the_new_sound(town):
    town.li.name = "左堃"
    town.li.save(update_fields=["name"])
    assert [*Person.objects.all()] == [town.wang, town.zhao, town.li]
