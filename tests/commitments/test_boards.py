"""What everybody reads of commitments: months, units, boards; what is not public is nowhere on them."""

import datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site

from commitments.domain.board import board, board_by_key, board_keys, month_by_code, unit_lines
from commitments.domain.counts import Counts
from commitments.enums import AmendmentState, CommitmentState, MonthState
from commitments.models import Amendment, Commitment
from suite.hooks import collect
from suite.roles.domain import group
from suite.theme.models import OfficeSettings
from tests.commitments import record
from tests.reading import Elements, text

pytestmark = pytest.mark.django_db
SECRETS = ("退回：目标太空", "病假在家", "核实时态度很差", "镇里认为偷懒", "还没同意的变更", "草稿里的话")


@pytest.fixture(autouse=True)
def office():
    cache.clear()
    return OfficeSettings.objects.create(
        site=Site.objects.get(), township_name="石桥镇人民政府", hall_phone="8812 0110", supervision_phone="8812 0109"
    )


@pytest.fixture
def november():
    return record.month()


@pytest.fixture
def where():
    return record.unit("党政办公室", phone="8812 0101")


def every_state(of, where):
    """One person in every state, and what nobody else may read about each."""
    made = {}
    for number, state in enumerate(CommitmentState.values):
        who = record.person(f"{'赵钱孙李周吴郑王'[number]}{state}")
        made[state] = record.commitment(
            of, who, where, state, remark="退回：目标太空", release_reason="病假在家", draft=[{"work": "草稿里的话"}]
        )
    row = made["verified"].promises.first()
    record.verified(row, record.person("监督员", "supervisor").user, remark="核实时态度很差")
    for one in made["ended"].promises.all():
        one.outcome_remark, one.result = "镇里认为偷懒", "已经全部修好"
        one.save()
    record.amended(
        made["approved"].promises.first(), AmendmentState.PROPOSED, reason="还没同意的变更", goal="还没同意的变更"
    )
    return made


def page(client, name, *args):
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response


def test_only_approved_commitments_are_on_the_board_and_nothing_that_is_not_public(client, november, where):
    every_state(november, where)
    said = text(page(client, "commitments_board", "2026-11", where.pk))
    names = [
        name
        for name in (
            "赵owed",
            "钱filed",
            "孙returned",
            "李approved",
            "周reported",
            "吴verified",
            "郑ended",
            "王released",
        )
        if name in said
    ]
    assert names == ["李approved", "周reported", "吴verified", "郑ended"]
    for address in ("commitments_index", "commitments_month", "commitments_figures", "commitments_board"):
        args = [] if address == "commitments_index" else ["2026-11"]
        html = page(client, address, *args, *([where.pk] if address == "commitments_board" else [])).content.decode()
        assert [secret for secret in SECRETS if secret in html] == [], address


def test_a_result_is_shown_once_the_township_decided_it(client, november, where):
    one = record.commitment(november, record.person("陈立"), where, "verified")
    one.promises.update(outcome="fulfilled", result="修好三公里", claimed="fulfilled")
    assert "修好三公里" not in text(page(client, "commitments_board", "2026-11", where.pk))
    Commitment.objects.update(state="ended", outcome="fulfilled")
    said = text(page(client, "commitments_board", "2026-11", where.pk))
    assert said.count("已完成 修好三公里") == 2


def test_the_text_as_it_was_stands_beside_an_amendment_with_its_reason(client, november, where):
    one = record.commitment(november, record.person("陈立"), where, rows=1)
    record.amended(one.promises.get(), goal="完成9户", due=datetime.date(2026, 11, 25))
    said = text(page(client, "commitments_board", "2026-11", where.pk))
    assert "2026年11月12日批准变更。原因：连续降雨 工作目标 原文：完成1户 改为：完成9户" in said
    assert "完成时限 原文：2026年11月20日 改为：2026年11月25日" in said
    # What did not change is not told again.
    assert said.count("措施1") == 1


def test_it_says_who_was_late_who_approved_and_for_whom(client, november, where):
    deputy = record.person("顾明远", "leader")
    record.commitment(
        november, record.person("陈立"), where, late=True, source="paper",
        approved_by=deputy.user, approved_for=record.person("林书记"),
    )  # fmt: skip
    said = text(page(client, "commitments_board", "2026-11", where.pk))
    assert "2026年11月3日提交 迟交 纸质代录 顾明远（代林书记）2026年11月5日批准" in said


def test_who_never_filed_is_named_only_when_the_month_is_closed(client, november, where):
    one = record.commitment(november, record.person("陈立"), where, "owed")
    said = text(page(client, "commitments_board", "2026-11", where.pk))
    assert "陈立" not in said
    assert "这个单位应填报1人。分管领导批准以后才在这里公示。" in said
    Commitment.objects.update(state="ended", outcome="not")
    record.promise(one, 1, missing=True, work="未提交", outcome="not")
    said = text(page(client, "commitments_board", "2026-11", where.pk))
    assert "陈立 党政办公室干事 未提交" in said
    assert "到本月办结时，没有提交可以批准的承诺。" in said


