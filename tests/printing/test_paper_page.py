"""The page behind the code on a paper."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail import hooks
from wagtail.models import Site

from printing import Pointer
from printing.domain.door import mark_of
from printing.domain.papers import living
from printing.domain.registry import find_printable
from printing.models import PaperVersion
from suite.theme.models import OfficeSettings

pytestmark = pytest.mark.django_db


def printed(board):
    """Prints a paper; its code."""
    printable, found = find_printable("board", board.key)
    version = mark_of(living(printable, board.key, found)).version
    return PaperVersion.objects.get(number=version).code


def words(response):
    """What a reader reads in the main column."""
    html = response.content.decode()
    main = re.search(r"<main.*</main>", html, re.DOTALL).group()
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", main).split()))


def heading(response):
    return unescape(re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL).group(1)).strip()


def test_the_newest_paper_says_so_and_what_to_compare(client, board):
    board.change(number="石政发〔2026〕3号")
    code = printed(board)
    response = client.get(f"/z/{code}")
    version = PaperVersion.objects.get()
    day = f"{version.since.year}年{version.since.month}月{version.since.day}日"
    assert (response.status_code, heading(response)) == (200, "这份现行有效")
    assert f"标题 关于停水的公告 文号 石政发〔2026〕3号 版次 {day}第1版 目前 有效期" in words(response)
    assert f"编码 {code[:4]} {code[4:]} " in words(response)
    assert response["Cache-Control"] == "no-cache"
    assert response["X-Robots-Tag"] == "noindex"


def test_a_change_that_nobody_printed_yet_is_recorded_and_told(client, board):
    code = printed(board)
    board.change(body_html="<p>11月25日停水。</p><p>请提前储水。</p>")
    response = client.get(f"/z/{code}")
    assert heading(response) == "这份已被第2版替换"
    assert "第1版到第2版改了什么 改动： 11月 20 改为 25 日停水。 新增： 请提前储水。" in words(response)
    assert f"/print/board/{board.key}.pdf?size=a3" in response.content.decode()
    newest = PaperVersion.objects.get(number=2)
    assert heading(client.get(f"/z/{newest.code}")) == "这份现行有效"
    assert PaperVersion.objects.count() == 2


def test_what_is_not_made_while_somebody_waits_is_not_offered(client, board):
    code = printed(board)
    board.with_printable(refusal=lambda unit: "请到大厅领取。")
    assert ".pdf" not in client.get(f"/z/{code}").content.decode()


def test_asking_without_a_change_records_nothing(client, board):
    code = printed(board)
    client.get(f"/z/{code}")
    assert PaperVersion.objects.count() == 1


def test_what_the_plugin_tells_of_its_own_versions_goes_before_differences(client, board):
    board.version = 1
    board.with_printable(changes=lambda unit, since: [f"第{since}版以后：承诺时限缩短"])
    code = printed(board)
    board.version = 3
    board.change(body_html="<p>改了。</p>")
    assert "第1版到第3版改了什么 第1版以后：承诺时限缩短 请与手中这份对照" in words(client.get(f"/z/{code}"))
    board.change(body_html="<p>再改。</p>")
    code = PaperVersion.objects.get(number=3).code
    assert "第3版到第3.1版改了什么 改动： 改了 改为 再改 。" in words(client.get(f"/z/{code}"))


def test_a_version_that_does_not_touch_this_paper_is_told_so(client, board):
    board.version = 1
    board.with_printable(changes=lambda unit, since: ["收费标准：改为不收费"])
    code = printed(board)
    board.version = 2
    assert "收费标准：改为不收费 您手里这份上写的内容没有变。" in words(client.get(f"/z/{code}"))


def test_many_changes_are_cut_short(client, board):
    code = printed(board)
    board.change(body_html="".join(f"<p>第{n}条，各不相同的内容{n * 37}。</p>" for n in range(12)))
    assert "另有5处改动" in words(client.get(f"/z/{code}"))


def test_a_change_taken_back_is_told_as_such(client, board):
    code = printed(board)
    for text in ("改了", "11月20日停水。"):
        board.change(body_html=f"<p>{text}</p>")
        printed(board)
    response = client.get(f"/z/{code}")
    assert heading(response) == "这份已被第3版替换"
    assert "两版内容一样" in words(response)


def test_another_picture_is_told_as_such(client, board):
    code = printed(board)
    board.change(body_html='<p>11月20日停水。<img src="/media/images/map.a.jpg" alt=""></p>')
    assert "文字相同，更换了图片" in words(client.get(f"/z/{code}"))


def test_what_has_ended_says_why_and_makes_no_version(client, board):
    code = printed(board)
    board.change(ended="已于2026年11月24日废止。", body_html="<p>改了。</p>")
    response = client.get(f"/z/{code}")
    assert heading(response) == "这份已失效"
    assert "已于2026年11月24日废止。" in words(response)
    assert PaperVersion.objects.count() == 1


@pytest.mark.parametrize("how", ["unpublished", "deleted", "private", "plugin taken out"])
def test_what_is_gone_has_been_taken_down_and_leads_nowhere(client, board, how):
    code = printed(board)
    {
        "unpublished": lambda: board.change(draft=True, title="内部稿"),
        "deleted": board.unit.delete,
        "private": lambda: setattr(board, "public", False),
        "plugin taken out": lambda: board.with_printable(kind="other"),
    }[how]()
    response = client.get(f"/z/{code}")
    assert heading(response) == "这份已下架"
    assert "标题 关于停水的公告" in words(response)
    assert "内部稿" not in words(response)
    assert ".pdf" not in response.content.decode()
    assert PaperVersion.objects.count() == 1


def test_what_was_taken_down_points_to_what_its_plugin_names(client, board):
    seen = []
    answer = [Pointer("现行的", "新公告", "/new/"), Pointer("咨询", "党政办", phone="8812 0101")]
    board.with_printable(instead=lambda found: seen.append(found) or answer)
    code = printed(board)
    assert "现在可以找这里" not in words(client.get(f"/z/{code}"))
    board.change(draft=True)
    response = client.get(f"/z/{code}")
    assert "现在可以找这里 现行的 新公告 咨询 党政办 8812 0101 " in words(response)
    assert 'href="/new/">新公告<' in response.content.decode()
    board.unit.delete()
    assert "党政办" in words(client.get(f"/z/{code}"))
    assert [type(one).__name__ for one in seen] == ["Unit", "NoneType"]


def test_of_a_paper_for_few_nothing_is_pointed_to(client, board):
    board.public = False
    board.with_printable(instead=lambda found: [Pointer("现行的", "新公告", "/new/")])
    code = printed(board)
    board.change(draft=True)
    assert "新公告" not in client.get(f"/z/{code}").content.decode()


def test_of_a_paper_for_few_only_the_version_is_told(client, board):
    board.public = False
    code = printed(board)
    response = client.get(f"/z/{code}")
    assert heading(response) == "这份由本单位出具"
    assert "它不对外公开" in words(response)
    assert "停水" not in words(response)
    assert "柳岸" not in words(response)
    assert ".pdf" not in response.content.decode()
    board.change(title="停电")
    assert heading(client.get(f"/z/{code}")) == "这份由本单位出具"
    printed(board)
    response = client.get(f"/z/{code}")
    assert heading(response) == "这份已被第2版替换"
    assert "改了什么" not in words(response)
    assert "停电" not in words(response)


def test_a_code_that_is_not_ours_may_be_forged(client, board):
    OfficeSettings.objects.create(
        site=Site.objects.get(), hall_phone="0575-86012345", supervision_phone="0575-86012346"
    )
    printed(board)
    for typed in ("23456789", "0", "x" * 300, "<b>"):
        response = client.get(f"/z/{typed}")
        assert (response.status_code, heading(response)) == (404, "这个编码不是本单位的")
        assert "可能是伪造的" in words(response)
        assert "大厅电话 0575-86012345 监督电话 0575-86012346" in words(response)


def test_a_code_typed_carelessly_is_found(client, board):
    PaperVersion.objects.create(
        kind="board", key=board.key, number=1, since="2026-11-20", code="K7QX3M5T", digest="", public=True, title="旧"
    )
    for typed in ("k7ox-3mst", "K7QX%203M5T", "K7QX3M5T/"):
        assert client.get(f"/z/{typed}").status_code == 200
    assert client.get("/z/?code=%20k7qx%203mst").headers["Location"] == "/z/K7QX3M5T"


@pytest.mark.parametrize("typed", ["", "12", "不知道"])
def test_a_code_that_cannot_be_one_is_asked_for_again_and_kept(client, typed):
    response = client.get("/z/", {"code": typed})
    assert "请输入二维码旁边的8位编码" in words(response)
    assert f'value="{typed}"' in response.content.decode()
    assert re.search(
        r'<input[^>]*aria-describedby="code-help code-error" aria-invalid="true"', response.content.decode()
    )


def test_the_form_begins_without_an_error(client, db):
    response = client.get("/z/")
    assert heading(response) == "这份文件还有效吗"
    assert "请输入二维码旁边的" not in words(response)


def test_nobody_is_asked_to_print_what_only_some_may_read(client, board):
    code = printed(board)
    asked = []
    board.with_printable(user_can_print=lambda user, unit: asked.append(user) or False)
    with hooks.register_temporarily("register_printables", lambda: []):
        client.get(f"/z/{code}")
    assert asked == [AnonymousUser()]
