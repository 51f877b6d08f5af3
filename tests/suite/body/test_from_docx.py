"""Drafts of Word and WPS: what a page takes of them, what it names as lost, and what it refuses."""

import io
import zipfile
from datetime import date

import docx
import pytest
from django.core.exceptions import ValidationError
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from printing.domain.docx import render_docx
from printing.domain.gongwen import gongwen_sheet
from suite.body.from_docx import read_docx
from suite.body.word import file as word_file
from tests.suite.body.word import by_hand, image, inline, p, saved, with_picture, written

BODY = (
    "<h2>一、时间</h2><p>十一月二十八日上午。</p><h3>（一）签到</h3><p>带<b>身份证</b>。</p>"
    "<table><thead><tr><th>村</th><th>名额</th></tr></thead><tbody><tr><td>柳湾村</td><td>2</td></tr></tbody></table>"
    "<ul><li>身份证</li><li>户口簿<ol><li>首页</li></ol></li></ul><p>届时请准时参加。</p>"
)


def texts(draft):
    return "".join(str(block["value"]) for block in draft.blocks if block["type"] == "paragraph")


def lost(content):
    """(what, where) of everything that was not kept."""
    return [(one.what, one.where) for one in read_docx(content, "草稿.docx").losses]


# What our own documents bring back


def test_our_own_document_comes_back_as_it_went_out():
    sheet = gongwen_sheet(
        title="石桥镇人民政府关于召开二〇二六年第四季度效能听证会的通知",
        body_html=BODY,
        issuer="石桥镇人民政府文件",
        number="石政发〔2026〕17号",
        recipients="各村民委员会",
        signatory="石桥镇人民政府",
        day=date(2026, 11, 21),
        attachments=["名额分配表", "报名表"],
        note="联系人：王芳",
        copies="县效能办",
        printed_by="石桥镇党政办公室",
        printed_on=date(2026, 11, 22),
    )
    draft = read_docx(render_docx(sheet), "通知.docx")
    assert draft.title == sheet.title
    assert draft.blocks == [
        {
            "type": "paragraph",
            "value": "<h2>一、时间</h2><p>十一月二十八日上午。</p><h3>（一）签到</h3><p>带<b>身份证</b>。</p>",
        },
        {
            "type": "table",
            "value": {
                "data": [["村", "名额"], ["柳湾村", "2"]],
                "first_row_is_table_header": True,
                "first_col_is_header": False,
                "table_header_choice": "row",
            },
        },
        {
            "type": "paragraph",
            "value": "<ul><li>身份证</li><li>户口簿<ol><li>首页</li></ol></li></ul><p>届时请准时参加。</p>",
        },
    ]
    parts = draft.parts
    assert (parts.number, parts.recipients, parts.signatory) == ("石政发〔2026〕17号", "各村民委员会", "石桥镇人民政府")
    assert (parts.date, parts.attachments, parts.note) == ("2026年11月21日", ["名额分配表", "报名表"], "联系人：王芳")
    assert (parts.copies, parts.printed_by) == ("县效能办", "石桥镇党政办公室 2026年11月22日印发")


# What others' documents are recognised by


def notice(document, **styles):
    """A notice typed without styles, as most are."""
    for text, align, size in (
        ("石桥镇人民政府关于冬季", WD_ALIGN_PARAGRAPH.CENTER, 22),
        ("停水检修的通知", WD_ALIGN_PARAGRAPH.CENTER, 22),
        ("石政发〔2026〕3号", WD_ALIGN_PARAGRAPH.CENTER, 16),
        ("各村民委员会：", None, 16),
        ("　　一、停水时间", None, 16),
        ("　　十二月一日八时至十八时。", None, 16),
        ("附件：1.区域表", None, 16),
        ("2.联系表", None, 16),
        ("石桥镇人民政府", WD_ALIGN_PARAGRAPH.RIGHT, 16),
        ("2026年11月21日", WD_ALIGN_PARAGRAPH.RIGHT, 16),
        ("（联系人：王芳）", None, 16),
        ("抄送：县水务局。", None, 14),
        ("石桥镇党政办公室　2026年11月22日印发", None, 14),
    ):
        paragraph = document.add_paragraph()
        paragraph.alignment = align
        paragraph.add_run(text).font.size = Pt(size)
    return saved(document)


