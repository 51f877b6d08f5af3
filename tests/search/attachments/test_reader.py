"""Reading real files in a process of its own: what comes out, and what of a file is refused."""

from dataclasses import replace

import pytest

from search.attachments import child
from search.attachments.outcomes import Outcome
from search.attachments.reader import joined
from suite import confined
from suite.privacy import mask

from . import files

LAW = "共同生活的家庭成员人均收入低于当地最低生活保障标准的家庭，可以申请最低生活保障。"


@pytest.fixture
def read(tmp_path):
    """read(content, kind, **limits): what reading gave. The limits are the reader's and the process's."""

    def reading(content, kind="pdf", **limits):
        path = tmp_path / "file"
        path.write_bytes(content)
        process = {name: limits.pop(name) for name in ("memory", "cpu", "wall", "output") if name in limits}
        return child.read(str(path), kind, replace(child.LIMITS, **limits), replace(child.PROCESS, **process))

    return reading


def outcome(reading):
    return reading.outcome, reading.text


# What can be read


def test_a_pdf_gives_its_text_page_by_page(read):
    reading = read(files.pdf(["农村低保申请表\n姓名", "家庭收入核对授权书"]))
    assert reading == child.Reading(Outcome.READ, 2, 2, "农村低保申请表\n姓名\n\f家庭收入核对授权书")


def test_lines_of_a_pdf_become_running_text(read):
    assert read(files.pdf([LAW * 3])).text == LAW * 3


@pytest.mark.pdf
def test_a_pdf_with_embedded_fonts_gives_its_characters(read):
    html = f"<meta charset=utf-8><style>body {{ font: 16pt FandolSong }}</style><p>{LAW * 3}</p>"
    assert read(files.typeset_pdf(html)).text == LAW * 3


def test_a_pdf_that_anybody_may_read_and_nobody_change_is_read(read):
    assert outcome(read(files.locked_pdf(files.pdf(["低保须知"]), ""))) == (Outcome.READ, "低保须知")


def test_a_word_file_gives_paragraphs_tables_and_notes(read):
    assert read(files.word(["第一段", "第二段"], ["户主", "人数"]), "docx").text == "第一段\n第二段\n户主\n人数"
    noted = files.word_of(files.body(files.paragraph("正文")), footnotes=files.body(files.paragraph("脚注")))
    assert read(noted, "docx").text == "正文\n脚注"


