"""GB/T 9704-2012, measured on the PDF with pdfplumber."""

import io
from datetime import date

import pypdf
import pytest

from printing.domain.plaintext import sheet_from_json
from printing.domain.rendering import render_pdf
from printing.domain.richtext import paragraphs
from tests.printing.paper import BODY, HAN, Line, lines, pages, printed, text

pytestmark = pytest.mark.pdf

TWO_LINES = "为进一步改进机关作风，方便群众办事，现将有关事项通知如下，请各村各单位认真抓好落实，不得推诿扯皮。"
NAMES = "张秀英、李桂兰、王建国、陈志强、刘玉珍、赵国庆、欧阳文华、买买提·吐尔逊、孙丽、周　涛、黄金凤、徐海燕"
RARE = "报名人䶮某、㛃某、堃某、赟某、旻某请于2026年11月30日前到便民服务中心登记，联系电话0575-86012345，逾期不候。"
CLOSE = "他说：“这件事要办好，‘办得好’才是真本事。”为深入贯彻落实乡村振兴战略，扎实推进农村人居环境整治。"
QUOTED = "坚持“群众利益无小事”的要求，落实《石桥镇机关效能建设办法（试行）》（石政发〔2026〕17号）；推行“最多跑一次”。"


def mixed_document() -> dict:
    """Twelve pages of headings, Han, digits, Latin, quotation marks and rare characters, as print_text takes them."""
    body = []
    for number in "一二三四五六七八九十":
        body += [{"h1": f"{number}、加强组织领导"}, {"h2": f"（{number}）明确责任分工"}]
        for extra in range(6):
            texts = [TWO_LINES * 2 + "特此通知" * extra + "。", QUOTED * 2, f"{RARE}网址https://example.cn/{extra}。"]
            body += [{"p": text} for text in texts]
        body.append({"p": f"参加{'效能' * (len(body) % 7)}听证的代表有：{NAMES}。"})
    return {"title": "关于召开效能听证会的通知", "body": body}


@pytest.fixture(scope="module")
def long_pdf():
    return render_pdf(sheet_from_json(mixed_document()))


@pytest.fixture(scope="module")
def long_lines(long_pdf):
    return lines(long_pdf)


@pytest.fixture(scope="module")
def plain_lines():
    """Pages of nothing but two-line paragraphs: no heading, widow or table shortens a page."""
    pdf = printed(body_html=paragraphs("\n".join([TWO_LINES] * 60)), issuer="", signatory="", day=None)
    return lines(pdf)


def on_page(found: list[Line], page: int) -> list[Line]:
    return [line for line in found if line.page == page]


def last_lines(found: list[Line]) -> set[int]:
    """Places of lines that end a paragraph: the next one is indented, or there is none."""
    return {
        place
        for place, line in enumerate(found)
        if place + 1 == len(found) or found[place + 1].left > 30 or line.left > 60
    }


def test_the_document_is_long_enough_to_mean_something(long_pdf):
    assert len(pages(long_pdf)) >= 10


def test_text_fills_156_by_225_mm_at_28_and_37_mm(plain_lines):
    page = on_page(plain_lines, 2)
    assert min(line.left for line in page) == pytest.approx(28, abs=0.2)
    assert max(line.right for line in page) == pytest.approx(184, abs=0.2)
    assert min(line.top for line in page) == pytest.approx(37, abs=0.2)
    assert max(line.bottom for line in page) == pytest.approx(262, abs=0.2)


def test_a_title_without_a_head_stands_on_the_upper_edge_and_the_lines_below_it_on_their_places():
    data = {"title": "关于召开效能听证会的通知", "to": "各村", "body": [{"p": TWO_LINES * 12}]}
    pdf = render_pdf(sheet_from_json(data))
    assert lines(pdf, 22)[0].top == pytest.approx(37, abs=0.2)
    assert on_page(lines(pdf), 1)[-1].bottom == pytest.approx(262, abs=0.2)


def test_rare_characters_from_another_font_do_not_push_text_out_of_its_area(long_lines):
    assert min(line.left for line in long_lines) == pytest.approx(28, abs=0.2)
    for page in range(2, long_lines[-1].page + 1):
        assert on_page(long_lines, page)[0].top == pytest.approx(37, abs=0.2)
    assert max(line.bottom for line in long_lines) == pytest.approx(262, abs=0.2)


def test_lines_that_are_stretched_a_little_keep_within_the_area():
    """Where a line's gaps come to less than a thousandth of a character, they were all drawn too wide."""
    pdf = printed(body_html=paragraphs("\n".join(f"{'甲乙丙丁戊己'[:more]}{CLOSE}" * 4 for more in range(7))))
    full = [line for line in lines(pdf) if line.right > 183]
    assert len(full) > 20
    assert max(line.right for line in full) == pytest.approx(184, abs=0.2)


