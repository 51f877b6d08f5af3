"""What Word and WPS find in the file: styles, grid, fields, tables; and that LibreOffice sets it as it should be."""

import io
import os
import shutil
import subprocess
import zipfile
from base64 import b64encode
from datetime import UTC, date, datetime

import docx
import mammoth
import pytest
from django.core.management import CommandError, call_command
from docx.oxml.ns import qn
from PIL import Image
from wagtail import hooks

from printing import Mark, Printable, fonts
from printing.domain.docx import render, render_docx
from printing.domain.gongwen import gongwen_sheet
from printing.domain.served import served_notice_sheet
from tests.printing.paper import BODY, gongwen, lines

TABLE = """<table><thead><tr><th>村</th><th>名额</th><th>说明</th></tr></thead><tbody>
<tr><td rowspan="2">柳湾村</td><td colspan="2">见附件</td></tr><tr><td>2</td><td>自愿报名</td></tr></tbody></table>"""


def made(mark=None, **changes):
    return docx.Document(io.BytesIO(render_docx(gongwen(**changes), mark)))


def texts(document):
    """(style, text) of every paragraph outside tables."""
    return [(one.style.name, one.text) for one in document.paragraphs if one.text]


def font_of(document, style):
    """The East Asian font that a style leads to."""
    one = document.styles[style]
    while one is not None:
        found = one.element.find(f".//{qn('w:rFonts')}")
        if found is not None:
            return found.get(qn("w:eastAsia"))
        one = one.base_style
    return document.styles.element.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia"))


def one(parent, name):
    found = parent.findall(f".//{qn(name)}")
    assert len(found) == 1, name
    return found[0]


def values(element, *names):
    return tuple(element.get(qn(f"w:{name}")) for name in names)


def picture(width=96, height=48, kind="PNG"):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, kind)
    return f"data:image/{kind.lower()};base64,{b64encode(out.getvalue()).decode()}"


def test_every_part_of_the_document_has_a_style_of_its_own_in_the_standards_order():
    document = made(
        title="关于召开效能听证会的通知",
        number="石政发〔2026〕17号",
        issuer="石桥镇人民政府文件",
        recipients="各村民委员会",
        body_html="<p>通知如下。</p><h2>一、时间</h2><h3>（一）上午</h3><h4>1.签到</h4><p>八时。</p>",
        attachments=["名额分配表", "报名表"],
        note="联系人：王芳",
        copies="县效能办",
        printed_by="石桥镇党政办公室",
        printed_on=date(2026, 11, 22),
    )
    assert texts(document) == [
        ("发文机关标志", "石桥镇人民政府文件"),
        ("发文字号", "石政发〔2026〕17号"),
        ("公文标题", "关于召开效能听证会的通知"),
        ("主送机关", "各村民委员会："),
        ("公文正文", "通知如下。"),
        ("一级标题", "一、时间"),
        ("二级标题", "（一）上午"),
        ("三级标题", "1.签到"),
        ("公文正文", "八时。"),
        ("附件说明", "附件：1.\t名额分配表"),
        ("附件说明续", "2.\t报名表"),
        ("署名", "石桥镇人民政府"),
        ("成文日期", "2026年11月21日"),
        ("附注", "（联系人：王芳）"),
        ("抄送机关", "抄送：县效能办。"),
        ("印发机关", "石桥镇党政办公室\t2026年11月22日印发"),
    ]


def test_the_navigation_pane_finds_the_headings():
    document = made()
    for level, name in enumerate(("一级标题", "二级标题", "三级标题"), 1):
        style = document.styles[name]
        assert style.base_style.name == f"Heading {level}"
        assert values(one(style.element, "w:outlineLvl"), "val") == (str(level - 1),)
    assert document.styles["公文标题"].base_style.name == "Title"


@pytest.mark.parametrize(
    ("style", "font"),
    [
        ("公文标题", "方正小标宋简体"),
        ("发文机关标志", "方正小标宋简体"),
        ("公文正文", "仿宋_GB2312"),
        ("一级标题", "黑体"),
        ("二级标题", "楷体_GB2312"),
        ("三级标题", "仿宋_GB2312"),
        ("页码", "宋体"),
    ],
)
def test_fonts_are_those_that_offices_have(style, font):
    assert font_of(made(), style) == font


def test_one_font_serves_chinese_letters_and_digits():
    named = one(made().styles["公文标题"].element, "w:rFonts")
    assert set(values(named, "ascii", "hAnsi", "eastAsia", "cs")) == {"方正小标宋简体"}


