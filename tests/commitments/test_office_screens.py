"""The efficiency office: months, the register, decisions, meetings, settings, and what has to be set first."""

import datetime
import io

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from commitments.domain.draws import DRAW_KIND
from commitments.domain.papers.meeting import meeting_sheet
from commitments.enums import CommitmentState, MeetingState, MonthState, Outcome
from commitments.models import Commitment, CommitmentsSettings, Month, Promise, ReportMeeting, WorkKind
from commitments.viewsets import CommitmentsGroup
from organisation.models import Person
from suite.draw import domain as draws
from suite.draw.algorithm import sha256
from suite.draw.domain import draws_of
from suite.numbering.models import NumberSeries
from tests.commitments import staging
from tests.commitments.staging import DAY, appoint


@pytest.fixture
def office(made, client):
    client.force_login(made.users.clerk)
    return client


def at(record, key, *arguments):
    return reverse(f"commitments_{record}_modeladmin_{key}", args=arguments)


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "html.parser")


def errors(answer):
    html = BeautifulSoup(answer.content, "html.parser")
    return [line.get_text(" ", strip=True) for line in html.select(".messages li, .error-message, .w-field__errors p")]


def do(client, record, key, row, **data):
    answer = client.post(at(record, key, row.pk), data)
    assert answer.status_code == 302, errors(answer)
    row.refresh_from_db()


def told(client, record, key, row, **data):
    answer = client.post(at(record, key, row.pk), data)
    assert answer.status_code == 200, key
    return errors(answer)


# Months.


def test_the_office_opens_a_month_by_hand_and_sees_who_files(made, office):
    choices = [option["value"] for option in page(office, at("month", "create")).select("select[name=first] option")]
    assert choices == ["2026-11-01", "2026-12-01"]
    answer = office.post(at("month", "create"), {"first": "2026-11-01"})
    month = Month.objects.get()
    assert answer["Location"] == at("month", "inspect", month.pk)
    html = page(office, answer["Location"])
    assert html.select_one("#late").get_text(" ", strip=True) == "还没有提交 7"
    assert "石磊" in html.select_one(".commitments-scroll").get_text()
    assert page(office, at("month", "create")).select("select[name=first] option")[0]["value"] == "2026-12-01"


def test_who_is_late_is_listed_with_the_phone_of_the_unit(made, month, office, time):
    made.team.phone = "8812 0107"
    made.team.save()
    staging.filed(made.cadre, month)
    time.now = month.files_until + datetime.timedelta(seconds=1)
    html = page(office, at("month", "inspect", month.pk))
    assert html.select_one("#late").get_text(" ", strip=True) == "逾期未提交，请催报 6"
    rows = {row.td.get_text(): row.select("td")[2].get_text() for row in html.select(".commitments-scroll tbody tr")}
    assert rows["石磊"] == "8812 0107"
    assert "田野" not in rows
    line = page(office, reverse("desk")).find("a", string="2026年11月还有 6 人未提交月承诺，请催报")
    assert line["href"] == at("month", "inspect", month.pk)


def test_closing_names_who_is_open_and_what_will_count_as_not_kept(made, month, office, time):
    staging.approved(made.cadre, month)
    staging.filed(made.clerk, month)
    time.now = staging.after_filing(month)
    staging.reporting(made, month)
    time.now = month.results_until + DAY
    office.force_login(made.users.clerk)
    warnings = [
        one.get_text(" ", strip=True) for one in page(office, at("month", "close", month.pk)).select(".help-warning")
    ]
    assert warnings[0].startswith("还不能办结")
    assert "沈静（已提交，待审批）" in warnings[0]
    assert "石磊（农业服务队）" in warnings[1]
    assert "没有提交承诺" in warnings[1]
    assert "没有报告完成情况" in warnings[2]
    assert "田野（党政办公室）" in warnings[2]
    assert told(office, "month", "close", month)
    assert told(office, "month", "close", month, sure="on")
    month.refresh_from_db()
    assert month.state == MonthState.REPORTING


def test_a_month_of_which_everything_is_decided_is_closed(made, month, office, time):
    time.now = staging.after_filing(month)
    office.force_login(made.users.clerk)
    do(office, "month", "begin_reporting", month)
    assert month.state == MonthState.REPORTING
    time.now = month.results_until + DAY
    office.force_login(made.users.clerk)
    do(office, "month", "close", month, sure="on")
    assert month.state == MonthState.CLOSED
    assert set(Promise.objects.values_list("missing", "outcome")) == {(True, Outcome.NOT)}


