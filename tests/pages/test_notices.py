import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Site

from suite.theme.dates import in_full
from suite.theme.models import OfficeSettings
from tests.reading import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return OfficeSettings.objects.create(
        site=Site.objects.get(), township_name="石门乡人民政府", hall_phone="0873-2201234"
    )


def test_a_notice_says_what_it_is_who_answers_as_of_when_and_whom_to_call(client, office, publish, notice, notices):
    page = publish(
        notices, notice("停水通知", document_number="石政发〔2026〕3号", recipients="各村民委员会"), days_ago=2
    )
    published = in_full(page.first_published_at)
    words = text(client.get(page.url))
    assert (
        f"类型 公告 责任单位 石门乡人民政府 发布日期 {published} 文号 石政发〔2026〕3号 咨询电话 0873-2201234" in words
    )
    assert "各村民委员会： 参保对象" in words
    assert f"石门乡人民政府 {published} 类型" in words


def test_a_notices_own_phone_comes_before_the_halls(client, office, publish, notice, notices):
    page = publish(notices, notice("停水通知", contact_phone="0873-2209999"))
    assert re.findall(r"咨询电话 (\S+)", text(client.get(page.url))) == ["0873-2209999"]


def test_a_mobile_number_is_refused_as_phone_for_questions(notice):
    with pytest.raises(ValidationError) as refusal:
        notice("停水通知", contact_phone="13812345678").clean_fields(exclude=["path", "depth", "page_ptr", "slug"])
    assert list(refusal.value.message_dict) == ["contact_phone"]


@pytest.mark.parametrize(("days", "ended"), [(-1, True), (0, False), (1, False)])
def test_a_notice_counts_through_its_last_day(client, publish, notice, notices, days, ended):
    last = timezone.localdate() + datetime.timedelta(days=days)
    page = publish(notices, notice("停水通知", valid_until=last))
    assert page.has_ended is ended
    assert (f"本公告有效期至{in_full(last)}。" in text(client.get(page.url))) is ended
    assert ("已结束" in text(client.get("/tongzhi-gonggao/"))) is ended


def test_a_table_names_each_cells_column_for_narrow_screens(client, publish, notice, notices):
    data = [["人员类别", "个人缴费（元）"], ["农村低保对象", "160"]]
    table = {"data": data, "first_row_is_table_header": True, "first_col_is_header": False, "table_caption": "缴费标准"}
    page = notice("参保缴费")
    page.body = page.body.stream_block.to_python([{"type": "table", "value": table}])
    html = client.get(publish(notices, page).url).content.decode()
    assert re.findall(r'<td data-label="([^"]*)"[^>]*>([^<]*)</td>', html) == [
        ("人员类别", "农村低保对象"),
        ("个人缴费（元）", "160"),
    ]


def test_a_table_with_merged_cells_scrolls_where_the_keyboard_can_reach_it(client, publish, notice, notices):
    table = {
        "data": [["标准", ""], ["甲", "乙"]],
        "first_row_is_table_header": True,
        "mergeCells": [{"row": 0, "col": 0, "rowspan": 1, "colspan": 2}],
        "cell": [{"row": 0, "col": 1, "hidden": True}],
    }
    page = notice("参保缴费")
    page.body = page.body.stream_block.to_python([{"type": "table", "value": table}])
    html = client.get(publish(notices, page).url).content.decode()
    assert html.count('<div class="table-scroll" tabindex="0" role="region" aria-label="表格">') == 1
    assert re.findall(r"<th [^>]*>", html) == ['<th scope="col"  rowspan="1" colspan="2">']


def test_the_feed_holds_the_public_notices_newest_first(client, office, publish, notice, notices):
    publish(notices, notice("旧的"), days_ago=3)
    publish(notices, notice("新的"))
    response = client.get("/feeds/notices.xml")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert re.findall(r"<title>([^<]*)</title>", response.content.decode()) == ["石门乡人民政府公告", "新的", "旧的"]


def test_the_home_page_tells_readers_of_feeds_where_it_is(client):
    html = client.get("/").content.decode()
    assert re.findall(r'<link rel="alternate"[^>]*href="([^"]*)"', html) == ["/feeds/notices.xml"]


# Counted on the running pages; an additional query needs a reason. A section asks whether anyone may print its booklet
# and whether there is anything in it, but not too much.
@pytest.mark.parametrize(
    ("address", "budget"), [("/", 9), ("/tongzhi-gonggao/", 19), ("/tongzhi-gonggao/ting-shui/", 13)]
)
def test_a_page_costs_few_queries_and_not_more_when_there_is_ten_times_as_much(
    client, publish, notice, notices, address, budget, monkeypatch, django_assert_max_num_queries
):
    # What other plugins' tiles and facts cost is theirs to count.
    hooks.search_for_hooks()
    for name in ("home_tiles", "page_facts"):
        monkeypatch.setitem(hooks._hooks, name, [])
    publish(notices, notice("停水通知", slug="ting-shui"))
    counts = []
    for more in (2, 20):
        for number in range(more):
            publish(notices, notice(f"第{more}-{number}号"))
        client.get(address)
        with django_assert_max_num_queries(budget) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