def test_the_page_has_the_standards_margins_and_grid():
    section = made().sections[0]
    edges = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(edge.mm, 1) for edge in edges] == [37.0, 28.0, 26.0, 35.0]
    grid = one(section._sectPr, "w:docGrid")
    assert values(grid, "type") == ("linesAndChars",)
    pitch, space = (int(grid.get(qn(f"w:{name}"))) for name in ("linePitch", "charSpace"))
    height = section.page_height - section.top_margin - section.bottom_margin
    width = section.page_width - section.left_margin - section.right_margin
    assert int(height.twips if hasattr(height, "twips") else height / 635) // pitch == 22
    assert int(width / 12700 / (BODY + space / 4096)) == 28


def test_page_numbers_are_fields_outside_odd_and_even():
    document = made(number="石政发〔2026〕17号")
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    found = []
    for footer in (section.first_page_footer, section.footer, section.even_page_footer):
        number = footer.paragraphs[0]
        code = [part.text for part in number._p.iter(qn("w:instrText"))]
        found.append((number.style.name, number.text, code, *values(one(number._p, "w:jc"), "val")))
    assert found == [
        ("页码", "— 1 —", [" PAGE "], "right"),
        ("页码", "— 1 —", [" PAGE "], "right"),
        ("页码", "— 1 —", [" PAGE "], "left"),
    ]


def test_the_head_is_red_with_a_red_rule():
    document = made(number="石政发〔2026〕17号")
    mark, number = document.paragraphs[:2]
    assert values(one(mark.style.element, "w:color"), "val") == ("D7000F",)
    assert values(one(number._p, "w:bottom"), "color", "val") == ("D7000F", "single")


def test_a_letters_name_stands_in_the_head_of_page_1_which_has_no_number():
    document = made(issuer="石桥镇人民政府")
    section = document.sections[0]
    assert [one.text for one in section.first_page_header.paragraphs] == ["石桥镇人民政府"]
    assert "PAGE" not in "".join(part.text for part in section.first_page_footer._element.iter(qn("w:instrText")))
    assert next(style for style, _text in texts(document)) == "公文标题"


def test_a_title_is_broken_where_the_paper_breaks_it():
    title = "石桥镇人民政府关于印发石桥镇二〇二六年农村人居环境整治提升行动实施方案的通知"
    sheet = gongwen(title=title)
    paragraph = next(one for one in made(title=title).paragraphs if one.style.name == "公文标题")
    assert paragraph.text.split("\n") == list(sheet.context["title_lines"])


def test_the_signature_takes_the_last_lines_of_the_text_to_its_page():
    document = made(body_html="<p>前文。</p><p>后文。</p>", attachments=())
    held = [one.text for one in document.paragraphs if one.text and one.paragraph_format.keep_with_next]
    assert held == ["后文。"]


def test_a_long_name_at_the_head_is_broken_where_the_paper_breaks_it():
    issuer = "石桥镇农村人居环境整治提升工作领导小组办公室文件"
    sheet = gongwen(issuer=issuer, number="石政发〔2026〕17号")
    first = next(one for one in docx.Document(io.BytesIO(render_docx(sheet))).paragraphs if one.text)
    assert first.text == "\n".join(sheet.context["mark_lines"])
    assert len(sheet.context["mark_lines"]) == 2


def test_small_print_with_the_qr_code_stands_on_page_1():
    mark = Mark(2, date(2026, 11, 20), "https://www.example.cn/p/AB12")
    footer = made(mark, number="石政发〔2026〕17号").sections[0].first_page_footer
    code, words = footer.tables[0].rows[0].cells
    assert values_of_picture(code) == ["https://www.example.cn/p/AB12"]
    assert "2026年11月20日" in words.text
    assert "<" not in words.text
    assert words.text.endswith("https://www.example.cn/p/AB12")


def values_of_picture(cell):
    return [part.get("descr") for part in cell._tc.iter(qn("wp:docPr"))]


def test_the_head_of_a_table_repeats_and_no_row_is_cut():
    table = made(body_html=TABLE).tables[0]
    rows = table._tbl.findall(qn("w:tr"))
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True, False, False]
    assert [row.find(f".//{qn('w:cantSplit')}") is not None for row in rows] == [True, True, True]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["村", "名额", "说明"],
        ["柳湾村", "见附件", "见附件"],
        ["柳湾村", "2", "自愿报名"],
    ]


def test_rows_that_read_alike_all_come_through():
    table = made(body_html="<table><tr><td>村</td></tr><tr><td>户</td></tr><tr><td>村</td></tr></table>").tables[0]
    assert [row.cells[0].text for row in table.rows] == ["村", "户", "村"]