# Commitments.


def test_the_register_filters_by_month_unit_state_and_finds_by_name(made, month, office, time):
    staging.filed(made.cadre, month)

    def names(**query):
        answer = office.get(at("commitment", "index"), query)
        return [row.get_text() for row in BeautifulSoup(answer.content, "html.parser").select("td.field-person")]

    assert len(names()) == 7
    assert [name.split()[0] for name in names(state__exact="filed")] == ["田野"]
    assert [name.split()[0] for name in names(unit=made.team.pk)] == ["石磊"]
    assert [name.split()[0] for name in names(q="白露")] == ["白露"]
    time.now = staging.after_filing(month)
    staging.month(made, datetime.date(2026, 12, 1))
    office.force_login(made.users.clerk)
    assert len(names()) == 14
    assert len(names(month__id__exact=month.pk)) == 7


def test_the_register_is_a_workbook_too(made, month, office):
    staging.filed(made.cadre, month)
    answer = office.get(at("commitment", "index"), {"export": "xlsx", "q": "田野"})
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[1][:5] == ("田野", "党政办公室", "党政办公室干事", "2026年11月", "已提交，待审批")


def test_one_commitment_is_shown_whole(made, month, office, time):
    staging.approved(made.cadre, month)
    time.now = staging.after_filing(month)
    staging.reporting(made, month)
    one = staging.verified(made, made.cadre, month, Outcome.PARTLY, agrees=False)
    office.force_login(made.users.clerk)
    html = page(office, at("commitment", "inspect", one.pk))
    row = html.select_one(".commitments-row").get_text(" ", strip=True)
    for part in ("修好1组的路灯", "2026年11月11日", "部分完成", "第1项已办。", "现场照片", "与所报不一致：现场看过。"):
        assert part in row, part
    assert html.find("a", string="认定结果")["href"] == reverse("commitments_decide", args=[one.pk])


def test_somebody_is_released_with_a_reason_and_asked_again(made, month, office):
    one = staging.commitment(made.third, month)
    assert told(office, "commitment", "release", one, reason="")
    do(office, "commitment", "release", one, reason="借调县里")
    assert (one.state, one.release_reason) == (CommitmentState.RELEASED, "借调县里")
    assert office.get(at("commitment", "release", one.pk))["Location"] == reverse("wagtailadmin_home")
    do(office, "commitment", "ask_again", one)
    assert (one.state, one.release_reason) == (CommitmentState.OWED, "")


def test_a_commitment_moves_to_another_unit_of_the_person(made, month, office):
    one = staging.commitment(made.third, month)
    assert "没有其他单位的岗位" in page(office, at("commitment", "move_unit", one.pk)).get_text()
    appoint(made.third, made.office, "兼职干事")
    options = page(office, at("commitment", "move_unit", one.pk)).select("select[name=unit] option")
    assert [option.get_text() for option in options] == ["党政办公室"]
    do(office, "commitment", "move_unit", one, unit=made.office.pk, reason="实际在党政办")
    assert one.unit == made.office


def test_a_result_is_sent_back_from_the_register(made, month, office, time):
    staging.approved(made.cadre, month)
    time.now = staging.after_filing(month)
    staging.reporting(made, month)
    one = staging.reported(made.cadre, month)
    office.force_login(made.users.clerk)
    do(office, "commitment", "send_back", one, remark="第1项请附照片")
    assert (one.state, one.remark) == (CommitmentState.APPROVED, "第1项请附照片")


def test_an_outcome_is_corrected_from_the_register(made, month, office, time):
    staging.approved(made.cadre, month)
    time.now = staging.after_filing(month)
    staging.reporting(made, month)
    one = staging.ended(made, made.cadre, month, Outcome.NOT)
    first = one.promises.first()
    office.force_login(made.users.clerk)
    assert page(office, at("commitment", "inspect", one.pk)).find("a", string="更正认定结果")
    assert told(office, "commitment", "revise", one, promise=first.pk, outcome="not", remark="复核") == [
        "请选与原认定不同的结果。"
    ]
    do(office, "commitment", "revise", one, promise=first.pk, outcome="fulfilled", remark="验收单在档。")
    first.refresh_from_db()
    assert (first.outcome, first.outcome_remark) == ("fulfilled", "验收单在档。")
    office.force_login(made.users.leader)
    assert not page(office, at("commitment", "inspect", one.pk)).find("a", string="更正认定结果")


