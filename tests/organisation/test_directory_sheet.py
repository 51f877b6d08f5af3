"""机构通讯录 on paper: what the public page shows."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from organisation.domain.directory import directory
from organisation.domain.directory_sheet import directory_by_key, directory_sheet
from organisation.enums import UnitKind
from organisation.models import Appointment, Person, Post, Unit
from printing.domain.door import print_document
from tests.printing.paper import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db):
    township = Unit.objects.create(name="石桥镇", kind=UnitKind.TOWNSHIP)
    unit = Unit.objects.create(name="党政办公室", kind=UnitKind.OFFICE, parent=township, phone="8812 0101")
    person = Person.objects.create(name="欧阳静", work_phone="8812 0102", mobile="13800138000")
    post = Post.objects.create(unit=unit, name="主任")
    Appointment.objects.create(person=person, post=post, since=date(2020, 1, 1))
    village = Unit.objects.create(name="上塘村", kind=UnitKind.VILLAGE, parent=township, phone="8812 0601")
    return township, unit, village


def cells(sheet):
    return [row.heading or [cell.text for cell in row.cells] for row in sheet.context["rows"]]


def test_units_people_and_villages_stand_under_each_other(office):
    assert cells(directory_sheet(directory())) == [
        "党政办公室 8812 0101",
        ["党政办公室", "欧阳静", "主任", "8812 0102", "—"],
        "石桥镇",
        ["上塘村", "—", "—", "8812 0601", "—"],
    ]


@pytest.mark.pdf
def test_the_paper_holds_landlines_and_no_mobile(office):
    shown = text(print_document("directory", "all").content).replace("\xa0", " ")
    assert "8812 0102" in shown
    assert "13800138000" not in shown


@pytest.mark.pdf
def test_anybody_may_print_it_from_the_office_page(office, client):
    assert "/print/directory/all.pdf" in client.get("/office/").content.decode()
    assert client.get("/print/directory/all.pdf").status_code == 200


def test_there_is_one_directory(office):
    assert directory_by_key("2025") is None
    with pytest.raises(ValidationError):
        print_document("directory", "2025")


@pytest.mark.pdf
def test_an_office_without_units_has_a_sheet_that_says_so(db):
    assert "还没有录入机构" in text(print_document("directory", "all").content)