def test_a_page_holds_22_lines(plain_lines):
    assert {page: len(on_page(plain_lines, page)) for page in (2, 3, 4)} == {2: 22, 3: 22, 4: 22}


def test_full_lines_of_han_hold_28_characters(long_lines):
    full = [line for line in long_lines if HAN.fullmatch(line.text) and line.left < 29 and line.right > 183]
    assert len(full) > 50
    assert sum(len(line.text) == 28 for line in full) >= 0.85 * len(full)


def test_lines_reach_the_right_margin(long_lines):
    ends = last_lines(long_lines)
    reaching = [line for place, line in enumerate(long_lines) if place not in ends and line.right > 170]
    assert len(reaching) > 100
    assert [line for line in reaching if line.right > 184.5] == []
    assert sum(abs(line.right - 184) <= 0.5 for line in reaching) >= 0.95 * len(reaching)


def test_no_line_begins_or_ends_with_a_sign_that_must_not(long_lines):
    assert [line for line in long_lines if line.text[0] in "。，、；：？！）》」”"] == []
    assert [line for line in long_lines if line.text[-1] in "（《「“"] == []


def test_years_phones_and_document_numbers_stay_on_one_line(long_lines):
    whole = "".join(line.text for line in long_lines)
    for term in ("2026年", "0575-86012345", "〔2026〕17号"):
        assert sum(line.text.count(term) for line in long_lines) == whole.count(term) > 50


def test_names_of_people_stay_on_one_line(long_lines):
    whole = "".join(line.text for line in long_lines)
    for name in NAMES.split("、"):
        assert sum(line.text.count(name) for line in long_lines) == whole.count(name) == 10


def test_page_numbers_stand_outside_7_mm_under_the_text(long_pdf):
    numbers = lines(long_pdf, 14)
    assert [line.text for line in numbers[:3]] == ["— 1 —", "— 2 —", "— 3 —"]
    one_character = 14 * 25.4 / 72
    for line in numbers:
        assert (line.top + line.bottom) / 2 == pytest.approx(262 + 7, abs=0.5)
        if line.page % 2:
            assert line.right == pytest.approx(184 - one_character, abs=0.5)
        else:
            assert line.left == pytest.approx(28 + one_character, abs=0.5)