def test_every_list_begins_at_one_and_a_list_in_it_stands_deeper():
    body = "<ol><li>甲</li></ol><ol><li>乙<ul><li>丙</li></ul></li></ol>"
    document = made(body_html=body)
    items = [one for one in document.paragraphs if one._p.pPr is not None and one._p.pPr.numPr is not None]
    assert [(item.style.name, item.text) for item in items] == [
        ("公文编号", "甲"),
        ("公文编号", "乙"),
        ("公文项目", "丙"),
    ]
    numbers = [item._p.pPr.numPr.numId.val for item in items]
    assert len(set(numbers)) == 3
    lists = document.part.numbering_part.element.findall(qn("w:abstractNum"))
    deepest = [one_list.findall(qn("w:lvl"))[-1] for one_list in lists]
    assert [int(one(level, "w:ind").get(qn("w:left"))) for level in deepest] == [0, 0, 632]
    assert [item._p.pPr.numPr.ilvl.val for item in items] == [0, 0, 1]


def test_stress_is_a_style_and_a_link_is_a_field():
    body = '<p>带<b>身份证</b>，见<a href="https://www.example.cn/a">说明</a>。</p>'
    document = made(body_html=body)
    paragraph = next(one for one in document.paragraphs if "身份证" in one.text)
    assert paragraph.text == "带身份证，见说明。"
    assert [run.text for run in paragraph.runs if run.style.name == "Strong"] == ["身份证"]
    assert [part.text for part in paragraph._p.iter(qn("w:instrText"))] == [' HYPERLINK "https://www.example.cn/a" ']


def test_a_picture_keeps_its_description_and_fits_the_page():
    body = f'<figure><img src="{picture(2000, 500)}" alt="听证会场"><figcaption>会场</figcaption></figure>'
    document = made(body_html=body)
    shape = document.inline_shapes[0]
    assert (round(shape.width.mm), round(shape.height.mm)) == (156, 39)
    assert shape._inline.docPr.get("descr") == "听证会场"
    assert [text for style, text in texts(document) if style == "图题"] == ["会场"]


def test_a_picture_in_a_format_that_word_does_not_show_is_turned_into_one():
    document = made(body_html=f'<p><img src="{picture(kind="WEBP")}" alt="图"></p>')
    kinds = {part.content_type for part in document.part.package.iter_parts() if "image" in part.content_type}
    assert kinds == {"image/png"}


def test_in_place_of_a_damaged_picture_stands_what_it_shows_and_it_is_named():
    sheet = gongwen(body_html='<p><img src="data:image/png;base64,AAAA" alt="听证会场"></p>', address="")
    rendered = render(sheet)
    assert "听证会场" in [text for _style, text in texts(docx.Document(io.BytesIO(rendered.content)))]
    assert len(rendered.warnings) == 1


def test_nothing_in_the_file_runs_or_is_fetched():
    body = '<p>见<a href="https://www.example.cn/a">说明</a>。</p>'
    mark = Mark(1, date(2026, 11, 20), "https://www.example.cn/p/1")
    with zipfile.ZipFile(io.BytesIO(render_docx(gongwen(body_html=body), mark))) as file:
        names = file.namelist()
        relations = b"".join(file.read(name) for name in names if name.endswith(".rels"))
    assert b"External" not in relations
    assert not [name for name in names if "vba" in name.lower() or "thumbnail" in name or "customXml" in name]


def test_the_file_says_what_it_is():
    about = made(title="停水通知").core_properties
    assert (about.title, about.author, about.language) == ("停水通知", "石桥镇人民政府", "zh-CN")
    assert about.comments == ""
    assert about.created == datetime(2026, 11, 21, tzinfo=UTC)


def test_other_readers_find_headings_lists_and_tables():
    body = f"<h2>一、时间</h2><p>八时。</p><ul><li>身份证</li></ul>{TABLE}"
    content = io.BytesIO(render_docx(gongwen(body_html=body)))
    html = mammoth.convert_to_html(content, style_map="p[style-name='一级标题'] => h2:fresh").value
    for part in ("<h2>一、时间</h2>", "<li>身份证</li>", '<td rowspan="2">', "<th>"):
        assert part in html


def test_characters_that_xml_cannot_hold_do_not_stop_it():
    document = made(title="停\x00水", body_html="<p>甲\x0b乙\ud800</p>", attachments=["表\x1f一"])
    found = texts(document)
    assert ("公文标题", "停水") in found
    assert ("公文正文", "甲乙") in found
    assert ("附件说明", "附件：表一") in found
    assert document.core_properties.title == "停水"