def test_the_month_counts_in_time_late_and_not_filed_by_unit(client, november, where):
    every_state(november, where)
    Commitment.objects.filter(state="reported").update(late=True)
    other = record.unit("经济发展服务中心", order=1)
    record.commitment(november, record.person("陈立"), other, "owed")
    assert [(line.name, line.counts) for line in unit_lines(november)] == [
        (
            "党政办公室",
            Counts(owed=7, released=1, in_time=4, late=1, public=4, decided=1, fulfilled=1, partly=0, failed=0),
        ),
        ("经济发展服务中心", Counts(owed=1)),
    ]
    assert (unit_lines(november)[0].counts.not_filed, unit_lines(november)[0].counts.filed) == (2, 5)
    said = text(page(client, "commitments_month", "2026-11"))
    assert "党政办公室 7 4 1 2 已完成 1" in said
    assert "经济发展服务中心 1 0 0 1 尚未认定" in said


def test_an_empty_month_unit_or_index_says_why(client, november, where):
    assert "本月没有人填报" in text(page(client, "commitments_month", "2026-11"))
    assert "这个单位本月没有人填报承诺" in text(page(client, "commitments_board", "2026-11", where.pk))
    record.commitment(november, record.person("陈立"), where, "released")
    assert "这个单位本月全部免填。" in text(page(client, "commitments_board", "2026-11", where.pk))
    Commitment.objects.all().delete()
    november.delete()
    assert "还没有开通任何月份" in text(page(client, "commitments_index"))


@pytest.mark.parametrize(
    "address", ["2026-13/", "0000-01/", "2026-10/", "2026-11/999/", "2026-11/99999999999999999999/"]
)
def test_there_is_no_such_page(client, november, address):
    assert client.get(f"/commitments/{address}").status_code == 404


def test_months_are_listed_newest_first_twelve_a_page_and_lead_to_their_neighbours(client, where):
    for number in range(14):
        record.month(datetime.date(2025 + (number // 12), number % 12 + 1, 1), MonthState.CLOSED)
    said = text(page(client, "commitments_index"))
    assert said.index("2026年2月") < said.index("2026年1月") < said.index("2025年3月")
    assert "2025年2月" not in said
    assert "共14个月" in said
    html = page(client, "commitments_board", "2026-01", where.pk).content.decode()
    links = [attrs["href"] for _tag, attrs in Elements(html).all("a") if attrs.get("rel") in ("prev", "next")]
    assert links == [f"/commitments/2025-12/{where.pk}/", f"/commitments/2026-02/{where.pk}/"]


@pytest.mark.parametrize("name", ["commitments_index", "commitments_month", "commitments_figures", "commitments_board"])
def test_every_page_says_who_is_responsible_as_of_when_and_whom_to_call(client, november, where, name):
    every_state(november, where)
    args = [] if name == "commitments_index" else ["2026-11"]
    response = page(client, name, *args, *([where.pk] if name == "commitments_board" else []))
    said = text(response)
    assert "责任单位 石桥镇人民政府" in said
    assert "更新日期" in said
    assert "8812 0109" in said
    Elements(response.content.decode())  # every element is closed


def test_the_board_leads_to_its_paper_and_a_board_with_nothing_on_it_does_not(client, november, where):
    address = f"/print/commitment-board/2026-11-u{where.pk}.pdf"
    assert address not in page(client, "commitments_board", "2026-11", where.pk).content.decode()
    record.commitment(november, record.person("陈立"), where)
    assert address in page(client, "commitments_board", "2026-11", where.pk).content.decode()


def test_keys_of_boards(november, where):
    record.commitment(november, record.person("陈立"), where)
    record.commitment(november, record.person("何丽"), record.unit("空单位"), "filed")
    assert board_keys() == [f"2026-11-u{where.pk}"]
    assert board_by_key(f"2026-11-u{where.pk}").key == f"2026-11-u{where.pk}"
    assert [board_by_key(key) for key in ("2026-11", "2026-11-u", "2026-12-u1", "x-u1", f"2026-11-u{'9' * 30}")] == [
        None
    ] * 5
    assert month_by_code("2026-11") == november


def test_more_people_and_rows_cost_no_more_questions(client, november, where):
    def questions(name, *args):
        with CaptureQueriesContext(connection) as queries:
            page(client, name, *args)
        return len(queries)

    record.amended(record.commitment(november, record.person("陈立"), where).promises.first(), goal="完成9户")
    addresses = [
        ("commitments_index",),
        ("commitments_month", "2026-11"),
        ("commitments_figures", "2026-11"),
        ("commitments_board", "2026-11", where.pk),
    ]
    for address in addresses:
        page(client, *address)  # what is read once for all
    few = [questions(*address) for address in addresses]
    for number in range(12):
        one = record.commitment(november, record.person(f"干部{number}"), where, "ended", rows=8)
        record.commitment(november, record.person(f"别人{number}"), record.unit(f"单位{number}"))
        record.amended(one.promises.first(), measures="加开一班")
    assert [questions(*address) for address in addresses] == few
    assert Amendment.objects.count() == 13


def test_the_board_itself_asks_four_questions(november, where, django_assert_num_queries):
    record.amended(record.commitment(november, record.person("陈立"), where).promises.first(), goal="完成9户")
    with django_assert_num_queries(4):
        assert len(board(november, where).commitments) == 1


def test_the_newest_month_is_on_the_home_page_and_on_the_desk_of_those_who_file(november, django_user_model):
    [tile] = [tile for tile in collect("home_tiles", None) if tile.url == "/commitments/"]
    assert tile.text == "2026年11月：每名干部承诺了什么，完成了没有"
    for role, links in (("cadre", ["/commitments/"]), ("supervisor", ["/commitments/"]), ("editor", [])):
        user = django_user_model.objects.create_user(f"somebody-{role}")
        user.groups.add(group(role))
        assert [link.url for link in collect("desk_links", user) if link.url == "/commitments/"] == links