def test_who_keys_in_finds_it_above_the_register(made, month, office):
    def keys_in():
        link = page(office, at("commitment", "index")).find("a", string="代录纸质月承诺")
        return link and link["href"]

    assert keys_in() == reverse("commitments_key_in")
    office.force_login(made.users.leader)
    assert keys_in() is None


def test_history_says_what_happened(made, month, office):
    one = staging.filed(made.cadre, month)
    assert "2026-11-02 09:00提交2项" in page(office, at("commitment", "history", one.pk)).get_text()


# Decisions.


@pytest.fixture
def verified(made, month, time, office):
    """Reported and verified; ``verified(person, claimed, agrees)``."""
    for one in (made.cadre, made.third, made.clerk):
        staging.approved(one, month)
    time.now = staging.after_filing(month)
    staging.reporting(made, month)

    def bring(person, claimed=Outcome.FULFILLED, agrees=True):
        one = staging.verified(made, person, month, claimed, agrees)
        office.force_login(made.users.clerk)
        return one

    return bring


def outcomes(one, outcome, remark=""):
    data = {}
    for promise in one.promises.all():
        data |= {f"outcome-{promise.pk}": outcome, f"remark-{promise.pk}": remark}
    return data


def chosen(html):
    return [(field["name"].partition("-")[0], field["value"]) for field in html.select("main input[checked]")]


def test_the_reported_outcome_is_proposed_where_the_supervisor_agreed_and_saved_by_a_tap_alone(verified, made, office):
    one = verified(made.cadre, Outcome.PARTLY)
    address = reverse("commitments_decide", args=[one.pk])
    assert chosen(page(office, address)) == [("outcome", "partly"), ("outcome", "partly")]
    one.refresh_from_db()
    assert one.state == CommitmentState.VERIFIED
    office.post(address, outcomes(one, "partly"))
    one.refresh_from_db()
    assert (one.state, one.outcome) == (CommitmentState.ENDED, Outcome.PARTLY)


def test_nothing_is_proposed_where_the_supervisor_did_not_agree_and_a_remark_is_needed(verified, made, office):
    one = verified(made.cadre, agrees=False)
    address = reverse("commitments_decide", args=[one.pk])
    assert chosen(page(office, address)) == []
    refused = office.post(address, outcomes(one, "not"))
    assert refused.status_code == 422
    assert len(BeautifulSoup(refused.content, "html.parser").select(".found .errorlist")) == 2
    assert chosen(BeautifulSoup(refused.content, "html.parser")) == [("outcome", "not"), ("outcome", "not")]
    office.post(address, outcomes(one, "not", "灯没有亮"))
    one.refresh_from_db()
    assert (one.state, one.outcome) == (CommitmentState.ENDED, Outcome.NOT)


def test_who_decides_sees_that_a_result_came_late(verified, made, month, office, time):
    in_time = verified(made.cadre)
    time.now = month.results_until + datetime.timedelta(seconds=1)
    late = verified(made.third)
    pages = [page(office, reverse("commitments_decide", args=[one.pk])).get_text() for one in (in_time, late)]
    assert ["迟报" in one for one in pages] == [False, True]


def test_one_is_decided_after_the_other(verified, made, office):
    first, second = verified(made.cadre), verified(made.third)
    assert [line["href"] for line in page(office, reverse("commitments_decisions")).select(".entries a")] == [
        reverse("commitments_decide", args=[one.pk]) for one in (first, second)
    ]
    answer = office.post(reverse("commitments_decide", args=[first.pk]), outcomes(first, "fulfilled"))
    assert answer["Location"] == reverse("commitments_decide", args=[second.pk])
    answer = office.post(answer["Location"], outcomes(second, "fulfilled"))
    assert answer["Location"] == reverse("commitments_decisions")


