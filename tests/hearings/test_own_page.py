"""One's own sign-up, by code and last four digits."""

import datetime

import pytest
from django.core import signing
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from hearings.domain.lifecycle import hearings, representatives
from hearings.domain.public.own import SLIPS
from hearings.enums import HearingState, SeatState, Way
from hearings.models import Correction, Hearing, MinutesPage, Problem, Representative
from suite.body.from_text import blocks_from_text
from suite.clock.domain import start_clock
from suite.clock.enums import Unit as ClockUnit
from tests.hearings.staging import announced, township
from tests.reading import Elements, text

pytestmark = pytest.mark.django_db
LOOK_UP = "hearings_own"


@pytest.fixture
def made():
    cache.clear()
    return township()


@pytest.fixture
def hearing(made):
    return announced(made)


def volunteer(hearing, number=1, village=None):
    one = Representative(
        hearing=hearing,
        name=f"王建{'一二三四五六七八九'[number]}",
        phone=f"1380000{number:04}",
        village=village or hearing.quotas.first().village,
    )
    return representatives.sign_up(one)


def fixed(hearing, made):
    Hearing.objects.filter(pk=hearing.pk).update(sign_up_until=timezone.now() - datetime.timedelta(minutes=1))
    return hearings.fix_representatives(hearing, made.people.office)


def page(one, name="page"):
    return reverse(f"hearings_own_{name}", args=[SLIPS.pass_for(one)])


@pytest.mark.parametrize("written", [str, str.upper, lambda code: f" {code[:5]} {code[5:]} "])
def test_code_and_last_digits_open_it_however_the_code_is_written(client, hearing, written):
    one = volunteer(hearing)
    answer = client.post(reverse(LOOK_UP), {"code": written(one.code), "digits": "0001"}, follow=True)
    assert one.code in text(answer)
    assert "no-store" in answer["Cache-Control"]


def wide(text):
    """As a Chinese keyboard writes it: full-width letters and digits."""
    return "".join(chr(ord(one) + 0xFEE0) for one in text)


def test_letters_and_digits_of_a_chinese_keyboard_open_it_too(client, hearing):
    one = volunteer(hearing)
    answer = client.post(reverse(LOOK_UP), {"code": wide(one.code), "digits": wide("0001")}, follow=True)
    assert one.code in text(answer)


@pytest.mark.parametrize("wrong", [{"digits": "0002"}, {"code": "aaaaaaaaaa"}])
def test_a_wrong_code_and_wrong_digits_are_refused_in_the_same_words(client, hearing, wrong):
    one = volunteer(hearing)
    answer = client.post(reverse(LOOK_UP), {"code": one.code, "digits": "0001", **wrong})
    assert answer.status_code == 422
    assert "没有查到。请对照回执核对报名编码和电话后四位，或者打电话给我们。" in text(answer)


