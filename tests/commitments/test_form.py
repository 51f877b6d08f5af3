"""The form of a month: written, saved, filed, refused, taken back; without scripts and with."""

import datetime
import re

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail import hooks

from commitments.domain.lifecycle import commitments
from commitments.models import Commitment, CommitmentsSettings, Promise, WorkKind
from organisation.enums import AppointmentKind
from organisation.models import Appointment
from suite.work import OpenWork
from tests.commitments import staging
from tests.reading import Elements, text

JSON = {"Accept": "application/json"}
HERE = "/desk/commitments/2026-11/"


@pytest.fixture
def cadre(made, month, client):
    client.force_login(made.users.cadre)
    return client


def posted(rows, version=0, **more):
    """What a browser sends."""
    fields = {f"rows-{index}-{name}": value for index, row in enumerate(rows) for name, value in row.items()}
    return {**fields, "version": version, **more}


def mine(made, month):
    return staging.commitment(made.cadre, month)


def field(response, name):
    """What stands in a field of the form."""
    html = response.content.decode()
    found = re.search(rf'<textarea[^>]* name="{name}"[^>]*>(.*?)</textarea>', html, re.S)
    if found:
        return found[1]
    (value,) = [attrs.get("value", "") for _tag, attrs in Elements(html).all("input") if attrs.get("name") == name]
    return value


def test_the_desk_leads_to_this_months_form_and_says_until_when(made, month, cadre):
    assert 'href="/desk/commitments/"' in cadre.get("/desk/").content.decode()
    shown = text(cadre.get(reverse("commitments_own")))
    assert "2026年11月 未提交 截止 11月6日（星期五）下午5:30，4天后 请填写本月承诺并提交。" in shown


def test_without_scripts_a_form_is_saved_reopened_and_filed(made, month, cadre):
    rows = staging.rows(2, month)
    answer = cadre.post(HERE, posted(rows[:1], save="1"), follow=True)
    assert "已保存，尚未提交。写完整后请提交。" in text(answer)
    assert field(answer, "rows-0-work") == "修好1组的路灯"
    assert field(answer, "rows-1-work") == ""
    assert field(answer, "version") == "1"
    assert "已填写，未提交" in text(cadre.get(reverse("commitments_own")))
    filed = cadre.post(HERE, posted(rows, version=1, file="1"), follow=True)
    assert "已按时提交。" in text(filed)
    assert "<textarea" not in filed.content.decode()
    one = mine(made, month)
    assert (one.state, one.late, one.filed_by) == ("filed", False, made.users.cadre)
    assert list(one.promises.values_list("number", "work")) == [(1, "修好1组的路灯"), (2, "修好2组的路灯")]


def test_a_script_saves_what_is_unfinished_and_is_told_the_version(made, month, cadre):
    answer = cadre.post(HERE, posted([{"work": "修"}], writer="w1", turn=1), headers=JSON)
    assert (answer.status_code, answer.json()) == (200, {"version": 1})
    # The answer got lost, the page goes on.
    answer = cadre.post(HERE, posted([{"work": "修路"}], writer="w1", turn=2), headers=JSON)
    assert answer.json() == {"version": 2}
    assert [row["work"] for row in mine(made, month).draft] == ["修路"]


def test_a_second_device_overwrites_nothing_and_is_shown_both_texts(made, month, cadre):
    cadre.post(HERE, posted([{"work": "手机上写的"}], writer="phone", turn=1), headers=JSON)
    answer = cadre.post(HERE, posted([{"work": "电脑上写的"}], writer="desk", turn=1), headers=JSON)
    assert answer.status_code == 409
    assert (answer.json()["version"], answer.json()["values"]["rows-0-work"]) == (1, ["手机上写的"])
    page = cadre.post(HERE, posted([{"work": "电脑上写的"}], save="1"))
    assert page.status_code == 409
    assert "第1项：重点内容" in text(page)
    assert "手机上写的" in text(page)
    assert "电脑上写的" in text(page)
    assert [row["work"] for row in mine(made, month).draft] == ["手机上写的"]
    # What is chosen there stands.
    sent = {a["name"]: a.get("value", "") for _tag, a in Elements(page.content.decode()).all("input") if "name" in a}
    cadre.post(HERE, sent)
    assert [row["work"] for row in mine(made, month).draft] == ["电脑上写的"]


def test_filing_with_an_old_version_is_a_conflict_and_files_nothing(made, month, cadre):
    cadre.post(HERE, posted([{"work": "手机上写的"}], writer="phone", turn=1), headers=JSON)
    page = cadre.post(HERE, posted(staging.rows(1, month), version=0, file="1"))
    assert page.status_code == 409
    assert "修好1组的路灯" in text(page)
    one = mine(made, month)
    assert (one.state, [row["work"] for row in one.draft]) == ("owed", ["手机上写的"])


