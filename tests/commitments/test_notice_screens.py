"""Notices on the desk: each finds what waits, does it without a script, and is told what is wrong."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from commitments.domain.lifecycle import notices
from commitments.domain.notice_steps import steps
from commitments.enums import Grade, NoticeState
from commitments.models import NOTICE_CLOCK, ServedNotice
from organisation.enums import AbsenceKind
from organisation.models import Absence
from suite.desk.domain.queries import desk_of
from suite.evidence.domain import evidence_of
from tests.commitments import notice_staging as staging
from tests.reading import Elements, text

DATE = datetime.date.fromisoformat
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.fixture
def at(client):
    """at(person): the client, logged in as that person."""

    def log_in(one):
        client.force_login(one.user)
        return client

    return log_in


def waiting(one):
    """The lines about notices on somebody's desk: step, title, due day."""
    items = [item for group in desk_of(one.user).groups for item in group.items]
    mine = [item for item in items if item.key.startswith(("commitments.notice-", "commitments.propose"))]
    return {
        (item.key.partition(":")[0].removeprefix("commitments."), str(item.title), item.due and item.due.date())
        for item in mine
    }


def fresh(notice):
    return ServedNotice.objects.get(pk=notice.pk)


def send(client, notice, step, **data):
    return client.post(reverse("commitments_notice_step", args=[notice.pk, step]), data)


# What waits on which desk


def test_a_failed_commitment_waits_for_the_office(town):
    commitment = staging.failed(town.cadre, town.economy)
    staging.failed(town.office, town.office_unit)
    assert waiting(town.office) == {("propose", "有1份未完成的月承诺待拟发责任通知书", None)}
    assert waiting(town.second_office) == {("propose", "有2份未完成的月承诺待拟发责任通知书", None)}
    staging.proposed(town, commitment)
    assert waiting(town.office) == set()


def test_a_notice_goes_from_desk_to_desk(town, december):
    notice = staging.proposed(town)
    assert waiting(town.leader) == {("notice-approve", "审批陈志强的责任通知书", None)}
    assert waiting(town.cadre) == set()
    notice = notices.approve(notice, town.leader.user)
    assert waiting(town.leader) == set()
    assert waiting(town.office) == {("notice-serve", "送达陈志强的责任通知书", None)}
    assert waiting(town.cadre) == {("notice-acknowledge", "阅读并签收发给您的责任通知书", None)}
    notice = notices.acknowledge(notice, town.cadre.user)
    due = DATE("2026-12-09")
    assert waiting(town.cadre) == {("notice-answer", "答复发给您的责任通知书", due)}
    assert waiting(town.office) == set()
    december.go(days=8)
    assert waiting(town.cadre) == {("notice-answer", "答复发给您的责任通知书", due)}
    assert waiting(town.leader) == {("notice-overdue", "陈志强的责任通知书逾期未答复", due)}
    assert waiting(town.office) == {("notice-overdue", "陈志强逾期未答复责任通知书：请代录答复或者升级处理", due)}
    notice = notices.answer(notice, "已补。", town.cadre.user)
    assert waiting(town.cadre) == waiting(town.leader) == set()
    assert waiting(town.office) == {("notice-check", "核查陈志强的答复：结案或者要求重新答复", None)}
    notices.close(notice, "属实。", town.office.user)
    assert waiting(town.office) == set()


def test_an_objection_waits_for_who_decides_it(town):
    staging.objected(town)
    assert waiting(town.head) == {("notice-decide", "裁定陈志强对责任通知书的异议", None)}
    assert waiting(town.cadre) == waiting(town.leader) == waiting(town.other_leader) == waiting(town.office) == set()


def test_a_talk_waits_for_who_holds_it_and_later_for_the_office(town, december):
    staging.served(town, grade=Grade.TALK)
    held = staging.TALK_AT.date()
    assert waiting(town.leader) == {("notice-talk", "与陈志强谈话并做记录", held)}
    december.go(days=9)
    assert ("notice-record", "补记与陈志强的谈话", held) in waiting(town.office)


def test_where_nobody_can_act_the_office_is_told_whom_to_enter(town, december):
    staging.proposed(town)
    objected = staging.objected(town, staging.failed(town.cadre, town.economy, DATE("2026-10-01")))
    assert objected.state == NoticeState.OBJECTED
    day = december.now.date()
    for one in (town.head, town.leader, town.other_leader):
        Absence.objects.create(person=one, kind=AbsenceKind.LEAVE, since=day, until=day)
    assert {title for _step, title, _due in waiting(town.office)} == {
        "没有人能审批陈志强的责任通知书：请登记分管领导",
        "没有人能裁定陈志强的异议：请登记另一位分管领导",
    }


def test_rectifying_says_so(town):
    staging.served(town, grade=Grade.RECTIFY)
    assert waiting(town.cadre) == {("notice-answer", "按责任通知书整改并答复", DATE("2026-12-09"))}


