import io
from datetime import date

import pdfplumber
import pytest
import segno

from printing import Mark
from printing.domain.posters import MOST_SHEETS, poster_sheet
from printing.domain.rendering import PrintingUnavailable, render_pdf
from printing.domain.wording import wording
from tests.printing.paper import MM, pages, text

SMALLEST = {"a3": 28, "a4": 20}
PAPER = {"a3": (297, 420), "a4": (210, 297)}
CODE = {"a3": 30, "a4": 24}
FOOT = {"a3": 64, "a4": 45}
MARK = Mark(2, date(2026, 11, 20), "https://shiqiao.example.cn/z/7K3M9")
SENTENCE = "柳岸村至石桥集镇公路路面改造，半幅施工，请听现场指挥，载重货车绕行石鼓村。"
both_sizes = pytest.mark.parametrize("size", ["a3", "a4"])


def poster(**changes):
    given = {
        "title": "关于柳岸村至石桥集镇公路半幅施工的公告",
        "body_html": f"<p>{SENTENCE}</p>",
        "size": "a3",
        "label": "公告",
        "issuer": "石桥镇人民政府",
        "signatory": "石桥镇人民政府",
        "day": date(2026, 11, 20),
        "unit": "经济发展服务中心",
        "phone": "0575-88120212",
        "supervision_phone": "0575-88120345",
    }
    return poster_sheet(**{**given, **changes})


def printed(**changes):
    return render_pdf(poster(**changes), MARK)


def words(page):
    return "".join(one["text"] for one in page.chars)


def sizes_of(page, wanted):
    """The type sizes in which the characters of ``wanted`` are set where they follow one another."""
    found = set()
    for start in range(len(page.chars)):
        run = page.chars[start : start + len(wanted)]
        if "".join(one["text"] for one in run) == wanted:
            found |= {round(one["size"], 2) for one in run}
    return found


def within(page):
    edges = [(one["x0"], one["x1"], one["top"], one["bottom"]) for one in (*page.chars, *page.curves, *page.rects)]
    return min(e[0] for e in edges), max(e[1] for e in edges), min(e[2] for e in edges), max(e[3] for e in edges)


@pytest.mark.pdf
@both_sizes
def test_the_paper_has_its_size_and_nothing_lies_outside_it(size):
    for page in pages(printed(size=size, body_html=f"<p>{SENTENCE * 30}</p>")):
        assert (page.width * MM, page.height * MM) == pytest.approx(PAPER[size], abs=0.2)
        left, right, top, bottom = within(page)
        assert left >= 10 / MM
        assert right <= page.width - 10 / MM
        assert top >= 5 / MM
        assert bottom <= page.height - 5 / MM


@pytest.mark.pdf
@both_sizes
def test_text_that_fills_sheets_is_never_smaller_than_the_least(size):
    table = f"<table><tr><th>路段</th><th>说明</th></tr><tr><td>老街</td><td>{SENTENCE}</td></tr></table>"
    found = pages(printed(size=size, body_html=f"<p>{SENTENCE * 30}</p>{table}<ul><li>{SENTENCE}</li></ul>"))
    assert len(found) > 1
    seen = set.union(*(sizes_of(page, "载重货车") for page in found))
    assert seen == {SMALLEST[size]}


@pytest.mark.pdf
@both_sizes
def test_a_short_text_is_set_larger_and_stays_on_one_sheet(size):
    (page,) = pages(printed(size=size))
    assert min(sizes_of(page, "半幅施工")) > SMALLEST[size] * 1.5


@pytest.mark.pdf
def test_every_sheet_of_a_long_text_says_which_it_is_and_carries_title_phones_and_version():
    found = pages(printed(body_html=f"<p>{SENTENCE * 30}</p>"))
    total = len(found)
    assert total > 2
    for number, page in enumerate(found, 1):
        whole = words(page)
        assert f"第{number}张，共{total}张" in whole
        assert "公路半幅施工的公告" in whole
        assert "0575-88120212" in whole
        assert "经济发展服务中心" in whole
        assert "监督电话　0575-88120345" in whole
        assert "2026年11月20日第2版" in whole


@pytest.mark.pdf
def test_a_single_sheet_is_not_numbered():
    (page,) = pages(printed())
    assert "张，共" not in words(page)


