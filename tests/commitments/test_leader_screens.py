"""The leader in charge on the desk: what waits, approve and go on, return with a remark, amendments."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from commitments.domain.lifecycle import amendments
from commitments.enums import AmendmentState, CommitmentState
from commitments.models import Promise
from organisation.models import Absence
from tests.commitments import staging
from tests.commitments.staging import DAY
from tests.reading import text


@pytest.fixture
def leader(made, client):
    client.force_login(made.users.leader)
    return client


def approve(pk):
    return reverse("commitments_approve", args=[pk])


def waiting(page):
    html = BeautifulSoup(page.content, "html.parser")
    return [
        (line.a["href"], line.select_one(".about").get_text(" ", strip=True)) for line in html.select(".entries > li")
    ]


def asked(one, **changes):
    return amendments.propose(one.promises.first(), changes, "雨水多，工期顺延", one.person.user)


def test_a_leader_sees_what_waits_from_the_units_in_their_charge(made, month, leader):
    mine = staging.filed(made.cadre, month)
    staging.filed(made.other, month)
    page = leader.get(reverse("commitments_approvals"))
    assert [href for href, _about in waiting(page)] == [approve(mine.pk)]
    assert "1 份月承诺等您审批" in text(page)


def test_who_stands_in_reads_on_whose_behalf_it_is(made, month, client):
    one = staging.filed(made.cadre, month)
    today = timezone.localdate()
    Absence.objects.create(person=made.leader, kind="leave", since=today, until=today + DAY, deputy=made.deputy)
    client.force_login(made.users.deputy)
    [(href, about)] = waiting(client.get(reverse("commitments_approvals")))
    assert href == approve(one.pk)
    assert "代江海审批" in about
    assert "您代江海审批" in text(client.get(href))
    client.post(href, {"do": "approve"})
    one.refresh_from_db()
    assert (one.state, one.approved_for) == (CommitmentState.APPROVED, made.leader)


def test_nothing_waiting_says_so(month, leader):
    assert "没有等您审批的月承诺" in text(leader.get(reverse("commitments_approvals")))


def test_several_are_approved_one_after_the_other(made, month, leader):
    first, second = staging.filed(made.cadre, month), staging.filed(made.clerk, month)
    page = text(leader.get(approve(first.pk)))
    assert "20盏路灯全部亮起来，第1组。" in page
    assert "2026年11月11日" in page
    assert "批准，看下一份" in page
    answer = leader.post(approve(first.pk), {"do": "approve", "version": first.version})
    assert answer["Location"] == approve(second.pk)
    assert "已批准并公示：田野" in text(leader.get(approve(second.pk)))
    answer = leader.post(approve(second.pk), {"do": "approve", "version": second.version})
    assert answer["Location"] == reverse("commitments_approvals")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (CommitmentState.APPROVED, CommitmentState.APPROVED)
    assert first.approved_by == made.users.leader


def test_one_can_be_left_for_later(made, month, leader):
    first, second = staging.filed(made.cadre, month), staging.filed(made.clerk, month)
    for here, there in ((first, second), (second, first)):
        html = BeautifulSoup(leader.get(approve(here.pk)).content, "html.parser")
        assert html.find("a", string="先放一放，看下一份")["href"] == approve(there.pk)


def test_returning_needs_a_remark_and_the_person_reads_it(made, month, leader):
    one = staging.filed(made.cadre, month)
    refused = leader.post(approve(one.pk), {"do": "return", "version": one.version, "remark": " "})
    assert refused.status_code == 422
    html = BeautifulSoup(refused.content, "html.parser")
    assert html.select_one("details.otherwise").has_attr("open")
    assert html.select_one(".field .errorlist")
    one.refresh_from_db()
    assert one.state == CommitmentState.FILED
    leader.post(approve(one.pk), {"do": "return", "version": one.version, "remark": "第2项请写明数量"})
    one.refresh_from_db()
    assert (one.state, one.remark) == (CommitmentState.RETURNED, "第2项请写明数量")


def test_what_was_changed_meanwhile_is_shown_again_before_it_is_approved(made, month, leader):
    one = staging.filed(made.cadre, month)
    refused = leader.post(approve(one.pk), {"do": "approve", "version": one.version - 1})
    assert refused.status_code == 422
    assert "请重新看一遍" in text(refused)
    one.refresh_from_db()
    assert one.state == CommitmentState.FILED
    version = BeautifulSoup(refused.content, "html.parser").find("input", {"name": "version"})["value"]
    leader.post(approve(one.pk), {"do": "approve", "version": version})
    one.refresh_from_db()
    assert one.state == CommitmentState.APPROVED


def test_what_is_decided_offers_no_button(made, month, leader):
    one = staging.approved(made.cadre, month)
    page = leader.get(approve(one.pk))
    assert BeautifulSoup(page.content, "html.parser").select("main button") == []
    assert "无需处理：已批准公示" in text(page)


@pytest.mark.parametrize("who", ["cadre", "other", "deputy", "clerk", "supervisor"])
def test_nobody_else_opens_it(made, month, client, who):
    one = staging.filed(made.cadre, month)
    client.force_login(getattr(made.users, who))
    assert client.get(approve(one.pk)).status_code == 403
    assert client.post(approve(one.pk), {"do": "approve"}).status_code == 403
    one.refresh_from_db()
    assert one.state == CommitmentState.FILED


def test_an_amendment_shows_both_texts_and_is_approved(made, month, leader):
    amendment = asked(staging.approved(made.cadre, month), goal="装灯8盏", due="2026-11-28")
    page = reverse("commitments_amendment", args=[amendment.pk])
    assert [href for href, _about in waiting(leader.get(reverse("commitments_approvals")))] == [page]
    html = BeautifulSoup(leader.get(page).content, "html.parser")
    rows = html.select("tbody tr")
    cells = {row.th.contents[0].strip(): [cell.get_text() for cell in row.select("td")] for row in rows}
    assert cells["工作目标"] == ["20盏路灯全部亮起来，第1组。", "装灯8盏"]
    assert cells["完成时限"] == ["2026年11月11日", "2026年11月28日"]
    assert cells["重点内容"] == ["修好1组的路灯", "修好1组的路灯"]
    assert [mark.get_text() for mark in html.select("mark")] == ["装灯8盏", "2026年11月28日"]
    assert leader.post(page, {"do": "accept"})["Location"] == reverse("commitments_approvals")
    promise = Promise.objects.get(pk=amendment.promise_id)
    assert (promise.goal, promise.due) == ("装灯8盏", datetime.date(2026, 11, 28))


def test_refusing_an_amendment_needs_a_remark(made, month, leader):
    amendment = asked(staging.approved(made.cadre, month), goal="装灯8盏")
    page = reverse("commitments_amendment", args=[amendment.pk])
    assert leader.post(page, {"do": "refuse", "remark": ""}).status_code == 422
    leader.post(page, {"do": "refuse", "remark": "按原目标完成"})
    amendment.refresh_from_db()
    assert (amendment.state, amendment.remark) == (AmendmentState.REFUSED, "按原目标完成")
    assert Promise.objects.get(pk=amendment.promise_id).goal == "20盏路灯全部亮起来，第1组。"


def test_an_amendment_is_for_nobody_else(made, month, client):
    amendment = asked(staging.approved(made.cadre, month), goal="装灯8盏")
    page = reverse("commitments_amendment", args=[amendment.pk])
    client.force_login(made.users.cadre)
    assert client.post(page, {"do": "accept"}).status_code == 403
    amendment.refresh_from_db()
    assert amendment.state == AmendmentState.PROPOSED


def test_the_desk_of_the_leader_says_how_many_wait_and_from_where(made, month, leader, client):
    for one in (made.other, made.third):
        staging.filed(one, month)
    client.force_login(made.users.deputy)
    html = BeautifulSoup(client.get(reverse("desk")).content, "html.parser")
    [line] = [one for one in html.select(".entries > li") if one.a["href"] == reverse("commitments_approvals")]
    assert line.a.get_text() == "审批 2 份月承诺"
    assert "由您审批的单位：经济发展服务中心、农业服务队。" in line.get_text()
