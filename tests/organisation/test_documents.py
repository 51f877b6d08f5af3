import datetime

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Site

from organisation.domain.documents import door_plate, post_plate, unit_post_plates, unit_seat_cards
from organisation.models import Appointment, Person
from suite.roles.domain import group
from suite.theme.models import OfficeSettings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office():
    return OfficeSettings.objects.create(
        site=Site.objects.get(), township_name="石桥镇人民政府", supervision_phone="0575-88120345", hours="周一至周五"
    )


@pytest.fixture
def posts(town):
    """王堃 heads the centre, 李旻 works in the team below it, 赵赟 left the team last year."""

    def appoint(person, post, since, until=None):
        return Appointment.objects.create(
            person=person, post=post, since=datetime.date(since, 1, 1), until=until and datetime.date(until, 12, 31)
        )

    return (
        appoint(town.wang, town.head, 2020),
        appoint(town.li, town.clerk, 2020),
        appoint(town.zhao, town.clerk, 2019, 2020),
    )


@pytest.fixture
def login(client):
    def as_role(role):
        user = get_user_model().objects.create_user(role, f"{role}@example.com", "x")
        user.groups.add(group(role))
        client.force_login(user)
        return client

    return as_role


def addresses(town, posts):
    return [
        f"/print/door-plate/{town.centre.pk}.pdf",
        f"/print/post-plates/{town.centre.pk}.pdf",
        f"/print/seat-cards/{town.centre.pk}.pdf",
        f"/print/post-plate/{posts[0].pk}.pdf",
        f"/print/seat-card/{town.wang.pk}.pdf",
    ]


def test_the_public_gets_no_plate_and_no_card(client, town, posts):
    assert [client.get(address).status_code for address in addresses(town, posts)] == [404] * 5


@pytest.mark.parametrize("role", ["editor", "cadre", "agent"])
def test_who_may_not_read_the_register_gets_none_either(login, town, posts, role):
    client = login(role)
    assert [client.get(address).status_code for address in addresses(town, posts)] == [404] * 5


@pytest.mark.pdf
@pytest.mark.parametrize("role", ["system_admin", "hall_director"])
def test_who_reads_the_register_prints_them(login, town, posts, role):
    client = login(role)
    answers = [client.get(address) for address in addresses(town, posts)]
    assert [answer["Content-Type"] for answer in answers] == ["application/pdf"] * 5


def test_a_door_plate_has_the_units_landline_and_no_mobile_that_slipped_in(town):
    town.centre.phone, town.centre.address = "0575-88120301", "办公楼一楼"
    rows = door_plate(town.centre).context["rows"]
    assert rows == [
        ("地点", "办公楼一楼"),
        ("电话", "0575-88120301"),
        ("办公时间", "周一至周五"),
        ("监督电话", "0575-88120345"),
    ]
    town.centre.phone = "13812345678"
    assert "13812345678" not in str(door_plate(town.centre).context)


def test_a_post_plate_never_shows_the_private_mobile(town, posts):
    town.wang.mobile, town.wang.work_phone = "13812345678", ""
    (plate,) = post_plate(posts[0]).context["plates"]
    assert (plate["name"], plate["post"], plate["unit"], plate["phone"]) == ("王　堃", "主任", "社会事业服务中心", "")


def test_a_units_plates_and_cards_are_those_of_who_is_there_today(town, posts):
    assert [plate["name"] for plate in unit_post_plates(town.centre).context["plates"]] == ["王　堃", "李　旻"]
    assert {card["text"] for card in unit_seat_cards(town.centre).context["cards"]} == {"王　堃", "李　旻"}


def test_what_has_ended_is_not_hung_up_again(login, town, posts):
    client = login("system_admin")
    town.office.until = datetime.date(2020, 12, 31)
    town.office.save()
    Person.objects.filter(pk=town.zhao.pk).update(active=False)
    for address, reason in (
        (f"/print/post-plate/{posts[2].pk}.pdf", "已经终止，不再制作新牌"),
        (f"/print/door-plate/{town.office.pk}.pdf", "“党政办公室”已经终止"),
        (f"/print/seat-cards/{town.office.pk}.pdf", "“党政办公室”今天没有人任职"),
        (f"/print/seat-card/{town.zhao.pk}.pdf", "“赵赟”已离开本镇"),
    ):
        response = client.get(address)
        assert response.status_code == 503
        assert reason in response.content.decode()


def test_the_register_leads_to_the_papers_of_a_record(login, town, posts):
    client = login("hall_director")
    unit = client.get(f"/admin/organisation/unit/inspect/{town.centre.pk}/").content.decode()
    person = client.get(f"/admin/organisation/person/inspect/{town.wang.pk}/").content.decode()
    appointment = client.get(f"/admin/organisation/appointment/inspect/{posts[0].pk}/").content.decode()
    for html, address, label in (
        (unit, f"/print/door-plate/{town.centre.pk}.pdf", "打印门牌"),
        (unit, f"/print/post-plates/{town.centre.pk}.pdf", "打印本单位岗位牌"),
        (unit, f"/print/seat-cards/{town.centre.pk}.pdf", "打印本单位席卡"),
        (person, f"/print/seat-card/{town.wang.pk}.pdf", "打印席卡"),
        (appointment, f"/print/post-plate/{posts[0].pk}.pdf", "打印岗位牌"),
    ):
        assert f'<a href="{address}" class="button button-secondary">{label}</a>' in html


def test_the_register_offers_no_paper_of_what_has_ended(login, town, posts):
    html = login("system_admin").get(f"/admin/organisation/appointment/inspect/{posts[2].pk}/").content.decode()
    assert "/print/" not in html