def test_a_kind_of_work_is_named_where_two_versions_differ(made, month, cadre):
    farming = WorkKind.objects.create(name="农业生产")
    cadre.post(HERE, posted([{"kind": farming.pk, "work": "春耕"}], writer="phone", turn=1), headers=JSON)
    assert "农业生产" in text(cadre.post(HERE, posted([{"work": "春耕"}], save="1")))


def test_everything_wrong_is_said_at_once_beside_the_field_and_nothing_typed_is_lost(made, month, cadre):
    rows = staging.rows(3, month)
    rows[0]["goal"] = ""
    rows[1]["due"] = "2026-12-05"
    rows[2]["measures"] = "请拨打 13800001234"
    page = cadre.post(HERE, posted(rows, file="1"))
    assert page.status_code == 422
    html = page.content.decode()
    for place in ("rows-0-goal", "rows-1-due", "rows-2-measures"):
        assert f'href="#id_{place}"' in html
        assert f'id="wrong_{place}"' in html
    assert html.count('aria-invalid="true"') == 3
    assert "2026年12月5日" in text(page)
    assert field(page, "rows-1-due") == "2026-12-05"
    assert field(page, "rows-2-measures") == "请拨打 13800001234"
    # Also on another device, later.
    assert field(cadre.get(HERE), "rows-1-due") == "2026-12-05"
    assert mine(made, month).state == "owed"
    # The form goes on from what was stored.
    rows[0]["goal"], rows[1]["due"], rows[2]["measures"] = "亮灯20盏", "2026-11-20", "联系供电所"
    assert cadre.post(HERE, posted(rows, version=field(page, "version"), file="1")).status_code == 302
    assert mine(made, month).promises.count() == 3


def test_forty_rows_are_refused_and_kept(made, month, cadre):
    rows = staging.rows(1, month) * 40
    page = cadre.post(HERE, posted(rows, file="1"))
    assert page.status_code == 422
    assert "40" in text(page)
    assert page.content.decode().count('class="promise-row"') == 41  # and the template of new ones
    one = mine(made, month)
    assert (len(one.draft), one.promises.count()) == (40, 0)


def test_a_day_that_is_none_is_shown_again_as_it_was_typed(made, month, cadre):
    page = cadre.post(HERE, posted([{**staging.rows(1, month)[0], "due": "下旬"}], file="1"))
    (due,) = [a for _tag, a in Elements(page.content.decode()).all("input") if a.get("name") == "rows-0-due"]
    assert (due["type"], due["value"]) == ("text", "下旬")


def test_pasted_tables_and_emoji_are_filed_as_lines(made, month, cadre):
    row = staging.rows(1, month)[0]
    row |= {"work": "秸秆\t禁烧🔥\r\n巡查", "measures": "序号\t内容\r\n1\t张贴通告🙂\r\n2\t入户"}
    assert cadre.post(HERE, posted([row], file="1")).status_code == 302
    one = Promise.objects.get()
    assert one.work == "秸秆 禁烧🔥；巡查"
    assert one.measures == "序号 内容\n1 张贴通告🙂\n2 入户"


def test_an_empty_form_is_not_filed(made, month, cadre):
    page = cadre.post(HERE, posted([{"work": " "}], file="1"))
    assert page.status_code == 422
    assert mine(made, month).state == "owed"


def test_late_is_said_before_and_after(made, month, cadre, time):
    time.now = month.files_until + datetime.timedelta(seconds=1)
    assert "逾期未提交" in text(cadre.get(reverse("commitments_own")))
    page = cadre.get(HERE)
    assert "提交期限已过：现在提交会标为逾期。" in text(page)
    assert "迟交" in text(page)
    filed = cadre.post(HERE, posted(staging.rows(1, month), file="1"), follow=True)
    assert "已提交，标为逾期。" in text(filed)
    assert mine(made, month).late is True


def test_what_is_filed_can_be_taken_back_until_it_is_approved(made, month, cadre):
    staging.filed(made.cadre, month)
    assert "撤回" in text(cadre.get(HERE))
    back = cadre.post(reverse("commitments_take_back", args=["2026-11"]), follow=True)
    assert field(back, "rows-0-work") == "修好1组的路灯"
    staging.approved(made.cadre, month)
    assert ">撤回<" not in cadre.get(HERE).content.decode()
    refused = cadre.post(reverse("commitments_take_back", args=["2026-11"]), follow=True)
    assert "只有等待审批的月承诺可以撤回" in text(refused)


