"""Table sheets, measured on the PDF: the head on every page, no row cut, nothing outside the page."""

import time

import pytest
from django.core.exceptions import ValidationError

from printing.domain.rendering import render_pdf
from printing.domain.tablesheets import MOST_ROWS, table_sheet
from tests.printing.paper import MM, pages, text

COLUMNS = ["序号", "姓名", "所在村", "办理事项", "金额（元）"]
TASK = "完成路面修补和标线施划，做好雨季排水，并报镇农业农村服务中心备案。"


def rows(count, task=TASK):
    return [
        [f"{n}", f"村民{n:03d}", f"上河村{n}组", f"甲{n:03d}{task}乙{n:03d}", f"{n * 1.5:.2f}"]
        for n in range(1, count + 1)
    ]


def words(page):
    return "".join(one["text"] for one in page.chars)


def sheet(**changes):
    return table_sheet(**{"title": "整改任务清单", "columns": COLUMNS, "rows": rows(3), **changes})


def paper(**changes):
    return render_pdf(sheet(**changes))


def size(page):
    return round(page.width * MM), round(page.height * MM)


@pytest.fixture(scope="module")
def long_pages():
    return pages(paper(rows=rows(300), totals=["合计", "", "", "", "67,725.00"], signatures=["制表人", "审核人"]))


@pytest.mark.pdf
def test_the_head_stands_on_every_page(long_pages):
    assert len(long_pages) > 10
    assert [words(page).count("".join(COLUMNS)) for page in long_pages] == [1] * len(long_pages)


@pytest.mark.pdf
def test_every_row_lies_on_one_page_and_none_is_lost(long_pages):
    seen = []
    for page in long_pages:
        shown = words(page)
        for number in range(1, 301):
            parts = [f"村民{number:03d}", f"甲{number:03d}", f"乙{number:03d}", f"上河村{number}组"]
            found = [part in shown for part in parts]
            assert all(found) or not any(found), (number, page.page_number)
            seen += [number] * all(found)
    assert seen == [*range(1, 301)]


@pytest.mark.pdf
def test_nothing_stands_outside_the_page(long_pages):
    for page in long_pages:
        inside = (page.height - 12 / MM, page.width - 15 / MM)
        assert min(one["x0"] for one in page.chars) >= 15 / MM
        assert max(one["x1"] for one in page.chars) <= inside[1]
        assert min(one["top"] for one in page.chars) >= 15 / MM
        assert max(one["bottom"] for one in page.chars) <= page.height - 5 / MM


@pytest.mark.pdf
def test_pages_are_counted_and_continued_ones_say_whose_they_are(long_pages):
    count = len(long_pages)
    assert [f"第 {n} 页　共 {count} 页" in words(page) for n, page in enumerate(long_pages, 1)] == [True] * count
    assert ["整改任务清单（续）" in words(page) for page in long_pages] == [False] + [True] * (count - 1)


@pytest.mark.pdf
def test_the_total_and_the_signatures_stay_with_the_last_row(long_pages):
    last = words(long_pages[-1])
    assert ["村民300" in last, "67,725.00" in last, "制表人" in last] == [True, True, True]


@pytest.mark.pdf
def test_300_rows_are_set_in_less_than_5_seconds_of_one_processor():
    paper()
    begun = time.process_time()
    paper(rows=rows(300))
    assert time.process_time() - begun < 5


@pytest.mark.pdf
def test_numbers_stand_to_the_right_on_one_edge():
    page = pages(paper(rows=[["1", "甲", "乙", TASK, "8.00"], ["2", "甲", "乙", TASK, "12,345.00"]]))[0]
    ends = {}
    for one in page.chars:
        ends[round(one["matrix"][5])] = max(ends.get(round(one["matrix"][5]), 0), one["x1"])
    figures = [
        right
        for base, right in ends.items()
        if any(round(one["matrix"][5]) == base and one["text"] == "," for one in page.chars)
    ]
    eights = [one["x1"] for one in page.chars if one["text"] == "0"]
    assert len(figures) == 1
    assert sum(abs(right - figures[0]) < 0.01 for right in eights) == 2


def test_a_column_of_numbers_is_told_from_telephones_and_running_numbers():
    given = [["1", "0575-86012345", "12.50", "007", "1,200"], ["2", "0575-86012346", "—", "008", "-3%"]]
    made = table_sheet(title="表", columns=["序号", "电话", "金额", "编号", "数量"], rows=given)
    assert [cell.style for cell in made.context["rows"][0].cells] == ["short", "short", "number", "short", "number"]


@pytest.mark.pdf
def test_a_row_taller_than_a_page_is_cut_and_the_next_pages_name_it():
    made = pages(
        paper(rows=[["1", "甲", "乙", TASK, "1"], ["2", "丙", "丁", TASK * 120, "2"], ["3", "戊", "己", TASK, "3"]])
    )
    assert len(made) > 2
    cut = [not words(page).startswith("".join(COLUMNS) + "3") for page in made[1:]]
    assert cut == [True] * (len(made) - 2) + [False]
    assert ["（续）序号 2" in words(page) for page in made] == [False, *cut]
    assert [words(page).count("".join(COLUMNS)) for page in made] == [1] * len(made)
    assert "".join(words(page) for page in made).count("修") == 122