def test_the_offices_own_are_decided_by_the_leader_in_charge(verified, made, office):
    one = verified(made.clerk)
    address = reverse("commitments_decide", args=[one.pk])
    assert office.get(address).status_code == 403
    office.force_login(made.users.leader)
    office.post(address, outcomes(one, "fulfilled"))
    one.refresh_from_db()
    assert one.state == CommitmentState.ENDED


# Meetings.


@pytest.fixture
def meeting(made, month, time, office):
    """Three have filed; the meeting is planned in the admin for the tenth."""
    for one in (made.cadre, made.other, made.third):
        staging.filed(one, month)
    time.now = staging.after_filing(month)
    office.force_login(made.users.clerk)
    form = page(office, at("reportmeeting", "create"))
    assert form.select_one("input[name=seats]")["value"] == "5"
    data = {"month": month.pk, "starts_at": "2026-11-10T09:00", "place": "三楼会议室", "chair": made.leader.pk}
    answer = office.post(at("reportmeeting", "create"), {**data, "seats": 3, "rest": 3})
    assert answer.status_code == 302, errors(answer)
    planned = ReportMeeting.objects.get()
    assert answer["Location"] == at("reportmeeting", "inspect", planned.pk)
    return planned


def draw(made, office, meeting, time):
    """Prepared on its form, carried out with three strings."""
    due = timezone.localtime(time.now) + datetime.timedelta(hours=5)
    seed = {
        "mode": "strings",
        "due_0": f"{due:%Y-%m-%d}",
        "due_1": f"{due:%H:%M}",
        "source": "",
        "form": "",
        "digits": "",
    }
    do(office, "reportmeeting", "draw", meeting, **seed, reason="")
    one = draws_of(DRAW_KIND, meeting.month.code).get()
    user = made.users.clerk
    draws.freeze(one, user)
    strings = {"甲": "青山依旧在几度", "乙": "水满则溢月满则", "丙": "灯火阑珊处那人"}
    for name, string in strings.items():
        draws.commit(one, name, sha256(string), user)
    draws.close_hashes(one, user)
    for number, string in enumerate(strings.values(), 1):
        draws.reveal(one, number, string, user)
    one.refresh_from_db()
    draws.carry_out(one, ["江海"], user)
    meeting.refresh_from_db()


def test_the_meeting_is_changed_and_cancelled_with_a_reason(meeting, office, made):
    data = {"starts_at": "2026-11-11T14:30", "place": "二楼会议室", "chair": made.deputy.pk}
    do(office, "reportmeeting", "change", meeting, **data)
    assert (meeting.place, meeting.chair, timezone.localtime(meeting.starts_at).hour) == ("二楼会议室", made.deputy, 14)
    assert told(office, "reportmeeting", "cancel", meeting, reason="")
    do(office, "reportmeeting", "cancel", meeting, reason="防汛")
    assert (meeting.state, meeting.reason) == (MeetingState.CANCELLED, "防汛")
    assert "防汛" in page(office, at("reportmeeting", "inspect", meeting.pk)).get_text()


def test_everybody_gets_from_the_month_and_from_the_sheet_to_the_draw_of_its_meeting(meeting, office, made, time):
    assert meeting_sheet(meeting).context["facts"][-1] == ("抽签编号", "尚未公布名单")
    draw(made, office, meeting, time)
    public_id = draws_of(DRAW_KIND, meeting.month.code).get().public_id
    assert meeting_sheet(meeting).context["facts"][-1] == ("抽签编号", public_id)
    office.logout()
    html = page(office, reverse("commitments_month", args=[meeting.month.code]))
    address = draws_of(DRAW_KIND, meeting.month.code).get().get_absolute_url()
    assert html.select_one(".month-meeting a")["href"] == address
    assert page(office, address).h1


