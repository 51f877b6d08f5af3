import datetime

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from pages.columns import column_status
from pages.domain.queries import overdue_columns
from pages.models import NewsPage, NoticePage, OpenAffairsPage, SectionPage
from pages.wagtail_hooks import overdue_columns_of
from tests.reading import text

pytestmark = pytest.mark.django_db


def day(ago):
    return timezone.localdate() - datetime.timedelta(days=ago)


@pytest.fixture
def column(home, publish, unit):
    """column(title, every=30, days_ago=0): a live column of open affairs."""
    affairs = SectionPage.objects.get(title="政务公开")

    def make(title, every=30, days_ago=0):
        page = OpenAffairsPage(title=title, update_interval_days=every, responsible_unit=unit)
        return publish(affairs, page, days_ago)

    return make


def test_a_section_says_how_many_and_shows_twenty_at_a_time_newest_first(client, publish, notice, notices):
    for number in range(21):
        publish(notices, notice(f"第{number}号"), days_ago=number)
    first, second = client.get("/tongzhi-gonggao/"), client.get("/tongzhi-gonggao/?p=2")
    assert "共 21 条" in text(first)
    assert "第 1 页，共 2 页" in text(first)
    assert [page.title for page in first.context["entries"]] == [f"第{number}号" for number in range(20)]
    assert [page.title for page in second.context["entries"]] == ["第20号"]


def test_a_page_number_that_makes_no_sense_is_no_error(client, publish, notice, notices):
    publish(notices, notice("停水通知"))
    assert [client.get(f"/tongzhi-gonggao/?p={p}").status_code for p in ("x", "-1", "999", "")] == [200] * 4


def test_an_empty_section_says_so(client):
    assert "本栏目还没有发布内容。" in text(client.get("/tongzhi-gonggao/"))


def test_drafts_and_pages_for_some_eyes_only_are_not_listed(client, publish, notice, notices):
    publish(notices, notice("公开的"))
    hidden = publish(notices, notice("只给工作人员看的"))
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    draft = publish(notices, notice("草稿"))
    Page.objects.filter(pk=draft.pk).update(live=False)
    assert [page.title for page in client.get("/tongzhi-gonggao/").context["entries"]] == ["公开的"]
    assert [page.title for page in client.get("/").context["notices"]] == ["公开的"]


def test_sections_inside_a_section_stand_above_its_list(client, publish, notice, notices, unit):
    publish(notices, SectionPage(title="停水停电", responsible_unit=unit))
    publish(notices, notice("森林防火令"))
    response = client.get("/tongzhi-gonggao/")
    assert [page.title for page in response.context["sections"]] == ["停水停电"]
    assert [page.title for page in response.context["entries"]] == ["森林防火令"]


def test_notices_and_news_stand_in_sections_and_columns_only():
    assert {model.__name__ for model in NoticePage.allowed_parent_page_models()} == {"SectionPage", "OpenAffairsPage"}
    assert {model.__name__ for model in NewsPage.allowed_parent_page_models()} == {"SectionPage", "OpenAffairsPage"}
    assert NoticePage.allowed_subpage_models() == []
    assert {model.__name__ for model in SectionPage.allowed_parent_page_models()} == {"HomePage", "SectionPage"}


@pytest.mark.parametrize(("updated", "overdue"), [(29, 0), (30, 0), (31, 1), (45, 15)])
def test_a_column_is_overdue_from_the_day_after_its_interval(column, publish, notice, updated, overdue):
    page = column("财务公开", every=30, days_ago=100)
    publish(page, notice("三季度收支"), days_ago=updated)
    publish(page, notice("二季度收支"), days_ago=90)
    status = column_status(page)
    assert (status.last_update, status.due) == (day(updated), day(updated - 30))
    assert (status.days_overdue, status.is_overdue) == (overdue, overdue > 0)


def test_a_column_without_anything_counts_from_its_own_first_day(column):
    status = column_status(column("干部任免", every=30, days_ago=40))
    assert (status.last_update, status.days_overdue) == (None, 10)


def test_a_draft_below_a_column_is_no_update(column, publish, notice):
    page = column("财务公开", every=30, days_ago=31)
    draft = publish(page, notice("未发布"))
    Page.objects.filter(pk=draft.pk).update(live=False)
    assert column_status(page).days_overdue == 1


def test_a_column_next_door_does_not_count(column, publish, notice):
    old, fresh = column("财务公开", days_ago=31), column("惠民补贴", days_ago=31)
    publish(fresh, notice("补贴发放"))
    assert [(page.title, status.days_overdue) for page, status in overdue_columns()] == [(old.title, 1)]


def test_the_public_sees_when_a_column_was_updated_and_whether_it_is_late(client, column, publish, notice):
    page = column("财务公开", every=30, days_ago=100)
    publish(page, notice("三季度收支"), days_ago=31)
    last = f"{day(31).year}年{day(31).month}月{day(31).day}日"
    words = text(client.get(page.url))
    assert f"最近更新 {last} 更新周期 每 30 天 状态 逾期 1 天" in words
    assert f"财务公开 {day(31):%Y-%m-%d} 逾期 1 天" in text(client.get("/zhengwu-gongkai/"))


def test_an_overdue_column_lies_on_the_desk_of_those_who_may_edit_it(column, django_user_model, admin_user):
    page = column("财务公开", every=30, days_ago=31)
    column("惠民补贴", every=30, days_ago=30)
    items = list(overdue_columns_of(admin_user))
    assert [(item.key, item.title, item.reason) for item in items] == [
        (f"pages.overdue:{page.pk}", "更新栏目“财务公开”", "您有权编辑该栏目，已逾期 1 天。")
    ]
    assert timezone.localtime(items[0].due).date() == day(1)
    assert list(overdue_columns_of(django_user_model.objects.create(username="nobody"))) == []