def test_what_was_returned_shows_the_remark_and_is_filed_again(made, month, cadre):
    one = staging.filed(made.cadre, month)
    commitments.return_with_remark(one, "目标写得不具体", made.users.leader)
    page = cadre.get(HERE)
    assert "退回意见：目标写得不具体。请修改后重新提交。" in text(page)
    rows = staging.rows(1, month)
    assert cadre.post(HERE, posted(rows, version=field(page, "version"), file="1")).status_code == 302
    assert mine(made, month).state == "filed"


def test_a_page_left_open_on_another_device_cannot_change_what_is_filed(made, month, cadre):
    staging.filed(made.cadre, month)
    answer = cadre.post(HERE, posted([{"work": "旧页面"}], writer="phone", turn=1), headers=JSON)
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == 1
    page = cadre.post(HERE, posted([{"work": "旧页面"}], save="1"), follow=True)
    assert answer.json()["errors"][0] in text(page)
    assert list(mine(made, month).promises.values_list("work", flat=True)) == ["修好1组的路灯", "修好2组的路灯"]


def test_whose_post_ended_yesterday_is_told_so_and_keeps_what_they_typed(made, month, cadre, time):
    time.go(days=1)
    Appointment.objects.filter(person=made.cadre).update(until=time.now.date() - datetime.timedelta(days=1))
    page = cadre.post(HERE, posted(staging.rows(1, month), file="1"))
    assert page.status_code == 422
    assert "效能办" in text(page)
    assert field(page, "rows-0-work") == "修好1组的路灯"
    assert mine(made, month).state == "owed"


def test_who_holds_posts_in_two_units_sees_for_which_one_it_is(made, time, client):
    staging.appoint(made.cadre, made.team, "兼职队员", kind=AppointmentKind.CONCURRENT)
    staging.month(made)
    client.force_login(made.users.cadre)
    assert "田野 · 党政办公室 · 党政办公室干事、农业服务队兼职队员" in text(client.get(HERE))


def test_who_is_not_asked_gets_no_form_but_the_reason(made, month, client):
    made.users.supervisor.groups.add(staging.group("cadre"))
    client.force_login(made.users.supervisor)
    page = client.get(HERE)
    assert page.status_code == 404
    assert "2026年11月您不用填报" in text(page)
    assert "2027-05 没有开放填报" in text(client.get("/desk/commitments/2027-05/"))
    assert client.get("/desk/commitments/2026-13/").status_code == 404


def test_nobody_opens_the_form_who_never_files(made, month, client):
    assert client.get(HERE).status_code == 302
    client.force_login(made.users.supervisor)
    assert client.get(HERE).status_code == 403
    assert client.get(reverse("commitments_own")).status_code == 403


def test_last_months_unfinished_row_and_open_work_become_rows_with_one_tap_and_are_not_offered_again(
    made, month, client, time
):
    staging.approved(made.cadre, month)
    time.now = datetime.datetime(2026, 12, 1, 9, tzinfo=staging.NOW.tzinfo)
    december = staging.month(made)
    # The kernel's name: the plugin that has such work need not be there.
    work = OpenWork(
        "organisation.measure", "7", "给水塘边装路灯", datetime.date(2026, 12, 18), "/desk/measures/7/", "organisation"
    )
    client.force_login(made.users.cadre)
    here = "/desk/commitments/2026-12/"
    with hooks.register_temporarily("open_work", lambda person: [work] if person == made.cadre else []):
        page = client.get(here)
        taps = re.findall(r'name="take" value="([^"]+)"', page.content.decode())
        first, second = Promise.objects.order_by("number")
        assert taps == [f"row:{first.pk}", f"row:{second.pk}", "work:organisation.measure:7"]
        typed = {"work": "还没写完"}
        answer = client.post(here, posted([typed], take=taps[2]))
        assert answer.headers["Location"] == f"{here}#row-2"
        page = client.get(here)
        client.post(here, posted(staging.commitment(made.cadre, december).draft, version=1, take=taps[0]))
        page = client.get(here)
        assert re.findall(r'name="take" value="([^"]+)"', page.content.decode()) == [taps[1]]
        again = client.post(here, posted(staging.commitment(made.cadre, december).draft, version=2, take=taps[0]))
        assert "已列入您的承诺" in text(again)
        assert [field(page, f"rows-{number}-work") for number in range(3)] == [
            "还没写完",
            "给水塘边装路灯",
            "修好1组的路灯",
        ]
        assert [field(page, f"rows-{number}-due") for number in range(3)] == ["", "2026-12-18", ""]
        assert f"来自：{apps.get_app_config('organisation').verbose_name}" in text(page)
        assert "来自：上月未完成" in text(page)
        draft = staging.commitment(made.cadre, december).draft
        rows = [{**row, "measures": "做", "goal": "成", "due": "2026-12-20"} for row in draft[1:]]
        client.post(here, posted(rows, version=2, file="1"))
    filed = Promise.objects.filter(commitment__month=december)
    assert list(filed.values_list("origin_kind", "origin_key", "carried_from")) == [
        ("organisation.measure", "7", None),
        ("", "", first.pk),
    ]