def test_every_font_is_embedded_and_subset(long_pdf):
    seen = set()
    for page in pypdf.PdfReader(io.BytesIO(long_pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert inner["/BaseFont"][7] == "+"
            assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object())
            seen.add(inner["/BaseFont"][8:])
    assert {"FandolFang", "FandolHei", "FandolKai", "FandolSong", "AR-PL-UMing-CN"} <= seen


def test_the_pdf_is_tagged_and_says_title_and_language():
    reader = pypdf.PdfReader(io.BytesIO(printed()))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == pypdf.generic.BooleanObject(True)
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "zh-CN"
    assert reader.metadata.title == "关于召开效能听证会的通知"
    assert b"http://www.aiim.org/pdfua/ns/id/" in root["/Metadata"].get_data()


def test_a_notice_is_one_page_of_at_most_120_kb():
    pdf = printed(
        body_html=f"<h2>一、时间地点</h2><p>{TWO_LINES}</p><h2>二、报名办法</h2><p>{TWO_LINES}</p>",
        address="https://example.cn/notices/2026-4/",
        status="第2版",
    )
    assert len(pages(pdf)) == 1
    assert len(pdf) <= 120_000


def test_the_head_of_a_document_is_red_35_mm_under_the_text_areas_edge():
    pdf = printed(issuer="石桥镇人民政府文件", number="石政发〔2026〕17号")
    mark = [one for one in pages(pdf)[0].chars if one["size"] > 30]
    assert "".join(one["text"] for one in mark) == "石桥镇人民政府文件"
    assert min(one["top"] for one in mark) * 25.4 / 72 == pytest.approx(37 + 35, abs=0.3)
    assert mark[0]["non_stroking_color"] == pytest.approx((0.843, 0, 0.059), abs=0.01)
    number = next(line for line in lines(pdf) if "17号" in line.text)
    rule = pages(pdf)[0].rects[0]
    assert rule["top"] * 25.4 / 72 - number.bottom == pytest.approx(4, abs=0.2)
    assert (rule["x0"] * 25.4 / 72, rule["x1"] * 25.4 / 72) == pytest.approx((28, 184), abs=0.2)


def test_a_long_name_at_the_head_is_set_in_two_lines_that_fill_the_width():
    issuer = "石桥镇农村人居环境整治提升工作领导小组办公室文件"
    pdf = printed(issuer=issuer, number="石政发〔2026〕17号")
    mark = [one for one in pages(pdf)[0].chars if one["non_stroking_color"] != (0, 0, 0) and one["size"] > BODY]
    assert "".join(one["text"] for one in mark) == issuer
    assert len({round(one["top"]) for one in mark}) == 2
    assert min(one["size"] for one in mark) > 28
    assert min(one["top"] for one in mark) * 25.4 / 72 == pytest.approx(37 + 35, abs=0.3)


def test_a_letters_head_stands_30_mm_from_the_papers_edge_and_page_one_has_no_number():
    pdf = printed()
    mark = [one for one in pages(pdf)[0].chars if one["size"] > 30]
    assert min(one["top"] for one in mark) * 25.4 / 72 == pytest.approx(30, abs=0.3)
    assert [line.text for line in lines(pdf, 14)] == []


def test_headings_are_set_in_hei_and_kai(long_lines):
    fonts = {line.text: line.font for line in long_lines if line.text in ("一、加强组织领导", "（一）明确责任分工")}
    assert fonts == {"一、加强组织领导": "FandolHei", "（一）明确责任分工": "FandolKai"}


def test_a_heading_never_ends_a_page(long_lines):
    for page in range(1, long_lines[-1].page):
        assert on_page(long_lines, page)[-1].font == "FandolFang"


def test_with_a_seal_the_date_keeps_four_characters_free_and_the_name_is_centred_over_it():
    name, day = lines(printed(signatory="石桥镇人民政府办公室"))[-2:]
    assert (name.text, day.text) == ("石桥镇人民政府办公室", "2026年11月21日")
    assert day.right == pytest.approx(184 - 4 * BODY * 25.4 / 72, abs=0.3)
    assert (name.left + name.right) / 2 == pytest.approx((day.left + day.right) / 2, abs=0.3)


def test_without_a_seal_the_name_keeps_two_and_the_date_begins_two_further_in():
    name, day = lines(printed(signatory="石桥镇人民政府党政综合办公室", sealed=False))[-2:]
    assert name.right == pytest.approx(184 - 2 * BODY * 25.4 / 72, abs=0.3)
    assert day.left - name.left == pytest.approx(2 * BODY * 25.4 / 72, abs=0.3)


def test_a_short_name_without_a_seal_gives_way_to_the_date():
    name, day = lines(printed(signatory="石桥镇", sealed=False))[-2:]
    assert day.right == pytest.approx(184 - 2 * BODY * 25.4 / 72, abs=0.3)
    assert day.left - name.left == pytest.approx(2 * BODY * 25.4 / 72, abs=0.3)


def test_attachments_hang_under_their_own_first_character():
    found = lines(printed(attachments=["报名表", "石桥镇二〇二六年第四季度效能听证会议题清单以及责任单位一览表"]))
    first = next(line for line in found if line.text.startswith("附件"))
    second = found[found.index(first) + 1]
    turned = found[found.index(first) + 2]
    assert first.text == "附件：1.报名表"
    assert first.left == pytest.approx(28 + 2 * BODY * 25.4 / 72, abs=0.5)
    name = next(one for one in second.characters if one["text"] == "石")
    assert turned.left == pytest.approx(name["x0"] * 25.4 / 72, abs=0.3)


def test_ten_attachments_and_more_keep_their_numbers_whole_and_their_names_under_one_another():
    found = lines(printed(attachments=[f"第{place}村清单" for place in range(1, 13)]))
    listed = [line for line in found if "村清单" in line.text]
    assert [line.text.removeprefix("附件：") for line in listed] == [f"{n}.第{n}村清单" for n in range(1, 13)]
    starts = [next(one["x0"] for one in line.characters if one["text"] == "第") for line in listed]
    assert max(starts) - min(starts) < 1


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        (["1.名单", "2、清单", "附件3：回执"], ["1.名单", "2.清单", "3.回执"]),
        (["附件：1.名单", "3.15活动方案"], ["1.名单", "2.3.15活动方案"]),
        (["附件一、名单"], ["名单"]),
    ],
)
def test_a_number_typed_before_an_attachments_name_is_not_printed_twice(typed, listed):
    found = [line.text for line in lines(printed(attachments=typed))]
    first = next(place for place, line in enumerate(found) if line.startswith("附件"))
    assert [found[first].removeprefix("附件："), *found[first + 1 : first + len(typed)]] == listed


def test_a_signature_longer_than_a_line_is_set_in_two_centred_over_the_date():
    office = "石桥镇农村人居环境整治提升工作领导小组办公室暨便民服务中心建设指挥部"
    *_, first, second, day = lines(printed(signatory=office))
    assert (first.text + second.text, day.text) == (office, "2026年11月21日")
    assert max(first.right, second.right) == pytest.approx(184, abs=0.3)
    middles = [(line.left + line.right) / 2 for line in (first, second, day)]
    assert middles == pytest.approx([middles[0]] * 3, abs=0.3)


