"""The doors to paper: hook, command, public address."""

import io
from dataclasses import replace
from datetime import date

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from wagtail import hooks

from printing import Printable
from printing.domain import rendering
from printing.domain.files import file_name
from printing.domain.gongwen import gongwen_sheet
from printing.templatetags.printing import print_links
from tests.printing.paper import gongwen, text

# Other plugins' printables are there too, and ask the database for their keys.
pytestmark = pytest.mark.django_db


def letter(key):
    return gongwen_sheet(title=f"关于第{key}号事项的通知", body_html="<p>正文。</p>", day=date(2026, 11, 21))


LETTERS = Printable(
    kind="letter",
    label="信函",
    model=None,
    document=letter,
    find=lambda key: key if key.isdecimal() else None,
    keys=lambda: map(str, range(1, 9)),
    user_can_print=lambda user, key: key == "1",
)


@pytest.fixture
def letters():
    with hooks.register_temporarily("register_printables", lambda: [LETTERS]):
        yield


def errors():
    return [error.id for error in run_checks() if error.id.startswith("printing.")]


def test_a_kind_registered_twice_fails_at_start(letters):
    assert errors() == []
    with hooks.register_temporarily("register_printables", lambda: [LETTERS]):
        assert errors() == ["printing.E002"]


def test_something_that_is_no_printable_fails_at_start():
    with hooks.register_temporarily("register_printables", lambda: ["letter"]):
        assert errors() == ["printing.E001"]


def test_the_list_names_kinds_with_a_few_keys(letters):
    out = io.StringIO()
    call_command("print_document", list=True, stdout=out)
    assert "letter\t信函\t1 2 3 4 5 …" in out.getvalue().splitlines()


@pytest.mark.pdf
def test_the_command_writes_the_document(letters, tmp_path):
    call_command("print_document", "letter", "7", out=tmp_path / "七.pdf", stdout=io.StringIO())
    assert "关于第7号事项的通知" in text((tmp_path / "七.pdf").read_bytes())
    assert [place.name for place in tmp_path.iterdir()] == ["七.pdf"]


@pytest.mark.parametrize(
    ("kind", "key", "message"),
    [("leter", "7", "没有可打印的“leter”。可选：.*letter"), ("letter", "x", "没有编号为“x”的信函")],
)
def test_an_unknown_kind_or_key_is_said_and_nothing_is_written(letters, tmp_path, kind, key, message):
    with pytest.raises(CommandError, match=message) as refusal:
        call_command("print_document", kind, key, out=tmp_path / "a.pdf")
    assert refusal.value.returncode == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.pdf
def test_a_folder_that_is_not_there_is_said(letters, tmp_path):
    with pytest.raises(CommandError, match="无法写入"):
        call_command("print_document", "letter", "7", out=tmp_path / "none" / "a.pdf")


def test_the_command_asks_for_what_was_left_out(letters):
    with pytest.raises(CommandError, match="请写明打印什么"):
        call_command("print_document", "letter")


@pytest.mark.pdf
def test_the_public_gets_what_it_may_see_under_its_chinese_name(letters, client):
    response = client.get("/print/letter/1.pdf")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    name = "%E5%85%B3%E4%BA%8E%E7%AC%AC1%E5%8F%B7%E4%BA%8B%E9%A1%B9%E7%9A%84%E9%80%9A%E7%9F%A5.pdf"
    assert response["Content-Disposition"] == f"inline; filename*=utf-8''{name}"
    assert response["Cache-Control"] == "private, no-cache"
    assert "关于第1号事项的通知" in text(response.content)


@pytest.mark.parametrize("address", ["/print/letter/2.pdf", "/print/letter/x.pdf", "/print/none/1.pdf"])
def test_what_may_not_be_seen_does_not_exist(letters, client, address):
    assert client.get(address).status_code == 404


def test_a_printable_that_says_nothing_about_who_may_print_lets_nobody():
    shut = Printable("shut", "", None, document=letter, find=str, keys=list)
    assert shut.user_can_print(None, "1") is False


def test_where_nothing_can_be_printed_the_public_is_told_why(letters, client, monkeypatch):
    monkeypatch.setitem(rendering.fonts.LIBRARIES, "libpango-1.0-0", "libnowhere.so.7")
    rendering._engine.cache_clear()
    response = client.get("/print/letter/1.pdf")
    rendering._engine.cache_clear()
    assert response.status_code == 503
    assert "libpango-1.0-0" in response.content.decode()
    assert "关于第1号事项的通知" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("关于召开听证会的公告", "关于召开听证会的公告.pdf"),
        ("../../a:b\u202e\n", "a b.pdf"),
        ("长" * 90, "长" * 60 + ".pdf"),
        ("///", "gongwen.pdf"),
    ],
)
def test_file_names_hold_nothing_a_system_refuses(name, expected):
    assert file_name(gongwen(title=name)) == expected


def test_what_is_refused_says_why_at_its_address_and_no_page_links_to_it(client):
    refusing = replace(LETTERS, model=str, refusal=lambda key: "请先发布公告。")
    with hooks.register_temporarily("register_printables", lambda: [refusing]):
        response = client.get("/print/letter/1.pdf")
        assert response.status_code == 503
        assert "请先发布公告。" in response.content.decode()
        assert print_links({"request": None}, "1") == {"links": []}