def test_a_notice_typed_without_styles_is_taken_apart_by_the_standards_order():
    draft = read_docx(notice(docx.Document()), "a.docx")
    assert draft.title == "石桥镇人民政府关于冬季停水检修的通知"
    assert texts(draft) == "<h2>一、停水时间</h2><p>十二月一日八时至十八时。</p>"
    parts = draft.parts
    assert (parts.number, parts.recipients) == ("石政发〔2026〕3号", "各村民委员会")
    assert (parts.signatory, parts.date) == ("石桥镇人民政府", "2026年11月21日")
    assert parts.attachments == ["区域表", "联系表"]
    assert (parts.note, parts.copies) == ("联系人：王芳", "县水务局")
    assert parts.printed_by == "石桥镇党政办公室 2026年11月22日印发"


def test_a_red_head_above_the_title_is_no_title():
    document = docx.Document()
    lines = ("石桥镇人民政府文件", 36), ("石政发〔2026〕3号", 16), ("关于停水的通知", 22), ("请提前储水。", 16)
    for text, size in lines:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if text != "请提前储水。" else None
        paragraph.add_run(text).font.size = Pt(size)
    draft = read_docx(saved(document), "a.docx")
    assert draft.title == "关于停水的通知"
    assert (draft.parts.issuer, draft.parts.number) == ("石桥镇人民政府文件", "石政发〔2026〕3号")
    assert texts(draft) == "<p>请提前储水。</p>"


def test_what_stands_after_the_date_is_text_and_a_date_in_the_middle_stays():
    content = written(
        "2026年11月1日", "开会。", "石桥镇人民政府", "2026年11月21日", "附件1", "名单如下。", title="通知"
    )
    draft = read_docx(content, "a.docx")
    assert (draft.parts.signatory, draft.parts.date) == ("石桥镇人民政府", "2026年11月21日")
    assert texts(draft) == "<p>2026年11月1日</p><p>开会。</p><p>附件1</p><p>名单如下。</p>"


def test_without_a_title_the_files_name_stands_in_and_it_is_said():
    draft = read_docx(written("今天开会。", "明天放假。"), "会议草稿.docx")
    assert draft.title == "会议草稿"
    assert texts(draft) == "<p>今天开会。</p><p>明天放假。</p>"
    assert ("开头没有找到标题，暂用文件名代替，请核对标题。", "") in [(one.what, one.where) for one in draft.losses]


def test_headings_by_outline_level_are_chapters_and_sections():
    document = docx.Document()
    document.add_heading("通知", 0)
    document.add_heading("总则", 2)
    document.add_heading("细则", 3)
    document.add_heading("更细", 4)
    draft = read_docx(saved(document), "a.docx")
    assert (draft.title, texts(draft)) == ("通知", "<h2>总则</h2><h3>细则</h3><h3>更细</h3>")


def test_numbers_that_word_writes_by_itself_are_kept_as_text():
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, kind, text in (
            (0, "chineseCounting", "%1、"),
            (1, "chineseCounting", "（%2）"),
            (2, "decimal", "%3."),
        )
    )
    numbering = (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum '
        f'w:abstractNumId="5">{levels}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="5"/></w:num></w:numbering>'
    )

    def item(text, level):
        return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>')

    body = item("时间", 0) + item("上午", 1) + item("下午", 1) + item("地点", 0) + item("村口", 1) + item("签到", 2)
    content = by_hand(body, {"word/numbering.xml": numbering}, [("rId9", "numbering", "numbering.xml", False)])
    assert texts(read_docx(content, "a.docx")) == (
        "<h2>一、时间</h2><h3>（一）上午</h3><h3>（二）下午</h3><h2>二、地点</h2><h3>（一）村口</h3><ol><li>签到</li></ol>"
    )


# Tables and pictures


