"""Which version a paper is, and when there is a next one."""

import re
import sqlite3
from datetime import date, datetime

import pytest
from django.db import connection
from django.utils import timezone

from printing.codes import ALPHABET, new_code, read_code
from printing.domain.door import mark_of, print_document
from printing.domain.papers import living, record_next
from printing.domain.registry import find_printable
from printing.domain.wording import wording
from printing.models import PaperVersion
from tests.printing.paper import code_is_drawn, gongwen, lines, pages, text
from tests.processes import at_once

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def today(monkeypatch):
    """On 25 November 2026, until the test says otherwise."""
    moment = {"now": datetime(2026, 11, 25, 9, tzinfo=timezone.get_default_timezone())}
    monkeypatch.setattr(timezone, "now", lambda: moment["now"])

    def on(month, day):
        moment["now"] = datetime(2026, month, day, 9, tzinfo=timezone.get_default_timezone())

    return on


def mark(key):
    printable, found = find_printable("board", key)
    return mark_of(living(printable, key, found))


def numbers():
    return list(PaperVersion.objects.order_by("number").values_list("number", flat=True))


def test_the_first_paper_is_version_one_of_the_day_it_was_changed(board, today):
    board.change(changed=date(2026, 11, 21))
    assert (mark(board.key).version, mark(board.key).since) == ("1", date(2026, 11, 21))
    version = PaperVersion.objects.get()
    assert version.title == "关于停水的公告"
    assert version.text == ["柳岸村", "关于停水的公告", "11月20日停水。", "2026年11月20日"]


def test_a_paper_that_does_not_say_when_it_was_changed_is_of_today(board, today):
    assert mark(board.key).since == TODAY


def test_printing_again_makes_no_version_whatever_the_day_and_the_standing(board, today):
    first = mark(board.key)
    today(12, 30)
    board.change(status="有效期至2027年1月1日", address="https://example.cn/other/", ended="已过期")
    assert [mark(board.key), mark(f"00{board.key}")] == [first, first]
    assert numbers() == [1]


@pytest.mark.pdf
def test_every_size_is_the_same_version(board, today):
    papers = [text(print_document("board", board.key, size).content) for size in ("a3", "a4", "")]
    assert ["大字版" in paper for paper in papers] == [True, False, False]
    assert ["2026年11月25日第1版" in paper for paper in papers] == [True] * 3
    assert numbers() == [1]


@pytest.mark.parametrize(
    "change",
    [
        {"body_html": "<p>11月21日停水。</p>"},
        {"title": "关于停电的公告"},
        {"issuer": "柳岸村村民委员会"},
        {"body_html": '<p>11月20日停水。</p><p><img src="/media/images/map.abc.width-800.png" alt=""></p>'},
    ],
)
def test_what_says_something_new_is_the_next_version(board, today, change):
    mark(board.key)
    board.change(**change)
    assert [mark(board.key).version, mark(board.key).version] == ["2", "2"]


def test_the_same_words_in_other_lines_are_no_new_version():
    assert wording(gongwen(body_html="<p>一\n二</p><p>three  four</p>")).digest == (
        wording(gongwen(body_html="<p>一<b>二</b></p>\n<div>three four</div>")).digest
    )


def test_the_same_picture_in_another_size_is_no_new_version():
    def digest(source):
        return wording(gongwen(body_html=f'<p><img src="{source}" alt="村口"></p>')).digest

    assert digest("/media/images/a.2e16.width-800.png") == digest("/media/images/a.99ff.width-400.png")
    assert digest("/media/images/a.2e16.width-800.png") != digest("/media/images/b.2e16.width-800.png")


def test_small_print_is_no_part_of_what_a_paper_says():
    says = wording(gongwen(body_html='<p>正文</p><div class="note small-print"><div>编号</div>2</div><p>完</p>'))
    assert says.paragraphs[2:4] == ("正文", "完")
    assert "打印日期" not in "".join(says.paragraphs)