def test_a_token_that_expired_is_renewed(made, month, cadre):
    mine(made, month)
    answer = cadre.get(reverse("commitments_form_news", args=["2026-11"])).json()
    assert answer["version"] == 0
    assert len(answer["token"]) > 20


def test_an_amendment_is_asked_for_with_its_reason_and_shown_beside_the_old_text(made, month, cadre):
    staging.approved(made.cadre, month)
    assert "申请变更" in text(cadre.get(HERE))
    address = reverse("commitments_amend", args=["2026-11", 1])
    sent = {"work": "修好1组的路灯", "measures": "等雨停", "goal": "亮灯15盏", "due": "2026-11-25", "reason": ""}
    refused = cadre.post(address, sent)
    assert refused.status_code == 422
    assert "亮灯15盏</textarea>" in refused.content.decode()
    outside = cadre.post(address, {**sent, "due": "2026-12-25", "reason": "连日暴雨"})
    assert 'href="#id_due"' in outside.content.decode()
    page = cadre.post(address, {**sent, "reason": "连日暴雨"}, follow=True)
    shown = text(page)
    assert "已提出申请。批准之前，仍以原文为准。" in shown
    assert "连日暴雨" in shown
    assert "亮灯15盏，2026-11-25" in shown
    # One at a time.
    assert address not in page.content.decode()
    assert Promise.objects.get(number=1).goal == "20盏路灯全部亮起来，第1组。"
    assert "连日暴雨" not in text(cadre.get(reverse("commitments_own")))
    assert "我的承诺变更" in text(cadre.get(reverse("commitments_own")))
    assert cadre.get(reverse("commitments_amend", args=["2026-11", 9])).status_code == 404


def test_nobody_amends_somebody_elses(made, month, client):
    staging.approved(made.cadre, month)
    client.force_login(made.users.other)
    assert Commitment.objects.filter(person=made.other).exists()
    assert client.get(reverse("commitments_amend", args=["2026-11", 1])).status_code == 404


def queries(ask):
    """How many times the database was asked; the begin and end of transactions are not asking."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    return [one["sql"] for one in captured if not re.match(r"(RELEASE )?SAVEPOINT|BEGIN|COMMIT", one["sql"])]


@pytest.mark.parametrize("number", [1, 10])
def test_the_last_minute_costs_few_queries(made, month, cadre, number):
    """Requirement: 300 people open the form, save three times and file within a minute."""
    WorkKind.objects.create(name="农业生产")
    cadre.get(HERE)
    assert len(queries(lambda: cadre.get(HERE))) <= 20
    rows = staging.rows(number, month)
    saved = queries(lambda: cadre.post(HERE, posted(rows, writer="w", turn=1), headers=JSON))
    assert len(saved) <= 8, "\n".join(one[:150] for one in saved)
    filed = queries(lambda: cadre.post(HERE, posted(rows, version=1, writer="w", turn=2, file="1")))
    assert len(filed) <= 20, "\n".join(one[:150] for one in filed)
    assert mine(made, month).state == "filed"


def test_more_earlier_months_cost_no_more_queries(made, month, cadre, time):
    own = reverse("commitments_own")
    cadre.get(own)
    before = len(queries(lambda: cadre.get(own)))
    for number in range(1, 11):
        past = type(month).objects.create(
            first=datetime.date(2025, number, 1), files_until=time.now, results_until=time.now, state="closed"
        )
        Commitment.objects.create(month=past, person=made.cadre, unit=made.office, state="ended", outcome="partly")
    assert len(queries(lambda: cadre.get(own))) == before
    assert "部分完成" in text(cadre.get(own))


def test_the_rows_that_may_be_filed_follow_the_offices_setting(made, month, cadre):
    CommitmentsSettings.objects.update(most_rows=2)
    page = cadre.get(HERE)
    assert 'data-most="2"' in page.content.decode()
    assert page.content.decode().count('class="promise-row"') == 3  # and the template of new ones