def test_merged_cells_keep_their_text_in_the_first_and_it_is_said():
    document = docx.Document()
    table = document.add_table(2, 3)
    for row, texts_ in zip(table.rows, (("村", "名额", "说明"), ("", "2", "3")), strict=True):
        for cell, text in zip(row.cells, texts_, strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    draft = read_docx(saved(document), "a.docx")
    assert draft.blocks[0]["value"]["data"] == [["村", "名额\n说明", ""], ["", "2", "3"]]
    assert [one.what for one in draft.losses if "合并" in one.what] == ["合并的单元格：文字放在第一格，其余留空。"]


def test_a_picture_becomes_a_figure_with_its_description_and_caption():
    document = docx.Document()
    document.add_paragraph("会场如下。")
    document.add_picture(io.BytesIO(image()))
    document.inline_shapes[0]._inline.docPr.set("descr", "听证会场")
    document.add_paragraph("图1 会场", style="Caption")
    document.add_paragraph("完。")
    draft = read_docx(saved(document), "a.docx")
    key = next(iter(draft.pictures))
    assert [block["type"] for block in draft.blocks] == ["paragraph", "figure", "paragraph"]
    assert draft.blocks[1]["value"] == {"image": key, "alt": "听证会场", "caption": "图1 会场"}
    assert (draft.pictures[key].content, draft.pictures[key].title) == (image(), "听证会场")


@pytest.mark.parametrize("by_a_program", ["", "IMG_2034", "图片 1", "C:\\Users\\a.png", "人的照片，描述已自动生成"])
def test_a_picture_without_a_description_of_its_own_asks_for_one(by_a_program):
    draft = read_docx(with_picture(image(), by_a_program), "会.docx")
    assert draft.blocks[1]["value"]["alt"] == ""
    assert next(iter(draft.pictures.values())).title == "“会”中的图片"
    assert "有图片没有说明，请写明图片内容，否则不能发布。" in [one.what for one in draft.losses]


def test_a_picture_in_a_cell_stands_behind_the_table():
    cell = f"<w:tc>{inline('rId5', description='公章')}</w:tc>"
    body = f"<w:tbl><w:tr><w:tc>{p('村')}</w:tc>{cell}</w:tr></w:tbl>{p('完。')}"
    draft = read_docx(by_hand(body, {"word/media/a.png": image()}, [("rId5", "image", "media/a.png", False)]), "a.docx")
    assert [block["type"] for block in draft.blocks] == ["table", "figure", "paragraph"]


def test_a_bitmap_is_turned_into_png():
    kept = next(iter(read_docx(with_picture(image("BMP"), name="a.bmp"), "a.docx").pictures.values()))
    assert (kept.file_name[-4:], kept.content[:4]) == (".png", b"\x89PNG")


PICTURES = [
    ("media/a.emf", b"\x01\x00\x00\x00", False, "有一张浏览器不能显示的图片（EMF）没有保留，请另存为 PNG 后插入。"),
    ("media/a.png", image()[:90], False, "有一张图片已损坏，请手工重新插入。"),
    ("media/a.png", b"", False, "有一张图片已损坏，请手工重新插入。"),
    ("media/gone.png", None, False, "文件里缺少一张图片，请手工重新插入。"),
    ("http://192.0.2.1/a.png", None, True, "有一张图片只是链接（http://192.0.2.1/a.png），没有下载，请插入图片本身。"),
    ("file:///etc/hostname", None, True, "有一张图片只是链接（file:///etc/hostname），没有下载，请插入图片本身。"),
]


@pytest.mark.parametrize(("target", "content", "outside", "message"), PICTURES)
def test_a_picture_that_cannot_be_kept_is_named_with_its_place(target, content, outside, message):
    parts = {} if content is None else {f"word/{target}": content}
    body = p("会场布置如下。") + inline("rId5", "link" if outside else "embed") + p("完。")
    draft = read_docx(by_hand(body, parts, [("rId5", "image", target, outside)]), "a.docx")
    assert (message, "会场布置如下。") in [(one.what, one.where) for one in draft.losses]
    assert (draft.pictures, texts(draft)) == ({}, "<p>会场布置如下。</p><p>完。</p>")


def test_a_picture_of_20000_points_is_refused_before_it_is_unpacked():
    draft = read_docx(with_picture(image(size=(20_000, 20))), "a.docx")
    assert "有一张图片太大（20000 × 20 点），请缩小后手工插入。" in [one.what for one in draft.losses]
    assert draft.pictures == {}


# What a page has no place for


def box(text, fallback=True):
    content = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    old = f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
    new = f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp>"
    for name in ("a:graphicData", "a:graphic", "wp:anchor", "w:drawing"):
        new = f"<{name}>{new}</{name}>"
    choice = f'<mc:Choice Requires="wps">{new}</mc:Choice>'
    return f"<mc:AlternateContent>{choice}{old if fallback else ''}</mc:AlternateContent>"


@pytest.mark.parametrize("fallback", [True, False])
def test_a_text_boxs_words_stand_behind_the_paragraph_once(fallback):
    body = f"<w:p><w:r><w:t>正文。</w:t></w:r><w:r>{box('框内文字。', fallback)}</w:r></w:p>{p('后文。')}"
    draft = read_docx(by_hand(body), "a.docx")
    assert texts(draft) == "<p>正文。</p><p>框内文字。</p><p>后文。</p>"
    assert [(one.what, one.where) for one in draft.losses if "文本框" in one.what] == [
        ("文本框：其中的文字已放到所在段落之后。", "正文。")
    ]


def test_tracked_changes_are_taken_as_accepted():
    body = (
        '<w:p><w:r><w:t>定于</w:t></w:r><w:del w:id="1"><w:r><w:delText>二十日</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>二十八日</w:t></w:r></w:ins>'
        '<w:moveFrom w:id="3"><w:r><w:t>上午</w:t></w:r></w:moveFrom>'
        "<w:r><w:t>召开。</w:t></w:r></w:p>"
    )
    draft = read_docx(by_hand(body), "a.docx")
    assert texts(draft) == "<p>定于二十八日召开。</p>"
    assert ("修订共 3 处，已按全部接受处理。", "定于二十八日召开。") in [(one.what, one.where) for one in draft.losses]


def test_comments_footnotes_headers_formulas_objects_and_charts_are_named():
    root = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = {
        "word/comments.xml": f'<w:comments {root}><w:comment w:id="0">{p("时间再核一下")}</w:comment></w:comments>',
        "word/footnotes.xml": f'<w:footnotes {root}><w:footnote w:id="2">{p("见县文件。")}</w:footnote></w:footnotes>',
        "word/header1.xml": f"<w:hdr {root}>{p('内部资料')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {root}>{p('— 1 —')}</w:ftr>",
        "word/vbaProject.bin": b"macro",
    }
    relations = [
        ("rId1", "comments", "comments.xml", False),
        ("rId2", "footnotes", "footnotes.xml", False),
        ("rId3", "header", "header1.xml", False),
        ("rId4", "footer", "footer1.xml", False),
    ]
    chart = '<w:drawing><wp:inline><a:graphic><a:graphicData uri="http://x/2006/chart"/></a:graphic></wp:inline></w:drawing>'
    diagram = chart.replace("/chart", "/diagram")
    body = (
        '<w:p><w:r><w:t>甲段。</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r>'
        '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        "<w:p><w:r><w:t>乙段。</w:t></w:r><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath><w:r><w:object/></w:r></w:p>"
        f"<w:p><w:r><w:t>丙段。</w:t></w:r><w:r>{chart}{diagram}</w:r></w:p>"
    )
    draft = read_docx(by_hand(body, parts, relations), "草稿.docx")
    assert [(one.what, one.where) for one in draft.losses[:-1]] == [
        ("公式没有保留，请改写成文字或作为图片插入。", "乙段。"),
        ("嵌入的对象（Excel 表格、文件）没有保留，请把文件作为附件加到页面。", "乙段。"),
        ("图表没有保留，请作为图片插入，并用文字写出数据。", "丙段。"),
        ("SmartArt 图形没有保留，请作为图片插入，并用文字写出内容。", "丙段。"),
        ("批注没有保留：“时间再核一下”", "甲段。"),
        ("脚注已移到正文末尾。", "甲段。"),
        ("页眉没有保留：“内部资料”", ""),
        ("文件里有宏，没有运行，也没有保留。", ""),
    ]
    assert texts(draft).endswith("<ol><li>见县文件。</li></ol>")


def test_colours_and_fonts_are_one_line():
    body = p("甲。", run='<w:color w:val="FF0000"/>') + p("乙。", run='<w:highlight w:val="yellow"/>')
    found = [what for what, _where in lost(by_hand(body)) if "颜色" in what]
    assert found == ["字体、字号、颜色按网站统一样式，保留标题和加粗。"]


def test_a_table_of_contents_is_left_out():
    toc = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        '<w:sdtContent><w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>一、时间 1</w:t></w:r></w:p>'
        "</w:sdtContent></w:sdt>"
    )
    draft = read_docx(by_hand(toc + p("正文。")), "a.docx")
    assert texts(draft) == "<p>正文。</p>"
    assert "目录没有保留。" in [one.what for one in draft.losses]


