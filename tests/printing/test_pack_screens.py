"""Screens of print packs: seen by their owner alone, with and without JavaScript."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from printing.domain.packs import PackItem, order_pack
from printing.enums import PackState
from printing.models import Pack

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("packs_folder", "post")]
LETTERS = [PackItem("letter", "1"), PackItem("letter", "2")]


@pytest.fixture
def waiting(clerk, client, queued):
    """A pack no worker has taken yet; its owner is logged in."""
    client.force_login(clerk)
    return order_pack("今日张贴", LETTERS, clerk)


@pytest.fixture
def ready(clerk, client):
    client.force_login(clerk)
    return order_pack("今日张贴", LETTERS, clerk)


def screen(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


ADDRESSES = ["", "progress/", "file/", "cancel/"]
POSTS = ["cancel/", "dismiss/", "again/"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.pdf
def test_for_everybody_else_it_does_not_exist(ready, client, django_user_model, address):
    for name, rights in (("other", {}), ("boss", {"is_superuser": True, "is_staff": True})):
        client.force_login(django_user_model.objects.create_user(name, **rights))
        assert client.get(f"/print/packs/{ready.pk}/{address}").status_code == 404
        assert ready.title not in client.get("/print/packs/").content.decode()


@pytest.mark.parametrize("address", POSTS)
def test_nobody_else_can_do_anything_with_it(waiting, client, django_user_model, address):
    client.force_login(django_user_model.objects.create_superuser("boss"))
    assert client.post(f"/print/packs/{waiting.pk}/{address}").status_code == 404
    waiting = Pack.objects.get(pk=waiting.pk)
    assert (waiting.state, waiting.taken_at, Pack.objects.count()) == (PackState.PRINTING, None, 1)


def test_who_is_not_logged_in_is_asked_to(waiting, client):
    client.logout()
    for address in ["/print/packs/", *(f"/print/packs/{waiting.pk}/{part}" for part in ADDRESSES)]:
        response = client.get(address)
        assert (response.status_code, response.url.split("?")[0]) == (302, "/admin/login/")


def test_without_javascript_the_screen_loads_itself_anew_until_told_not_to(waiting, client):
    page = screen(client, f"/print/packs/{waiting.pk}/")
    assert page.select_one("head noscript meta[http-equiv=refresh]")["content"] == "5"
    bar = page.select_one("progress")
    assert (bar["max"], bar["value"]) == ("2", "0")
    assert page.select_one(".work-text").text == "0 / 2，正在排队"
    stop = page.select_one("noscript a")["href"]
    page = screen(client, f"/print/packs/{waiting.pk}/{stop}")
    assert page.select("meta[http-equiv=refresh], [data-progress], script[src*=progress]") == []
    assert page.select_one("progress") is not None


def test_the_script_is_told_the_same(waiting, client):
    Pack.objects.filter(pk=waiting.pk).update(done=1, started_at=timezone.now() - timedelta(seconds=20))
    address = screen(client, f"/print/packs/{waiting.pk}/").select_one("[data-progress]")["data-progress"]
    assert client.get(address).json() == {"done": 1, "text": "1 / 2，约还需20秒", "unfinished": True}


@pytest.mark.pdf
def test_a_ready_pack_is_on_the_desk_until_its_file_is_fetched_under_its_chinese_name(ready, client):
    desk = screen(client, "/desk/")
    assert [link.text for link in desk.select(".entries a")] == ["领取打印包《今日张贴》"]
    page = screen(client, desk.select_one(".entries a")["href"])
    assert page.select("meta[http-equiv=refresh], progress, script[src*=progress]") == []
    response = client.get(page.select_one("a[download]")["href"])
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E4%BB%8A%E6%97%A5%E5%BC%A0%E8%B4%B4.pdf"
    assert "no-store" in response["Cache-Control"]
    assert b"".join(response.streaming_content) == ready.file.read_bytes()
    assert screen(client, "/desk/").select(".entries a") == []


@pytest.mark.pdf
def test_it_can_be_taken_from_the_desk_without_being_fetched(ready, client):
    client.post(f"/print/packs/{ready.pk}/dismiss/")
    assert screen(client, "/desk/").select(".entries a") == []
    assert [link.text for link in screen(client, "/print/packs/").select(".entries a")] == ["今日张贴"]


@pytest.mark.pdf
def test_a_file_whose_time_is_over_is_not_there_and_can_be_ordered_again(ready, client):
    Pack.objects.filter(pk=ready.pk).update(expires=timezone.now())
    assert client.get(f"/print/packs/{ready.pk}/file/").status_code == 404
    page = screen(client, f"/print/packs/{ready.pk}/")
    assert page.select("a[download]") == []
    response = client.post(page.select_one("form[action$='again/']")["action"], follow=True)
    new = Pack.objects.exclude(pk=ready.pk).get()
    assert response.redirect_chain == [(f"/print/packs/{new.pk}/", 302)]
    assert (new.title, new.items, new.state) == (ready.title, ready.items, PackState.DONE)


def test_cancelling_asks_first(waiting, client):
    page = screen(client, f"/print/packs/{waiting.pk}/cancel/")
    assert Pack.objects.get().state == PackState.PRINTING
    assert "2份中已打印0份" in page.main.text
    client.post(f"/print/packs/{waiting.pk}/cancel/")
    assert Pack.objects.get().state == PackState.CANCELLED
    response = client.post(f"/print/packs/{waiting.pk}/cancel/", follow=True)
    assert "这个打印包已经结束，不用取消。" in response.content.decode()


@pytest.mark.pdf
def test_what_is_not_in_the_file_is_listed_with_its_title_and_reason(clerk, client, post):
    post.before_setting = lambda number: post.gone.add(2)
    client.force_login(clerk)
    pack = order_pack("一份已删", LETTERS, clerk)
    page = screen(client, f"/print/packs/{pack.pk}/")
    assert page.select_one("#pack-missing").text == "有1份没有打印进去"
    assert [line.get_text("|") for line in page.select(".pack-problems li")] == [
        "关于第2号事项的通知（信函）|已被删除，找不到了。"
    ]


def test_an_empty_list_says_where_to_order(clerk, client):
    client.force_login(clerk)
    assert "勾选页面" in screen(client, "/print/packs/").select_one(".empty").text


def test_the_list_says_how_far_each_is(waiting, client):
    line = screen(client, "/print/packs/").select_one(".entries li")
    assert "等待打印" in line.text
    assert "0 / 2，正在排队" in line.text


def test_files_of_packs_lie_outside_what_is_served(waiting, settings):
    assert settings.MEDIA_ROOT not in waiting.folder.parents
    assert settings.STATIC_ROOT not in waiting.folder.parents