def test_a_change_that_was_not_the_pages_own_is_of_the_day_it_was_seen(board, today):
    board.change(changed=date(2026, 11, 21))
    mark(board.key)
    today(12, 3)
    board.change(note="咨询电话：0575-86012345")
    assert mark(board.key).since == date(2026, 12, 3)


def test_a_change_of_the_page_is_of_its_own_day_even_if_seen_later(board, today):
    mark(board.key)
    today(12, 3)
    board.change(body_html="<p>改了。</p>", changed=date(2026, 12, 1))
    assert mark(board.key).since == date(2026, 12, 1)


def test_a_change_taken_back_is_a_version_of_its_own(board, today):
    mark(board.key)
    board.change(body_html="<p>改了。</p>")
    mark(board.key)
    board.change(body_html="<p>11月20日停水。</p>")
    assert mark(board.key).version == "3"


def test_a_document_with_versions_of_its_own_gives_the_paper_its_number(board, today):
    board.version = 4
    assert [mark(board.key).version, mark(board.key).version] == ["4", "4"]
    board.version = 6
    board.change(body_html="<p>改了。</p>")
    assert mark(board.key).version == "6"


def test_a_new_version_is_one_on_a_paper_too_that_reads_as_before(board, today):
    board.version = 1
    mark(board.key)
    board.version = 2
    assert mark(board.key).version == "2"


def test_what_changes_without_a_new_version_of_the_document_is_counted_behind_it(board, today):
    board.version = 2
    mark(board.key)
    seen = []
    for words in ("改了。", "又改了。", "又改了。"):
        board.change(body_html=f"<p>{words}</p>")
        seen.append(mark(board.key).version)
    board.version = 3
    assert [*seen, mark(board.key).version] == ["2.1", "2.2", "2.2", "3"]
    assert [str(one) for one in PaperVersion.objects.order_by("pk")][1] == "关于停水的公告（第2.1版）"


def test_a_document_that_gets_versions_of_its_own_later_has_its_newest_paper_by_time(board, today):
    for words in "甲乙丙":
        board.change(body_html=f"<p>{words}</p>")
        mark(board.key)
    board.version = 1
    board.change(body_html="<p>丁</p>")
    assert [mark(board.key).version, mark(board.key).version] == ["1.1", "1.1"]


def test_a_sheet_made_before_the_change_keeps_its_version(board, today):
    printable, found = find_printable("board", board.key)
    before = living(printable, board.key, found)
    assert mark_of(before).version == "1"
    board.change(body_html="<p>改了。</p>")
    assert mark(board.key).version == "2"
    assert mark_of(before).version == "1"
    assert numbers() == [1, 2]


def test_a_draft_gets_no_version(board):
    board.change(draft=True)
    assert mark(board.key) is None
    record_next("board", board.key)
    assert numbers() == []


def test_a_kind_that_is_not_traced_gets_no_version(board):
    board.with_printable(traced=False)
    assert mark(board.key) is None
    record_next("board", board.key)
    assert numbers() == []


def test_of_a_paper_for_few_nothing_but_the_digest_is_kept(board):
    board.public = False
    assert mark(board.key).version == "1"
    version = PaperVersion.objects.get()
    assert (version.public, version.title, version.text) == (False, "", [])


def test_personal_numbers_that_slipped_through_are_not_kept(board):
    board.change(body_html="<p>电话13812345678。</p>")
    mark(board.key)
    assert PaperVersion.objects.get().text[2] == "电话138****5678。"


def test_the_mark_carries_a_short_address_where_the_site_has_one(board, settings):
    assert mark(board.key).address == ""
    settings.WAGTAILADMIN_BASE_URL = "https://shiqiao.example.cn"
    code = PaperVersion.objects.get().code
    assert mark(board.key).address == f"https://shiqiao.example.cn/z/{code}"
    assert mark(board.key).code == f"{code[:4]} {code[4:]}"


def test_printing_what_did_not_change_asks_the_database_once(board, django_assert_num_queries):
    mark(board.key)
    printable, found = find_printable("board", board.key)
    with django_assert_num_queries(1):
        mark_of(living(printable, board.key, found))