def test_script_in_a_draft_is_text():
    assert texts(read_docx(written("<script>alert(1)</script>甲。"), "a.docx")) == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;甲。</p>"
    )


# Files made to do harm, and honest ones of another kind


def test_an_embedded_style_map_has_no_say():
    content = by_hand(p("正文。"), {"mammoth/style-map": b"p => script:fresh"})
    assert texts(read_docx(content, "a.docx")) == "<p>正文。</p>"


def refusal(content):
    with pytest.raises(ValidationError) as error:
        read_docx(content, "a.docx")
    return error.value.messages[0]


NOT_WORD = "这不是 Word 文档，或者文件已损坏。请在 Word 或 WPS 里另存为 .docx 后再试。"
OLD = "这是旧版 Word 或 WPS 的文件（.doc、.wps）。请另存为 .docx 后再试。"
LOCKED = "文件设有密码。请在 Word 或 WPS 里取消密码并保存后再试。"
BOMB = "文件解压后超出一份文档应有的大小，没有读取；请核实文件来源。"
DTD = "文件里有 Word 文档不会有的定义，没有读取；请核实文件来源。"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"not a zip", NOT_WORD),
        (b"", NOT_WORD),
        (b"%PDF-1.7", NOT_WORD),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, OLD),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), LOCKED),
        (written("正文。")[:-200], NOT_WORD),
        (by_hand("<w:p>")[:], NOT_WORD),
    ],
)
def test_what_is_no_docx_is_refused_with_what_to_do(content, message):
    assert refusal(content) == message