def test_of_a_word_file_only_what_stands_on_its_paper_is_read(read):
    inner = (
        files.paragraph("留下")
        + "<w:p><w:del><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>"
        + "<w:p><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom></w:p>"
        + "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    content = files.word_of(files.body(inner), comments=files.body(files.paragraph("批注")))
    assert outcome(read(content, "docx")) == (Outcome.READ, "留下")


@pytest.mark.parametrize("make", [lambda text: (files.word([text]), "docx"), lambda text: (files.pdf([text]), "pdf")])
def test_personal_numbers_are_masked_before_anything_is_kept(read, make):
    content, kind = make("联系人手机13812345678")
    reading = read(content, kind)
    assert outcome(reading) == (Outcome.PERSONAL, mask("联系人手机13812345678"))
    assert "12345" not in reading.text


def test_characters_that_would_move_others_are_spelt_out(read):
    assert read(files.word(["面积80㎡……辦理"]), "docx").text == "面积80m2......辦理"


def test_of_a_pdf_of_three_thousand_pages_the_first_two_thousand_are_read(read):
    reading = read(files.pdf([f"第{number}号" for number in range(3000)]))
    assert (reading.outcome, reading.pages, reading.pages_read) == (Outcome.PARTLY, 3000, 2000)
    assert reading.text.split("\f")[-1] == "第1999号"


def test_a_long_text_is_cut(read):
    assert outcome(read(files.word([LAW]), "docx", characters=6)) == (Outcome.PARTLY, LAW[:6])
    assert outcome(read(files.pdf([LAW]), characters=6)) == (Outcome.PARTLY, LAW[:6])
    assert outcome(read(files.word([LAW]), "docx", characters=len(LAW) + 1)) == (Outcome.READ, LAW)


def test_what_was_read_when_it_took_too_long_is_kept(read):
    assert read(files.pdf([LAW] * 3), enough=0.0) == child.Reading(Outcome.PARTLY, 3, 1, LAW)


# What can't


@pytest.mark.parametrize(
    ("make", "kind", "expected"),
    [
        (lambda: files.locked_pdf(files.pdf(["低保"]), "secret"), "pdf", Outcome.PASSWORD),
        (lambda: files.ole(encrypted=True), "docx", Outcome.PASSWORD),
        (lambda: files.ole(encrypted=False), "docx", Outcome.OLD_WORD),
        (files.scanned_pdf, "pdf", Outcome.SCAN),
        (lambda: files.word([""]), "docx", Outcome.SCAN),
        (files.garbled_pdf, "pdf", Outcome.GARBLED),
        (lambda: files.pdf(["低保"])[:700], "pdf", Outcome.BROKEN),
        (lambda: b"%PDF-1.7\n", "pdf", Outcome.BROKEN),
        (lambda: files.word(["低保"])[:5000], "docx", Outcome.BROKEN),
        (lambda: files.word_of(files.body("<w:p>")), "docx", Outcome.BROKEN),
        (lambda: files.word_of(files.body("<w:p>" * 100_000)), "docx", Outcome.BROKEN),
        (files.png, "pdf", Outcome.WRONG_KIND),
        (lambda: b"", "pdf", Outcome.WRONG_KIND),
        (lambda: b"", "docx", Outcome.WRONG_KIND),
        (lambda: files.pdf(["低保"]), "docx", Outcome.WRONG_KIND),
        (lambda: files.word(["低保"]), "pdf", Outcome.WRONG_KIND),
        (files.other_office_file, "docx", Outcome.WRONG_KIND),
        (files.entity_bomb, "docx", Outcome.SUSPICIOUS),
        (files.outside_entity, "docx", Outcome.SUSPICIOUS),
        (files.zip_bomb, "docx", Outcome.UNPACKS),
        (files.crowded_zip, "docx", Outcome.UNPACKS),
        (files.lying_zip_bomb, "docx", Outcome.BROKEN),
        (files.bursting_pdf, "pdf", Outcome.STOPPED),
    ],
)
def test_a_file_that_gives_no_text_says_why(read, make, kind, expected):
    assert outcome(read(make(), kind)) == (expected, "")


def test_a_file_that_keeps_the_processor_busy_is_given_up(read):
    assert outcome(read(files.bursting_pdf(150 << 20), cpu=1)) == (Outcome.TOO_SLOW, "")


def test_a_file_that_takes_too_long_by_the_clock_is_given_up(read):
    assert outcome(read(files.bursting_pdf(150 << 20), wall=1)) == (Outcome.TOO_SLOW, "")


def test_a_reader_that_does_not_end_by_itself_is_killed(read, monkeypatch):
    monkeypatch.setattr(confined, "PATIENCE", -59)
    assert outcome(read(files.bursting_pdf(150 << 20), wall=60)) == (Outcome.TOO_SLOW, "")


def test_a_file_that_needs_too_much_memory_is_given_up(read):
    content = files.word_of(files.body(files.paragraph("低" * 1000) * 50_000))
    assert outcome(read(content, "docx", memory=120 << 20, characters=100_000_000)) == (Outcome.MEMORY, "")


def test_a_reader_that_writes_too_much_is_stopped(read):
    assert outcome(read(files.word([LAW]), "docx", output=100)) == (Outcome.STOPPED, "")


# Lines


def test_a_heading_and_a_cell_stay_lines_of_their_own():
    assert joined(["户主", "人数"]) == "户主\n人数\n"
    assert joined(["申请条件", LAW[:24], LAW[24:]]) == f"申请条件\n{LAW}\n"
    assert joined([LAW[:23] + "。", LAW[:24]]) == f"{LAW[:23]}。\n{LAW[:24]}\n"
    assert joined(["a line of English text that", "goes on"]) == "a line of English text that\ngoes on\n"
