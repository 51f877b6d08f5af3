"""An officer reads the drafted minutes on the desk and asks for corrections."""

import re

import pytest
from django.urls import reverse

from hearings.domain.lifecycle import minutes
from hearings.models import Correction


@pytest.fixture
def page(held):
    minutes.draft_minutes(held.hearing, held.user)
    minutes.send_for_correction(held.hearing, held.user)
    return reverse("hearings_minutes", args=[held.hearing.pk])


def words(response):
    return re.sub(r"<[^>]+>", "", response.content.decode())


def test_an_officer_reads_the_draft_and_asks_for_a_correction(client, held, page):
    client.force_login(held.head_user)
    shown = words(client.get(page))
    assert ("2026年11月27日" in shown, "年底前装好20盏路灯" in shown, "张三丰" in shown) == (True, True, False)
    answer = client.post(page, {"problem": held.problem.pk, "text": "我答的是三十盏。"}, follow=True)
    assert (answer.status_code, "我答的是三十盏。" in words(answer)) == (200, True)
    asked = Correction.objects.get()
    assert (asked.officer, asked.problem, asked.text) == (held.officers[1], held.problem, "我答的是三十盏。")


def test_a_refusal_stands_in_the_form_without_the_number(client, held, page):
    client.force_login(held.head_user)
    answer = client.post(page, {"problem": "", "text": "电话13800138000"})
    assert (answer.status_code, "13800138000" in answer.content.decode()) == (422, False)
    assert "请删去文字中的个人号码：纪要里不能有。" in words(answer)
    assert Correction.objects.count() == 0


def test_after_the_last_day_nothing_is_taken_and_no_draft_is_shown(client, held, page, time):
    time.go(days=4)
    client.force_login(held.head_user)
    assert "年底前装好20盏路灯" not in words(client.get(page))
    assert client.post(page, {"problem": "", "text": "改"}).status_code == 422


def test_who_did_not_sit_there_reads_no_draft(client, held, page):
    assert client.get(page).status_code == 302
    client.force_login(held.handler_user)
    assert client.get(page).status_code == 403


def test_the_desk_leads_an_officer_there(client, held, page):
    client.force_login(held.head_user)
    assert f'href="{page}"' in client.get(reverse("desk")).content.decode()
