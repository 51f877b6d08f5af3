"""A session is closed as held by who was there, or with the reason why nobody was recorded."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from tests.reading import text
from tests.refusals import refusal
from training.domain.lifecycle import attendance
from training.domain.lifecycle.attendance import Who
from training.domain.lifecycle.courses import close_as_held
from training.enums import SessionState


@pytest.fixture
def closed_by(here):
    """closed_by(without): what the trainer is told who closes the session; '' where it is closed."""
    return lambda without="": refusal(close_as_held, here.session, here.users.trainer, without=without)


def test_without_anybody_recorded_it_takes_a_reason(here, closed_by):
    assert closed_by(" ") == "还没有登记任何人：请组织签到、录入纸质签到表，或者说明为什么没有签到。"
    assert closed_by("停电，签到表由县里收存") == ""
    entry = ModelLogEntry.objects.get(action="training.hold_session")
    assert entry.data["reason"] == "停电，签到表由县里收存"


def test_with_somebody_recorded_heads_and_rows_have_to_agree(here, closed_by):
    attendance.tick(here.session, Who(person=here.first), here.users.trainer)
    assert closed_by("有原因") == "请清点会场人数并填入。"
    attendance.count_heads(here.session, 3, here.users.trainer)
    assert "清点到3人，只登记了1人" in closed_by("有原因")
    attendance.count_heads(here.session, 3, here.users.trainer, "两名服务员在场")
    assert closed_by("有原因") == ""
    here.session.refresh_from_db()
    assert here.session.state == SessionState.HELD
    assert ModelLogEntry.objects.get(action="training.hold_session").data["reason"] == ""


def test_the_trainer_closes_it_on_the_page_of_the_session(here):
    trainer = Client()
    trainer.force_login(here.users.trainer)
    page, hold = (reverse(f"training_attendance{name}", args=[here.session.pk]) for name in ("", "_hold"))
    response = trainer.post(hold, {"without": ""})
    assert (response.status_code, "说明为什么没有签到" in text(response)) == (422, True)
    attendance.tick(here.session, Who(person=here.first), here.users.trainer)
    assert hold not in trainer.get(page).content.decode()
    attendance.count_heads(here.session, 1, here.users.trainer)
    assert hold in trainer.get(page).content.decode()
    assert "本场次已办结。" in text(trainer.post(hold, {"without": ""}, follow=True))
    here.session.refresh_from_db()
    assert here.session.state == SessionState.HELD


def test_who_is_responsible_for_the_course_closes_it_and_nobody_else(here):
    told = refusal(close_as_held, here.session, here.users.first, without="停电")
    assert told == "您的账号没有这项权限，请联系效能办。"
    assert close_as_held(here.session, here.users.contact, without="停电").state == SessionState.HELD