@pytest.mark.pdf
def test_a_page_that_begins_with_a_new_row_names_none():
    made = pages(paper(rows=[["1", "甲", "乙", TASK * 60, "1"], *rows(60)]))
    assert "（续）序号" in words(made[1])
    assert "（续）序号" not in words(made[-1])


@pytest.mark.parametrize(
    ("columns", "paper_size"),
    [
        (["姓名", "村", "事项"], (210, 297)),
        (["姓名和身份说明文字"] * 8, (297, 210)),
        (["姓名和身份说明文字"] * 12, (420, 297)),
    ],
)
@pytest.mark.pdf
def test_the_paper_is_chosen_by_the_tables_width(columns, paper_size):
    made = pages(paper(columns=columns, rows=[["群众来信来访办理"] * len(columns)]))
    assert [size(page) for page in made] == [paper_size]


@pytest.mark.pdf
def test_the_paper_can_be_asked_for():
    assert size(pages(paper(landscape=True))[0]) == (297, 210)
    assert size(pages(paper(size="a3"))[0]) == (420, 297)


@pytest.mark.pdf
def test_rows_to_write_in_are_at_least_10_mm_high_and_numbered():
    made = pages(paper(columns=["序号", "姓名", "签名"], rows=[], blank_rows=30))
    tops = [one["top"] * MM for page in made for one in page.chars if one["text"] == "5" and one["size"] == 12]
    next_tops = [one["top"] * MM for page in made for one in page.chars if one["text"] == "6" and one["size"] == 12]
    assert next_tops[0] - tops[0] >= 10
    assert all(str(number) in "".join(map(words, made)) for number in range(1, 31))


@pytest.mark.pdf
def test_a_column_left_empty_to_sign_in_makes_every_row_10_mm_high():
    page = pages(paper(columns=["姓名", "签名"], rows=[["甲某某", ""], ["乙某某", ""]]))[0]
    tops = {one["text"]: one["top"] * MM for one in page.chars}
    assert tops["乙"] - tops["甲"] >= 10


@pytest.mark.pdf
def test_signatures_leave_10_mm_to_write():
    page = pages(paper(signatures=["制表人", "审核人", "负责人"]))[0]
    name = next(one for one in page.chars if one["text"] == "制")
    row = max(one["bottom"] for one in page.chars if one["size"] == 12 and one["bottom"] < name["top"])
    assert (name["bottom"] - row) * MM >= 10


@pytest.mark.pdf
def test_a_heading_may_stand_across_and_never_ends_a_page():
    given = [line for n in range(40) for line in (f"第{n}片", [f"{n}", "甲", "乙", TASK, ""])]
    for page in pages(paper(rows=given)):
        shown = words(page)
        assert shown.count("片") == shown.count("标线施划")


@pytest.mark.pdf
def test_two_short_lines_in_one_cell_stand_one_under_the_other():
    [page] = pages(paper(columns=["村", "姓名", "电话"], rows=[["云岭村", "蓝青云\n蓝水根", "8812 0607\n8812 0608"]]))
    above, below = (next(one for one in page.chars if one["text"] == middle) for middle in "青水")
    assert below["x0"] == pytest.approx(above["x0"], abs=1)
    assert below["top"] > above["bottom"]


@pytest.mark.pdf
def test_control_characters_and_line_ends_in_cells_do_no_harm():
    shown = text(
        paper(title="清\x00单\x0b", columns=["甲\n乙", "丙"], rows=[["一\r\n二\x0c\x1f", "三\ufeff"], [None, 4]])
    )
    assert shown.startswith("清单甲 乙丙一二三4")


@pytest.mark.pdf
def test_a_title_of_200_characters_is_broken_and_whole():
    title = "关于进一步做好全镇便民服务工作的" * 13
    shown = pages(paper(title=title[:200]))[0]
    set_title = "".join(one["text"] for one in shown.chars if abs(one["size"] - 22) < 0.1)
    assert set_title == title[:200]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"columns": []}, "no columns"),
        ({"rows": []}, "no rows"),
        ({"rows": [["1"]] * (MOST_ROWS + 1)}, f"{MOST_ROWS + 1} rows"),
        ({"rows": [["1"] * 6]}, "Row 1 has 6 cells, the head has 5"),
        ({"columns": ["电话"] * 40, "rows": [["0575-86012345"] * 40]}, "40 columns"),
        ({"columns": ["电话"] * 20, "rows": [["0575-86012345"] * 20], "size": "a4", "landscape": False}, "20 columns"),
    ],
)
def test_what_cannot_be_a_good_table_is_refused_with_what_to_do(changes, message):
    from django.utils.translation import override

    with override("en"), pytest.raises(ValidationError, match=message):
        sheet(**changes)