def test_the_link_to_notices_is_for_those_who_have_to_do_with_them(town, at):
    link = f'href="{reverse("commitments_notices")}"'
    shown = {one.name for one in (town.cadre, town.colleague, town.leader, town.office, town.supervisor)
             if link in at(one).get("/desk/").content.decode()}  # fmt: skip
    assert shown == {"李卫东", "周敏"}
    staging.approved(town)
    assert link in at(town.cadre).get("/desk/").content.decode()


# The whole way on the screens


def test_from_the_proposal_to_the_end_on_the_screens(town, at, december):
    commitment = staging.failed(town.cadre, town.economy)
    page = at(town.office).get(reverse("commitments_notices"))
    assert "陈志强 2026年11月" in text(page)
    address = reverse("commitments_notice_propose", args=[commitment.pk])
    assert "12个月内第一次：责令说明情况。 可以选择更重的等次，不能选择更轻的。" in text(at(town.office).get(address))
    rows = [row.pk for row in commitment.promises.filter(outcome="not")]
    response = at(town.office).post(address, {"promises": rows, "grade": "explain", "facts": "没有开始。"})
    notice = ServedNotice.objects.get()
    assert response.url == reverse("commitments_notice", args=[notice.pk])

    assert "待批准" in text(at(town.leader).get(response.url))
    assert send(at(town.leader), notice, "approve").url == response.url
    assert fresh(notice).number == "石效通〔2026〕1号"

    page = text(at(town.cadre).get(response.url))
    assert "请阅读后签收。签收只表示已经收到，不表示同意。" in page
    assert "没有开始。" in page
    send(at(town.cadre), notice, "acknowledge")
    assert fresh(notice).state == NoticeState.SERVED
    file = SimpleUploadedFile("说明.pdf", PDF, "application/pdf")
    answer = send(at(town.cadre), notice, "answer", text="人手不足，已补。", evidence_files=file)
    assert answer.url == response.url
    assert [str(row) for row in evidence_of((NOTICE_CLOCK, notice.pk))] == ["说明.pdf"]

    page = text(at(town.office).get(response.url))
    assert "人手不足，已补。" in page
    assert "说明.pdf" in page
    send(at(town.office), notice, "ask-again", remark="没有说原因。")
    assert "没有说原因。" in text(at(town.cadre).get(reverse("commitments_notice_step", args=[notice.pk, "answer"])))
    send(at(town.cadre), notice, "answer", text="原因是抽调抗旱。")
    send(at(town.office), notice, "close", remark="属实。")
    assert fresh(notice).state == NoticeState.CLOSED


def test_objection_and_decision_on_the_screens(town, at):
    notice = staging.served(town)
    send(at(town.cadre), notice, "object", text="已经交了。")
    page = text(at(town.head).get(reverse("commitments_notice_step", args=[notice.pk, "decide"])))
    assert "已经交了。" in page
    refused = send(at(town.head), notice, "decide", reason="属实。")
    assert (refused.status_code, fresh(notice).state) == (422, NoticeState.OBJECTED)
    send(at(town.head), notice, "decide", upheld="0", reason="签收单上没有。")
    assert fresh(notice).state == NoticeState.SERVED
    assert "签收单上没有。" in text(at(town.cadre).get(reverse("commitments_notice", args=[notice.pk])))


def test_an_upheld_objection_leads_to_the_correction_of_the_outcome(town, at):
    notice = staging.objected(town)
    correct = reverse("commitments_commitment_modeladmin_revise", args=[notice.commitment_id])

    def led(one):
        return correct in at(one).get(reverse("commitments_notice", args=[notice.pk])).content.decode()

    assert not led(town.office)
    send(at(town.head), notice, "decide", upheld="1", reason="签收单在档。")
    assert [led(one) for one in (town.office, town.head, town.leader, town.cadre)] == [True, True, False, False]
    for promise in notice.promises.all():
        at(town.office).post(correct, {"promise": promise.pk, "outcome": "fulfilled", "remark": "签收单在档。"})
    assert not led(town.office)


def test_paper_talk_and_passing_on_on_the_screens(town, at, december):
    notice = staging.approved(town, grade=Grade.TALK)
    send(at(town.office), notice, "serve", day="2026-12-02")
    assert fresh(notice).service == "paper"
    december.go(days=9)
    send(at(town.leader), notice, "talk", held_at="2026-12-10T09:00", by=town.leader.pk, text="谈了进度。")
    assert (fresh(notice).talk_record, fresh(notice).talk_at) == ("谈了进度。", staging.TALK_AT)
    send(at(town.office), notice, "key-in", text="纸上的答复。", day="2026-12-09")
    assert fresh(notice).answer == "纸上的答复。"
    passed = send(at(town.office), notice, "escalate", remark="没有整改。", rectify_until="2026-12-31")
    follower = fresh(notice).successor
    assert passed.url == reverse("commitments_notice", args=[follower.pk])
    assert (follower.grade, follower.rectify_until) == (Grade.RECTIFY, DATE("2026-12-31"))
    send(at(town.leader), follower, "refuse", reason="先谈一次。")
    assert fresh(follower).refusal == "先谈一次。"
    other = staging.proposed(town, staging.failed(town.colleague, town.economy))
    send(at(town.office), other, "withdraw", reason="写错了人。")
    page = text(at(town.office).get(reverse("commitments_notice", args=[other.pk])))
    assert "撤回理由 写错了人。" in page
    assert "重新拟发责任通知书" in page


