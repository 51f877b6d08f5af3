import datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page, Site

from pages.models import HomePage
from suite.theme import HomeTile
from tests.reading import text

pytestmark = pytest.mark.django_db


def test_a_fresh_site_has_a_home_page_with_sections_and_no_welcome_page_of_wagtail():
    site = Site.objects.get()
    assert site.site_name == "便民"
    assert list(site.root_page.get_descendants(inclusive=True).values_list("title", "url_path")) == [
        ("首页", "/home/"),
        ("通知公告", "/home/tongzhi-gonggao/"),
        ("政务公开", "/home/zhengwu-gongkai/"),
        ("工作动态", "/home/gongzuo-dongtai/"),
    ]
    assert Page.objects.filter(content_type=ContentType.objects.get_for_model(Page), depth__gt=1).count() == 0


def test_the_tree_written_by_hand_is_whole():
    assert Page.find_problems() == ([], [], [], [], [])


def test_there_is_one_home_page_only(home):
    assert not HomePage.can_create_at(Page.get_first_root_node())


def test_the_home_page_says_why_it_is_empty(client):
    assert "还没有发布公告。" in text(client.get("/"))


def test_search_comes_before_everything_else(client):
    html = client.get("/").content.decode()
    main = html[html.index("<main") :]
    assert html.count('role="search"') == 1
    assert main.index('role="search"') < main.index("<h2")


def test_what_plugins_offer_stands_under_the_question_what_one_wants_to_do(client):
    tiles = [HomeTile("办低保", "/zhinan/dibao/", "家里有困难怎么申请"), HomeTile("今天有人值班", "/d/", kind="today")]
    with hooks.register_temporarily("home_tiles", lambda request: tiles):
        words = text(client.get("/"))
    assert (
        words.index("您要办什么事？")
        < words.index("办低保")
        < words.index("今日与近期")
        < words.index("今天有人值班")
        < words.index("最新公告")
        < words.index("全部栏目")
    )


def test_the_newest_notices_that_still_count_are_shown(client, publish, notice, notices):
    today = timezone.localdate()
    publish(notices, notice("已经结束的", valid_until=today - datetime.timedelta(days=1)))
    publish(notices, notice("最后一天的", valid_until=today), days_ago=1)
    for number in range(1, 7):
        publish(notices, notice(f"第{number}号"), days_ago=10 - number)
    assert [page.title for page in client.get("/").context["notices"]] == [
        "最后一天的", "第6号", "第5号", "第4号", "第3号", "第2号",
    ]  # fmt: skip