@pytest.mark.pdf
@both_sizes
def test_the_code_on_every_sheet_is_large_and_is_the_papers_address(size):
    pdf = printed(size=size, body_html=f"<p>{SENTENCE * 30}</p>")
    expected = [[bool(module) for module in row] for row in segno.make(MARK.address, error="m", micro=False).matrix]
    dots = 300 / 25.4
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            foot = page.to_image(resolution=300).original.convert("L")
            foot = foot.crop((0, foot.height - round(FOOT[size] * dots), round(70 * dots), foot.height))
            # Below the rule, the code is what stands furthest to the left; three of its corners are dark.
            left = next(x for x in range(foot.width) if any(foot.getpixel((x, y)) < 128 for y in range(foot.height)))
            column = [y for y in range(foot.height) if foot.getpixel((left + 2, y)) < 128]
            top, bottom = min(column), max(column)
            side = bottom - top + 1
            assert side / dots >= CODE[size]
            module = side / len(expected)
            places = [(place + 0.5) * module for place in range(len(expected))]
            seen = [[foot.getpixel((int(left + x), int(top + y))) < 128 for x in places] for y in places]
            assert seen == expected


@pytest.mark.pdf
def test_the_most_important_facts_stand_before_the_text():
    whole = text(printed(facts=[("时间", "11月23日8时至17时"), ("地点", "石桥集镇")]))
    assert whole.index("时间") < whole.index("地点") < whole.index("柳岸村至石桥集镇公路路面")


@pytest.mark.pdf
@both_sizes
def test_a_title_of_200_characters_keeps_to_the_sheet(size):
    title = "关于石桥镇农村公路养护和村道硬化工程施工期间交通管制的公告" * 7
    found = pages(printed(size=size, title=title[:200]))
    assert title[:200] in words(found[0]).replace("\n", "")
    _left, right, _top, bottom = within(found[0])
    assert right <= found[0].width - 15 / MM
    assert bottom <= found[0].height - 5 / MM


@pytest.mark.pdf
def test_what_is_not_known_leaves_nothing_behind():
    whole = text(render_pdf(poster_sheet(title="停水", body_html="<p>明日停水。</p>", size="a4")))
    assert whole.startswith("停水明日停水。") or "停水明日停水。" in whole
    for word in ("电话", "公告", "扫码", "附件", "None"):
        assert word not in whole


@pytest.mark.pdf
def test_files_that_do_not_hang_beside_it_are_named():
    assert "附件（未随本件张贴）：线路图、时间表（可扫码查看）" in text(printed(attachments=["线路图", "", "时间表"]))


@pytest.mark.pdf
def test_a_table_goes_on_on_the_next_sheet_with_its_head():
    rows = "".join(f"<tr><td>第{number}组</td><td>停水</td></tr>" for number in range(30))
    found = pages(printed(body_html=f"<table><thead><tr><th>组别</th><th>情况</th></tr></thead>{rows}</table>"))
    assert len(found) > 1
    assert [words(page).count("组别") for page in found] == [1] * len(found)


def test_a_text_too_long_for_any_board_is_refused_by_name_with_a_way_out():
    rows = "".join(f"<tr><td>第{number}户</td><td>{SENTENCE}</td></tr>" for number in range(300))
    with pytest.raises(PrintingUnavailable) as refusal:
        poster(title="各户补贴公示", body_html=f"<table>{rows}</table>")
    (message,) = refusal.value.messages
    assert message.startswith("《各户补贴公示》印成A3海报约需")
    assert f"能贴的{MOST_SHEETS}张" in message
    assert "请按公文打印" in message


@pytest.mark.pdf
def test_the_estimate_of_sheets_is_not_far_from_the_truth():
    rows = "".join(f"<tr><td>第{number}户</td><td>{SENTENCE}</td></tr>" for number in range(55))
    assert MOST_SHEETS / 2 <= len(pages(printed(body_html=f"<table>{rows}</table>"))) <= MOST_SHEETS * 1.5


def test_both_sizes_say_the_same_and_so_are_the_same_version():
    long = f"<p>{SENTENCE * 30}</p>"
    assert wording(poster(size="a3", body_html=long)) == wording(poster(size="a4", body_html=long))


@pytest.mark.pdf
def test_a_poster_that_has_ended_says_so_at_its_head():
    (page,) = pages(printed(ended="有效期至2026年11月1日。"))
    assert "已失效：有效期至2026年11月1日。" in words(page)
    assert sizes_of(page, "已失效：") == {28}