def test_codes_have_no_characters_that_eyes_mix_up():
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) <= set(ALPHABET)
    assert not set(ALPHABET) & set("01BDGILOSVZ")


@pytest.mark.parametrize(
    "typed",
    ["K7QX3M5T", "k7qx 3m5t", " K7QX-3MST ", "Ｋ７ＱＸ３Ｍ５Ｔ", "K70X3M5T", "https://a.cn/z/k7ox3m5t/"],
)
def test_a_mistyped_code_is_understood(typed):
    assert read_code(typed) == "K7QX3M5T"


@pytest.mark.parametrize("typed", ["", "K7QX3M5", "K7QX3M5TT", "K7QX3M5I", "石桥镇人民政府"])
def test_what_cannot_be_a_code_is_none(typed):
    assert read_code(typed) == ""


def rows():
    with sqlite3.connect(connection.settings_dict["NAME"]) as database:
        return database.execute("SELECT number, code FROM printing_paperversion ORDER BY number").fetchall()


@pytest.mark.django_db(transaction=True)
def test_eight_processes_that_print_the_same_at_once_print_one_version(board, tmp_path):
    key = board.key

    def work(process):
        (tmp_path / f"{process}").write_text(str(mark(key).version))

    assert at_once(work, 8, tmp_path) == []
    assert [(tmp_path / f"{process}").read_text() for process in range(8)] == ["1"] * 8
    assert [number for number, code in rows()] == [1]


@pytest.mark.django_db(transaction=True)
def test_eight_processes_that_print_eight_wordings_at_once_print_eight_versions(board, tmp_path):
    key = board.key

    def work(process):
        board.change(body_html=f"<p>停水{process}小时。</p>")
        mark(key)

    assert at_once(work, 8, tmp_path) == []
    assert [number for number, code in rows()] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert len({code for number, code in rows()}) == 8


@pytest.mark.pdf
def test_the_paper_carries_version_day_code_and_a_qr_of_the_short_address(board, today, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://shiqiao.example.cn"
    pdf = print_document("board", board.key).content
    code = PaperVersion.objects.get().code
    small = text(pdf)
    assert f"2026年11月25日第1版编码 {code[:4]} {code[4:]}" in small
    assert f"扫码查是否有效：https://shiqiao.example.cn/z/{code}" in small
    assert code_is_drawn(pdf, f"https://shiqiao.example.cn/z/{code}")


@pytest.mark.pdf
def test_while_the_site_has_no_address_version_day_and_code_are_printed_without_a_qr(board, today):
    small = text(print_document("board", board.key).content)
    code = PaperVersion.objects.get().code
    assert f"2026年11月25日第1版编码 {code[:4]} {code[4:]}" in small
    assert not re.search("扫码|http", small)


@pytest.mark.pdf
def test_what_has_ended_says_so_over_its_title_and_in_the_small_print_of_every_page(board, today):
    board.change(ended="已于2026年11月24日废止。", body_html="<p>正文。</p>" * 40)
    pdf = print_document("board", board.key).content
    [banner] = [line for line in lines(pdf) if "已失效" in line.text]
    [title] = lines(pdf, 22)
    assert banner.text == "已失效：已于2026年11月24日废止。"
    assert banner.page == title.page == 1
    assert banner.bottom < 27
    assert "FandolHei" in banner.font
    small = [[c["text"] for c in page.chars if c["size"] == pytest.approx(7.5)] for page in pages(pdf)]
    assert ["".join(one).count("已失效　") for one in small] == [1] * len(small)
    assert len(small) == 3


@pytest.mark.pdf
def test_the_measures_of_the_standard_stay_where_a_paper_has_ended(board, today):
    held = [(round(line.left, 2), round(line.top, 2)) for line in lines(print_document("board", board.key).content)]
    board.change(ended="已废止。")
    ended = [
        (round(line.left, 2), round(line.top, 2))
        for line in lines(print_document("board", board.key).content)
        if "已失效" not in line.text
    ]
    assert ended == held