def test_the_colophons_last_rule_lies_on_the_lower_edge_of_the_text_area():
    pdf = printed(copies="县委办公室，县政府办公室", printed_by="石桥镇党政办", printed_on=date(2026, 11, 22))
    edges = [(rect["bottom"] * 25.4 / 72, rect["x0"] * 25.4 / 72) for rect in pages(pdf)[-1].rects]
    assert max(bottom for bottom, left in edges if left == pytest.approx(28, abs=0.1)) == pytest.approx(262, abs=0.2)
    colophon = [line.text for line in lines(pdf, 14)]
    assert colophon == ["抄送：县委办公室，县政府办公室。", "石桥镇党政办2026年11月22日印发"]


def test_an_attachment_list_signature_and_recipients_left_out_leave_nothing_behind():
    whole = text(printed(issuer="", signatory="", day=None))
    assert whole.startswith("关于召开效能听证会的通知")
    assert "附件" not in whole
    assert "：" not in whole.split("打印日期")[0]


def test_rows_are_never_cut_and_the_tables_head_comes_back():
    rows = "".join(f"<tr><td>第{number}村</td><td>{'道路养护经费' * 8}</td></tr>" for number in range(60))
    pdf = printed(body_html=f"<table><thead><tr><th>村名</th><th>事项</th></tr></thead><tbody>{rows}</tbody></table>")
    found = pages(pdf)
    assert len(found) > 2
    for page in found:
        words = "".join(one["text"] for one in page.chars if abs(one["size"] - 12) < 0.01)
        assert words.count("村名") == 1
        assert words.count("道路养护经费") % 8 == 0


def test_a_document_printed_again_without_its_head_keeps_its_number_under_the_title():
    found = lines(printed(issuer="", number="石政发〔2026〕17号"))
    assert found[0].text == "石政发〔2026〕17号"
    assert (found[0].left + found[0].right) / 2 == pytest.approx(106, abs=0.5)


def test_a_document_of_one_page_keeps_the_same_area_and_page_number():
    pdf = printed(
        body_html=f"<p>{TWO_LINES * 2}</p>",
        number="石政发〔2026〕17号",
        issuer="石桥镇人民政府文件",
        recipients="各村民委员会",
    )
    found = lines(pdf)
    assert len(pages(pdf)) == 1
    assert min(line.left for line in found) == pytest.approx(28, abs=0.2)
    assert max(line.right for line in found) == pytest.approx(184, abs=0.2)
    (number,) = lines(pdf, 14)
    assert (number.text, number.right) == ("— 1 —", pytest.approx(184 - 14 * 25.4 / 72, abs=0.5))


def test_a_title_of_200_characters_is_set_smaller_and_stays_with_its_head_and_text():
    title = ("关于进一步加强和改进农村集体资金资产资源管理切实维护群众合法权益" * 7)[:200]
    pdf = printed(title=title, number="石政发〔2026〕17号", issuer="石桥镇人民政府文件")
    found = lines(pdf, 18)
    assert "".join(line.text for line in found) == title
    assert {line.page for line in found} == {1}
    assert max(line.right for line in found) <= 184.2
    assert "定于本月召开效能听证会" in "".join(one["text"] for one in pages(pdf)[0].chars)


@pytest.mark.parametrize("size", [22, 16])
def test_a_word_longer_than_a_line_is_broken_rather_than_run_off_the_paper(size):
    word = "A" * 150
    found = lines(printed(title=word) if size == 22 else printed(body_html=f"<p>{word}</p>"), size)
    assert sum(line.text.count("A") for line in found) == 150
    assert max(line.right for line in found) <= 184.5


def test_a_row_taller_than_a_page_is_cut_and_nothing_of_it_is_lost():
    rows = f"<tr><td>柳岸村</td><td>{TWO_LINES * 60}</td></tr><tr><td>石桥村</td><td>短</td></tr>"
    pdf = printed(body_html=f"<table><thead><tr><th>村名</th><th>事项</th></tr></thead><tbody>{rows}</tbody></table>")
    words = "".join(one["text"] for page in pages(pdf) for one in page.chars if abs(one["size"] - 12) < 0.01)
    assert words.replace("村名事项", "").count("推诿扯皮") == 60
    assert words.endswith("石桥村短")


def test_empty_sections_and_an_empty_document_are_printed_as_they_are():
    whole = text(printed(body_html="<h2>一、</h2><p> </p><h2></h2><h3>（一）目标</h3>"))
    assert "一、（一）目标石桥镇人民政府" in whole
    assert text(printed(body_html="")).startswith("石桥镇人民政府关于召开效能听证会的通知石桥镇人民政府2026")