def test_a_served_notice_has_its_receipt_whole_under_a_line_to_cut_along():
    sheet = served_notice_sheet(
        title="责令说明情况通知书", recipient="王建国", body_html="<p>请说明。</p>", served_by="李明"
    )
    document = docx.Document(io.BytesIO(render_docx(sheet)))
    found = texts(document)
    assert ("裁切线", "沿虚线剪下，由送达单位存卷") in found
    assert found[-1] == ("表题", "送达回证")
    rows = [list(dict.fromkeys(cell.text for cell in row.cells)) for row in document.tables[0].rows]
    assert rows[:2] == [["送达文书", "责令说明情况通知书"], ["受送达人", "王建国"]]
    kept = [one.paragraph_format.keep_with_next for row in document.tables[0].rows for one in row.cells[0].paragraphs]
    assert set(kept) == {True}
    assert {round(row.height.mm) for row in document.tables[0].rows} == {10}


# The doors

LETTER = Printable(
    kind="letter",
    label="信函",
    model=None,
    document=lambda key: gongwen_sheet(title=f"关于第{key}号事项的通知", body_html="<p>正文。</p>"),
    find=lambda key: key if key.isdecimal() else None,
    keys=lambda: ["1"],
    user_can_print=lambda user, key: key == "1",
    docx=True,
)
POSTER = Printable(
    kind="poster",
    label="海报",
    model=None,
    document=LETTER.document,
    find=LETTER.find,
    keys=LETTER.keys,
    user_can_print=LETTER.user_can_print,
)


@pytest.fixture
def letters(db):
    with hooks.register_temporarily("register_printables", lambda: [LETTER, POSTER]):
        yield


def test_the_command_writes_the_file(letters, tmp_path):
    call_command("print_document", "letter", "1", docx=True, out=tmp_path / "一.docx", stdout=io.StringIO())
    assert docx.Document(tmp_path / "一.docx").core_properties.title == "关于第1号事项的通知"


def test_a_kind_that_comes_as_pdf_only_is_refused(letters, tmp_path):
    with pytest.raises(CommandError, match="海报没有 Word 文档，请打印 PDF"):
        call_command("print_document", "poster", "1", docx=True, out=tmp_path / "a.docx")
    assert list(tmp_path.iterdir()) == []


def test_the_public_saves_what_it_may_see_under_its_chinese_name(letters, client):
    response = client.get("/print/letter/1.docx")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    name = "%E5%85%B3%E4%BA%8E%E7%AC%AC1%E5%8F%B7%E4%BA%8B%E9%A1%B9%E7%9A%84%E9%80%9A%E7%9F%A5.docx"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    assert response["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("address", ["/print/letter/2.docx", "/print/poster/1.docx", "/print/none/1.docx"])
def test_what_may_not_be_seen_or_is_not_for_word_does_not_exist(letters, client, address):
    assert client.get(address).status_code == 404


# LibreOffice

STAND_INS = {"fang": "FandolFang", "kai": "FandolKai", "hei": "FandolHei", "song": "FandolSong"}


@pytest.fixture
def set_by_libreoffice(tmp_path):
    """A function that turns a document into PDF, with the fonts at hand in place of those that offices have."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed here (Debian: libreoffice-writer-nogui)")
    if fonts.missing():
        pytest.skip("the fonts are not here: python3 site/printing/fonts.py install")
    names = STAND_INS | {"title": "FandolSong Bold"}
    matches = "".join(
        f'<match target="pattern"><test name="family"><string>{fonts.FAMILIES[role][0]}</string></test><edit '
        f'name="family" mode="assign" binding="strong"><string>{name}</string></edit></match>'
        for role, name in names.items()
    )
    config = tmp_path / "fonts.conf"
    config.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include>{fonts.write_config()}'
        f"</include>{matches}</fontconfig>",
        encoding="utf-8",
    )

    def convert(sheet):
        (tmp_path / "a.docx").write_bytes(render_docx(sheet))
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
             "--outdir", tmp_path, tmp_path / "a.docx"],
            env=os.environ | {"FONTCONFIG_FILE": str(config)}, check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        return (tmp_path / "a.pdf").read_bytes()

    return convert


def test_libreoffice_sets_22_lines_of_28_characters_within_the_standards_edges(set_by_libreoffice):
    text = "为进一步改进机关作风提高办事效率经研究定于本月召开效能听证会请各村民委员会认真组织按时参加" * 24
    pdf = set_by_libreoffice(gongwen(body_html=f"<p>{text}</p>", number="石政发〔2026〕17号"))
    full = [line for line in lines(pdf) if line.page == 2]
    assert len(full) == 22
    assert {len(line.text) for line in full} == {28}
    assert min(line.left for line in full) == pytest.approx(28, abs=0.3)
    assert max(line.right for line in full) == pytest.approx(184, abs=0.8)
    assert [line.text.replace(" ", "") for line in lines(pdf, 14) if line.page == 2] == ["—2—"]