def test_who_guesses_is_told_to_wait_and_others_are_not(client, hearing):
    one = volunteer(hearing)
    for _time in range(20):
        client.post(reverse(LOOK_UP), {"code": one.code, "digits": "9999"})
    right = {"code": one.code, "digits": "0001"}
    assert client.post(reverse(LOOK_UP), right).status_code == 429
    assert client.post(reverse(LOOK_UP), right, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_after_an_hour_and_for_another_key_the_page_asks_for_the_code_again(client, hearing):
    one = volunteer(hearing)
    for opened in (signing.dumps(one.pk, salt="hearings.other"), f"{SLIPS.pass_for(one)}x"):
        answer = client.get(reverse("hearings_own_page", args=[opened]), follow=True)
        assert answer.redirect_chain[0][0] == reverse(LOOK_UP)
        assert one.code not in answer.content.decode()


def test_the_slip_never_shows_the_phone(client, hearing):
    assert "13800000001" not in client.get(page(volunteer(hearing))).content.decode()


def test_withdrawing_is_asked_once_more_and_the_next_one_moves_up(client, hearing, made):
    village = hearing.quotas.get(seats=1).village
    first, second = volunteer(hearing, 1, village), volunteer(hearing, 2, village)
    Representative.objects.filter(pk=first.pk).update(state=SeatState.SEATED)
    Representative.objects.filter(pk=second.pk).update(state=SeatState.WAITING, place_in_line=1)
    second.refresh_from_db()
    assert "您在本村候补名单上排第1位" in text(client.get(page(second)))
    asked = client.get(page(first, "withdraw"))
    assert "确定退出报名吗？" in text(asked)
    answer = client.post(page(first, "withdraw"), follow=True)
    assert "已退出报名，谢谢您告诉我们。" in text(answer)
    states = dict(Representative.objects.values_list("name", "state"))
    assert states == {first.name: SeatState.WITHDRAWN, second.name: SeatState.SEATED}
    assert "您是听证代表" in text(client.get(page(second)))


@pytest.mark.parametrize(("button", "state"), [("accept", SeatState.SEATED), ("decline", SeatState.DECLINED)])
def test_somebody_invited_accepts_or_declines_once(client, hearing, made, button, state):
    one = Representative(hearing=hearing, name="沈国强", represents="镇商会", phone="13800000009")
    one = representatives.invite(one, made.people.office)
    assert one.way == Way.INVITED
    assert "请答复是否参加" in text(client.get(page(one)))
    client.post(page(one, button))
    one.refresh_from_db()
    assert one.state == state
    again = client.post(page(one, "decline"), follow=True)
    one.refresh_from_db()
    assert one.state == state
    assert "message-error" in again.content.decode()


@pytest.mark.parametrize(("stop", "told"), [("postpone", "这次听证会延期。"), ("cancel", "这次听证会已取消。")])
def test_when_the_hearing_is_called_off_the_slip_says_so(client, hearing, made, stop, told):
    one = volunteer(hearing)
    getattr(hearings, stop)(hearing, "台风", made.people.office)
    words = text(client.get(page(one)))
    assert f"{told} 原因：台风" in words


@pytest.fixture
def sent_out(hearing, made):
    """A representative whose hearing was held and whose minutes were sent out for correction."""
    one = volunteer(hearing)
    fixed(hearing, made)
    Hearing.objects.filter(pk=hearing.pk).update(state=HearingState.HELD)
    Problem.objects.create(hearing=hearing, number=1, title="路灯")
    made.index.refresh_from_db()
    minutes = MinutesPage(title="纪要", hearing=hearing, live=False, body=blocks_from_text("王*问：路灯何时修？"))
    made.index.add_child(instance=minutes).save_revision()
    start_clock(("hearings.corrections", hearing.pk), "hearings.corrections", 3, ClockUnit.WORKING, None)
    return Representative.objects.get(pk=one.pk)


def test_a_representative_reads_the_draft_and_says_what_is_wrong(client, sent_out):
    assert "看纪要、提修改意见" in text(client.get(page(sent_out)))
    assert "王*问：路灯何时修？" in text(client.get(page(sent_out, "correct")))
    problem = Problem.objects.get()
    answer = client.post(page(sent_out, "correct"), {"problem": problem.pk, "text": "我说的是三盏灯。"}, follow=True)
    wanted = Correction.objects.get()
    assert (wanted.representative, wanted.problem, wanted.text) == (sent_out, problem, "我说的是三盏灯。")
    assert "我说的是三盏灯。" in text(answer)


def test_a_number_in_a_correction_is_refused_and_not_shown_again(client, sent_out):
    answer = client.post(page(sent_out, "correct"), {"problem": "", "text": "打 13800000001 问我"})
    assert answer.status_code == 422
    assert "13800000001" not in answer.content.decode()
    assert Correction.objects.count() == 0


def test_who_is_no_representative_corrects_nothing_and_reads_no_draft(client, sent_out):
    Representative.objects.update(state=SeatState.WITHDRAWN)
    answer = client.get(page(sent_out, "correct"))
    assert "路灯何时修" not in answer.content.decode()
    assert client.post(page(sent_out, "correct"), {"problem": "", "text": "改"}).status_code == 422
    assert Correction.objects.count() == 0


def test_the_form_has_labels_and_closed_elements(client):
    tree = Elements(client.get(reverse(LOOK_UP)).content.decode())
    assert tree.left_open == []
    ids = {attrs["id"] for _tag, attrs in tree.all("input") if attrs.get("type") != "hidden"}
    assert ids <= {attrs["for"] for _tag, attrs in tree.all("label")}
