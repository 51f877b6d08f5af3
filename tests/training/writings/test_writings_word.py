"""A Word file becomes the text; what was lost is told; what is no Word file is refused and changes nothing."""

import docx
import pytest
from docx.shared import Pt, RGBColor

from suite.body.from_docx import read_docx
from tests.refusals import refusal
from tests.suite.body.word import image, saved, with_picture, written
from training.domain.lifecycle import writings
from training.domain.writings.texts import as_html, characters
from training.domain.writings.word import read_text


def test_paragraphs_lists_and_tables_become_lines():
    document = docx.Document()
    document.add_paragraph("走访体会", style="Title")
    document.add_paragraph("一、听")
    document.add_paragraph("先听群众说。")
    document.add_paragraph("带本子", style="List Bullet")
    document.add_paragraph("先问", style="List Number")
    document.add_paragraph("后记", style="List Number")
    table = document.add_table(2, 2)
    for cell, text in zip((one for row in table.rows for one in row.cells), "村户上塘9", strict=False):
        cell.text = text
    found = read_text(saved(document), "稿.docx")
    assert found.title == "走访体会"
    assert found.text.split("\n") == ["一、听", "先听群众说。", "· 带本子", "1. 先问", "2. 后记", "村　户", "上　塘"]
    assert [what for what, _where in found.losses] == ["有一个表格：各行已改为文字。"]


def test_a_picture_is_left_out_and_told():
    found = read_text(with_picture(image()), "稿.docx")
    assert [what for what, _where in found.losses] == [
        "开头没有找到标题，暂用文件名代替，请核对标题。",
        "有一张图片没有保留：学习笔记和调研文章只有文字。",
    ]


def test_what_is_said_of_the_looks_of_pages_is_not_said_of_a_text():
    document = docx.Document()
    document.add_paragraph("走访体会", style="Title")
    run = document.add_paragraph("先听群众说。").add_run("红字")
    run.font.color.rgb = RGBColor(200, 0, 0)
    run.font.size = Pt(30)
    assert read_docx(saved(document), "稿.docx").losses != []
    assert read_text(saved(document), "稿.docx").losses == []


def test_a_title_that_is_too_long_is_cut_and_told():
    found = read_text(written("正文。", title="长" * 70), "稿.docx")
    assert len(found.title) == 60
    assert "长" * 70 in found.losses[-1][0]


def test_it_takes_the_place_of_what_stood_there_and_the_report_stays(town):
    one = town.begun()
    one = writings.import_word(
        one, written("先听群众说。", title="走访体会"), "我的稿.docx", one.version, town.cadre.user
    )
    one.refresh_from_db()
    assert (one.title, one.text, one.source, one.losses, one.version) == (
        "走访体会", "先听群众说。", "我的稿.docx", [], 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".docx"),
        (b"%PDF-1.7 not a document", "Word"),
        (written("先听群众说。", title="走访体会")[:700], "Word"),
    ],
)
def test_what_is_no_word_file_or_half_of_one_changes_nothing(town, content, said):
    one = town.begun()
    assert said in refusal(writings.import_word, one, content, "稿.docx", one.version, town.cadre.user)
    one.refresh_from_db()
    assert (one.text, one.source, one.version) == ("", "", 0)


@pytest.mark.parametrize(
    ("text", "number"),
    [("", 0), ("学习，体会。", 6), ("全年 4 次", 4), ("COVID-19疫情", 3), ("两　字\n换行", 4), ("3.5%增长", 4)],
)
def test_characters_are_counted_as_word_processors_do(text, number):
    assert characters(text) == number


def test_markup_in_a_text_is_shown_as_text():
    assert as_html("一、听\n<b>说</b>\n\n（一）看") == "<h2>一、听</h2><p>&lt;b&gt;说&lt;/b&gt;</p><h3>（一）看</h3>"
