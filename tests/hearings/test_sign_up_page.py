"""Signing up without an account."""

import datetime
import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from hearings.domain.lifecycle import hearings
from hearings.models import Hearing, HearingsSettings, Representative
from suite.throttle.models import Passage
from tests.hearings.staging import announced, filled_in, planned, township
from tests.reading import EVERYWHERE, Elements, text

pytestmark = pytest.mark.django_db
ID_NUMBER = "11010519491231002X"


@pytest.fixture
def made():
    cache.clear()
    return township()


@pytest.fixture
def hearing(made):
    return announced(made)


def address(hearing):
    return reverse("hearings_sign_up", args=[hearing.public_id])


def test_the_form_says_what_when_and_where_and_how_many_seats_each_village_has(client, hearing):
    words = text(client.get(address(hearing)))
    for part in ("2026年下半年第一次效能听证会", "下午2:30", "镇政府三楼会议室", "上塘村（2个名额，已报名0人）"):
        assert part in words
    assert "柳岸村" not in words


def test_who_signs_up_gets_a_slip_with_a_code(client, hearing):
    answer = client.post(address(hearing), filled_in(hearing), follow=True)
    one = Representative.objects.get()
    assert (one.name, one.phone, one.village.name, one.source) == ("王建国二", "13800000001", "上塘村", "web")
    words = text(answer)
    assert "您已报名" in words
    assert one.code in words
    assert "已报名1人" in text(client.get(address(hearing)))


def test_what_was_typed_stays_and_every_error_is_named_at_the_top_and_beside_its_field(client, hearing):
    answer = client.post(address(hearing), filled_in(hearing, name="", phone="12", problem="路灯"))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'value="12"' in html
    assert "路灯</textarea>" in html
    assert html.count("请填写姓名。") == 2
    tree = Elements(html)
    assert ("a", {"href": "#id_name"}) in tree.all("a")
    invalid = [attrs["name"] for _tag, attrs in tree.all("input", "textarea") if attrs.get("aria-invalid")]
    assert invalid == ["name", "phone"]
    assert html.count("请填写十一位手机号") == 2


@pytest.mark.parametrize("field", ["name", "problem", "phone"])
def test_an_id_number_is_refused_and_never_shown_again(client, hearing, field):
    answer = client.post(address(hearing), filled_in(hearing, **{field: f"王建国{ID_NUMBER}"}))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert ID_NUMBER not in html
    assert ID_NUMBER[:6] not in html
    assert Representative.objects.count() == 0


def test_signing_up_twice_is_refused_by_phone_and_by_name(client, hearing):
    client.post(address(hearing), filled_in(hearing))
    same_phone = client.post(address(hearing), filled_in(hearing, name="李秀英"))
    same_name = client.post(address(hearing), filled_in(hearing, phone="13900000002"))
    assert "id_phone_error" in same_phone.content.decode()
    assert "id_name_error" in same_name.content.decode()
    assert Representative.objects.count() == 1


def test_more_than_the_set_number_from_one_address_are_told_when_to_come_back(client, hearing):
    HearingsSettings.objects.create(sign_ups_an_hour=2)
    for number in range(2):
        assert client.post(address(hearing), filled_in(hearing, number)).status_code == 302
    refused = client.post(address(hearing), filled_in(hearing, 3))
    assert refused.status_code == 429
    assert 3590 <= int(refused["Retry-After"]) <= 3600
    assert "请过60分钟再试" in refused.content.decode()
    elsewhere = client.post(address(hearing), filled_in(hearing, 4), REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 302
    assert (Representative.objects.count(), Passage.objects.count()) == (3, 3)


def test_what_was_refused_is_not_counted(client, hearing):
    client.post(address(hearing), filled_in(hearing, name=""))
    client.post(address(hearing), filled_in(hearing))
    client.post(address(hearing), filled_in(hearing))
    assert Passage.objects.count() == 1


def test_a_refusal_of_too_many_costs_two_queries(client, hearing, django_assert_num_queries):
    HearingsSettings.objects.create(sign_ups_an_hour=1)
    client.post(address(hearing), filled_in(hearing))
    another = filled_in(hearing, 2)
    with django_assert_num_queries(2):
        assert client.post(address(hearing), another).status_code == 429


def test_a_robot_that_fills_in_everything_is_refused(client, hearing):
    answer = client.post(address(hearing), filled_in(hearing, homepage="http://example.com"))
    assert "有一个看不见的栏目被填了内容" in answer.content.decode()
    assert Representative.objects.count() == 0


def test_a_village_without_seats_cannot_be_chosen(client, hearing, made):
    answer = client.post(address(hearing), filled_in(hearing, village=str(made.villages[2].pk)))
    assert answer.status_code == 422
    assert Representative.objects.count() == 0


def test_after_the_end_of_sign_up_the_page_says_so_and_what_to_do(client, hearing):
    Hearing.objects.update(sign_up_until=timezone.now() - datetime.timedelta(minutes=1))
    answer = client.post(address(hearing), filled_in(hearing))
    assert answer.status_code == 409
    assert "报名已于" in text(answer)
    assert "请告诉驻村指导员" in text(answer)
    assert Representative.objects.count() == 0
    assert "报名已于" in text(client.get(address(hearing)))


@pytest.mark.parametrize(
    ("stop", "told"), [("postpone", "这次听证会延期，现在不能报名。"), ("cancel", "这次听证会已取消。")]
)
def test_a_hearing_that_was_called_off_says_so_instead_of_a_form(client, hearing, made, stop, told):
    getattr(hearings, stop)(hearing, "台风", made.people.office)
    answer = client.get(address(hearing))
    assert told in text(answer)
    assert "<form method" not in re.search(r"<main.*</main>", answer.content.decode(), re.S).group()


def test_a_hearing_without_a_public_page_has_no_form(client, made):
    hearing = planned(made)
    assert client.get(address(hearing)).status_code == 404


def test_the_form_is_well_formed_for_a_screen_reader(client, hearing):
    tree = Elements(client.get(address(hearing)).content.decode())
    assert tree.left_open == []
    assert tree.scripts() == EVERYWHERE
    shown = [attrs["id"] for _tag, attrs in tree.all("input", "textarea") if attrs.get("type") != "hidden"]
    labelled = [attrs["for"] for _tag, attrs in tree.all("label")]
    assert sorted(set(shown) - set(labelled)) == []