def zipped(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries:
            file.writestr(name, content)
    return out.getvalue()


def test_another_kind_of_zip_is_refused():
    assert refusal(zipped([("a.txt", b"a")])) == NOT_WORD


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *args: pytest.fail("unpacked"))
    part = b"0" * (8 * 1024 * 1024)
    assert refusal(zipped([(f"word/{n}.bin", part) for n in range(20)])) == BOMB


def test_a_file_of_too_many_parts_is_refused():
    assert refusal(zipped([(f"{n}", b"") for n in range(word_file.MOST_PARTS + 1)])) == BOMB


def test_a_file_too_large_is_refused_by_its_size():
    assert (
        refusal(b"PK" + b"0" * word_file.LARGEST_FILE) == "文件有 21 MB，最多能读取 20 MB。请在 Word 里压缩图片后再试。"
    )


LAUGHS = '<!DOCTYPE w [<!ENTITY a "%s"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' % ("x" * 100)
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("prolog", [LAUGHS, OUTSIDE])
def test_entities_are_refused(prolog):
    assert refusal(by_hand(p("&a;"), prolog=prolog)) == DTD


def test_xml_nested_without_end_is_refused():
    deep = "<w:smartTag>" * 3000 + "</w:smartTag>" * 3000
    assert refusal(by_hand(f"<w:p>{deep}</w:p>")) == NOT_WORD


def test_parts_that_do_not_fit_together_are_refused_and_not_an_error():
    body = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr></w:tc></w:tr></w:tbl>'
    assert refusal(by_hand(body)) == "文档内部不一致。请在 Word 或 WPS 里打开、重新保存后再试。"


def test_an_empty_document_is_refused():
    assert refusal(written()) == "文档里没有文字。扫描件请先做文字识别。"