def test_a_meeting_is_drawn_for_recorded_and_closed(meeting, office, made, time):
    draw(made, office, meeting, time)
    assert meeting.state == MeetingState.DRAWN
    html = page(office, at("reportmeeting", "inspect", meeting.pk))
    assert len(html.select("#reports + .commitments-scroll tbody tr")) == 3
    address = reverse("commitments_meeting", args=[meeting.pk])
    assert html.find("a", string="记录汇报")["href"] == address
    time.now = meeting.starts_at
    office.force_login(made.users.clerk)
    first, second, third = meeting.reports.order_by("order")
    data = {f"r{first.pk}-present": "yes", f"r{first.pk}-said": "路灯装了一半。", f"r{first.pk}-remarks": "抓紧。"}
    refused = office.post(address, {**data, f"r{second.pk}-present": "yes", f"r{second.pk}-said": ""})
    assert refused.status_code == 422
    assert [link["href"] for link in BeautifulSoup(refused.content, "html.parser").select("#errors a")] == ["#row-2"]
    first.refresh_from_db()
    assert (first.present, first.said, first.remarks) == (True, "路灯装了一半。", "抓紧。")
    assert told(office, "reportmeeting", "close", meeting)
    office.post(address, {**data, f"r{second.pk}-present": "no", f"r{third.pk}-present": "no"})
    do(office, "reportmeeting", "close", meeting)
    assert meeting.state == MeetingState.HELD
    assert BeautifulSoup(office.get(address).content, "html.parser").select("main button") == []


def test_a_second_meeting_of_the_month_is_not_offered(meeting, office):
    options = page(office, at("reportmeeting", "create")).select("select[name=month] option[value]")
    assert [option["value"] for option in options if option["value"]] == []


def test_settings_have_boxes_for_the_units_and_people_in_service(made, office):
    gone = Person.objects.create(name="贺退休", active=False)
    settings = CommitmentsSettings.load()
    address = reverse("wagtailsettings:edit", args=["commitments", "commitmentssettings", settings.pk])
    html = page(office, address)
    assert [box["value"] for box in html.select("input[name=unit_kinds][checked]")] == [
        "township", "office", "centre", "team", "work_area", "hall",
    ]  # fmt: skip
    approvers = [option["value"] for option in html.select("select[name=head_approver] option")]
    assert str(made.leader.pk) in approvers
    assert str(gone.pk) not in approvers
    kept = {
        field["name"]: field.get("value", "")
        for field in html.select("main form input[name]")
        if field.get("type") in {"number", "text", "hidden"}
    }
    chosen_kinds = ["township", "village"]
    data = {**kept, "unit_kinds": chosen_kinds, "head_approver": made.leader.pk, "notice_series": ""}
    answer = office.post(address, data)
    assert answer.status_code == 302, errors(answer)
    settings = CommitmentsSettings.objects.get()
    assert (settings.unit_kinds, settings.head_approver) == (chosen_kinds, made.leader)
    assert office.post(address, {**data, "unit_kinds": []}).status_code == 200
    assert CommitmentsSettings.objects.get().unit_kinds == chosen_kinds


def test_the_desk_says_what_has_to_be_set_first_and_where(made, office):
    CommitmentsSettings.objects.update(head_approver=None)

    def lines():
        items = page(office, reverse("desk")).select(".entries a")
        return {item.get_text(): item["href"] for item in items if "承诺" in item.get_text()}

    found = lines()
    settings = "月承诺还要先设置：主要领导的承诺由谁审批、通知书用的文号序列"
    assert settings in found
    assert office.get(found[settings], follow=True).status_code == 200
    assert office.get(found["先登记月承诺的工作类别"]).status_code == 200
    series = NumberSeries.objects.create(prefix="石效通")
    CommitmentsSettings.objects.update(head_approver=made.deputy, notice_series=series)
    WorkKind.objects.create(name="项目建设")
    assert lines() == {"开始第一个月的承诺填报": at("month", "create")}


def test_every_register_and_form_opens_for_the_office_and_for_nobody_without_the_right(made, month, office, client):
    staging.filed(made.cadre, month)
    names = [register.opts.model_name for register in CommitmentsGroup().register_instances]
    assert {"month", "commitment", "reportmeeting"} <= set(names)
    for name in ("month", "commitment", "reportmeeting"):
        assert office.get(at(name, "index")).status_code == 200
    client.force_login(made.users.cadre)
    for name in ("month", "commitment", "reportmeeting"):
        assert client.get(at(name, "index")).status_code in (302, 403)
    client.force_login(made.users.leader)
    assert client.get(at("commitment", "index")).status_code == 200
    assert client.get(at("month", "create")).status_code in (302, 403)
    one = Commitment.objects.get(person=made.cadre)
    assert client.post(at("commitment", "release", one.pk), {"reason": "免"}).status_code in (302, 403)
    one.refresh_from_db()
    assert one.state == CommitmentState.FILED