# Refusals and what is not there


def test_what_was_typed_stays_beside_what_is_wrong(town, at):
    commitment = staging.failed(town.cadre, town.economy)
    staging.served(town, staging.failed(town.cadre, town.economy, DATE("2026-10-01")))
    rows = [row.pk for row in commitment.promises.filter(outcome="not")]
    response = at(town.office).post(
        reverse("commitments_notice_propose", args=[commitment.pk]),
        {"promises": rows, "grade": "talk", "facts": "没有开始。", "talk_at": "2026-12-10T09:00"},
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "由谁谈话？请选择一位领导，不能是受通知人本人。" in text(response)
    assert "没有开始。</textarea>" in page
    assert 'value="2026-12-10T09:00"' in page


def test_a_lighter_grade_is_not_offered(town, at):
    staging.served(town, staging.failed(town.cadre, town.economy, DATE("2026-10-01")))
    commitment = staging.failed(town.cadre, town.economy)
    html = at(town.office).get(reverse("commitments_notice_propose", args=[commitment.pk])).content.decode()
    assert re.findall(r'name="grade" value="(\w+)"', html) == ["talk", "rectify"]


def test_a_step_that_is_over_leads_back(town, at):
    notice = staging.served(town)
    response = send(at(town.cadre), notice, "acknowledge")
    assert response.url == reverse("commitments_notice", args=[notice.pk])
    assert "这份责任通知书现在不能办这一步：请看它目前的状态。" in at(town.cadre).get(response.url).content.decode()
    assert send(at(town.cadre), notice, "jump").status_code == 404
    assert at(town.office).get(reverse("commitments_notice_propose", args=[notice.commitment_id])).url == reverse(
        "commitments_notices"
    )


def test_only_the_office_proposes_on_the_desk_and_not_about_itself(town, at):
    commitment = staging.failed(town.cadre, town.economy)
    own = staging.failed(town.office, town.office_unit)
    address = reverse("commitments_notice_propose", args=[commitment.pk])
    for one in (town.cadre, town.leader, town.head, town.supervisor):
        assert at(one).get(address).status_code == 403
    assert at(town.office).get(reverse("commitments_notice_propose", args=[own.pk])).status_code == 403
    assert at(town.second_office).get(reverse("commitments_notice_propose", args=[own.pk])).status_code == 200


def test_what_may_need_a_notice_is_shown_to_the_office_alone(town, at):
    staging.failed(town.cadre, town.economy)
    page = text(at(town.office).get(reverse("commitments_notices")))
    assert "未完成且未发责任通知书 陈志强 2026年11月" in page
    for one in (town.head, town.cadre):
        assert "未发责任通知书" not in text(at(one).get(reverse("commitments_notices")))


def test_who_has_nothing_to_do_with_notices_has_no_list(town, at, client):
    assert at(town.supervisor).get(reverse("commitments_notices")).status_code == 403
    client.logout()
    assert client.get(reverse("commitments_notices")).status_code == 302


@pytest.mark.parametrize(
    ("stage", "who", "open_steps"),
    [
        ("proposed", "leader", ["approve", "refuse"]),
        ("proposed", "office", ["withdraw"]),
        ("proposed", "cadre", []),
        ("approved", "cadre", ["acknowledge"]),
        ("approved", "office", ["serve", "withdraw"]),
        ("approved", "leader", []),
        ("served", "cadre", ["answer", "object"]),
        ("served", "office", ["key-in"]),
        ("objected", "cadre", []),
        ("objected", "head", ["decide"]),
        ("objected", "office", []),
        ("answered", "cadre", []),
        ("answered", "office", ["close", "ask-again", "escalate"]),
        ("answered", "leader", []),
        ("closed", "office", []),
    ],
)
def test_each_is_offered_what_can_be_done(town, stage, who, open_steps):
    assert steps(getattr(town, who).user, getattr(staging, stage)(town)) == open_steps


@pytest.mark.parametrize("step", ["answer", "object"])
def test_every_field_has_a_label_and_its_help(town, at, step):
    notice = staging.served(town)
    html = at(town.cadre).get(reverse("commitments_notice_step", args=[notice.pk, step])).content.decode()
    page = Elements(html)
    labelled = {attributes.get("for") for _tag, attributes in page.all("label")}
    fields = [
        attributes["id"] for _tag, attributes in page.all("textarea", "input")
        if attributes.get("type") != "hidden" and attributes.get("name") not in ("q", "query")
    ]  # fmt: skip
    assert fields
    assert set(fields) <= labelled
