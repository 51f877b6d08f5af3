import io
import re
from datetime import date

import pytest
from pypdf import PdfReader

from printing import Mark
from printing.domain.booklets import Part, booklet_sheet
from printing.domain.rendering import PrintingUnavailable, render_pdf
from tests.printing.paper import MM, lines, pages

MARK = Mark(2, date(2026, 11, 20), "https://shiqiao.example.cn/z/7K3M9")
SENTENCE = "各村（社区）应当在2026年11月21日前，把办理依据、所需材料、承诺时限和收费标准在便民服务点公开。"
LONG_TITLE = "石桥镇人民政府关于进一步规范村级便民服务点工作时间、人员值守和服务事项公开有关工作的实施意见"


def part(title, paragraphs=3, subtitle=""):
    text = "".join(f"<p>{SENTENCE * 4}</p>" for _number in range(paragraphs))
    return Part(title, f"<h2>一、总则</h2><h3>（一）目的</h3>{text}", subtitle)


PARTS = [
    part("临时救助办法", 12, "石政发〔2026〕9号"),
    part(LONG_TITLE, 2),
    part("䶮村公约", 15),
    part("首问负责制", 1),
]


def book(parts=PARTS, **changes):
    given = {"title": "石桥镇便民服务制度汇编", "issuer": "石桥镇人民政府", "day": date(2026, 11, 20)}
    return booklet_sheet(parts=parts, **{**given, **changes})


@pytest.fixture(scope="module")
def printed():
    return render_pdf(book(), MARK)


def words(page):
    return "".join(one["text"] for one in page.chars)


def contents(page):
    """(title, page) of every entry of the contents page, in order."""
    body = words(page).split("目录", 1)[1]
    entries = re.findall(r"(.+?)[.\s]{3,}(\d+)", body)
    return [(title.strip(), int(number)) for title, number in entries]


@pytest.mark.pdf
def test_each_part_begins_on_the_page_that_the_contents_name(printed):
    found = pages(printed)
    listed = contents(found[1])
    assert [title for title, _number in listed] == [part.title for part in PARTS]
    for title, number in listed:
        top = "".join(line.text for line in lines(printed, 20) if line.page == number)
        assert top == title


@pytest.mark.pdf
def test_the_number_printed_on_a_page_is_its_place_and_stands_outside(printed):
    for number, page in enumerate(pages(printed)[1:], 2):
        run = [one for one in page.chars if one["top"] * MM > 270 and abs(one["size"] - 12) < 0.01]
        assert "".join(one["text"] for one in run) == f"— {number} —"
        outside = run[-1]["x1"] * MM if number % 2 else run[0]["x0"] * MM
        assert outside == pytest.approx(210 - 25.97 if number % 2 else 25.97, abs=0.5)


@pytest.mark.pdf
def test_the_bookmarks_are_nested_and_lead_to_the_same_pages(printed):
    reader = PdfReader(io.BytesIO(printed))
    listed = contents(pages(printed)[1])
    entries, below = [], []
    for entry in reader.outline:
        (below if isinstance(entry, list) else entries).append(entry)
    assert [(one.title, reader.get_destination_page_number(one) + 1) for one in entries] == [("目录", 2), *listed]
    assert [[one.title for one in chapter if not isinstance(one, list)] for chapter in below] == [["一、总则"]] * 4
    assert [one.title for one in below[0][1]] == ["（一）目的"]


@pytest.mark.pdf
def test_heads_name_the_booklet_and_the_part_but_not_over_a_parts_own_title(printed):
    found = pages(printed)
    starts = {number for _title, number in contents(found[1])}
    for number, page in enumerate(found[2:], 3):
        head = "".join(one["text"] for one in page.chars if one["bottom"] * MM < 30)
        if number % 2 == 0:
            assert head == "石桥镇便民服务制度汇编"
        elif number in starts:
            assert head == ""
        else:
            assert head in {"临时救助办法", "䶮村公约"}


@pytest.mark.pdf
def test_nothing_lies_outside_the_text_area(printed):
    for page in pages(printed)[2:]:
        text = [one for one in page.chars if abs(one["size"] - 14) < 0.01]
        assert min(one["x0"] for one in text) * MM >= 25.97 - 0.3
        assert max(one["x1"] for one in text) * MM <= 210 - 25.97 + 0.5
        assert max(one["bottom"] for one in text) * MM <= 297 - 28 + 0.5


@pytest.mark.pdf
def test_the_cover_says_what_whose_and_when_and_carries_the_version(printed):
    cover = words(pages(printed)[0])
    for wanted in ("石桥镇人民政府", "石桥镇便民服务制度汇编", "共4份文件", "2026年11月20日", "第2版", MARK.address):
        assert wanted in cover


@pytest.mark.pdf
def test_it_is_tagged_and_has_a_title(printed):
    reader = PdfReader(io.BytesIO(printed))
    assert reader.metadata.title == "石桥镇便民服务制度汇编"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in reader.trailer["/Root"]


@pytest.mark.pdf
def test_many_titles_of_200_characters_stay_on_their_contents_pages():
    title = LONG_TITLE * 5
    found = pages(render_pdf(book([part(title[:200], 1)] * 12), MARK))
    for page in found:
        assert max(one["x1"] for one in page.chars) * MM <= 210 - 20


@pytest.mark.parametrize("parts", [[], iter([])])
def test_a_booklet_without_parts_is_refused_by_name(parts):
    with pytest.raises(PrintingUnavailable) as refusal:
        book(parts, empty="请先发布公告。")
    assert refusal.value.messages == ["“石桥镇便民服务制度汇编”中还没有可打印的内容。请先发布公告。"]


@pytest.mark.pdf
def test_a_part_without_text_still_has_its_page():
    found = pages(render_pdf(book([Part("空白制度", ""), part("有内容", 1)]), MARK))
    assert contents(found[1]) == [("空白制度", 3), ("有内容", 4)]
    assert "空白制度" in words(found[2])
