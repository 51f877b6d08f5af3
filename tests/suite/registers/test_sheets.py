"""A sheet holds data and nothing that runs."""

import datetime
import enum
from io import BytesIO

import pytest
from openpyxl import load_workbook

from suite.registers.sheets import write_book, write_sheet


def sheet(rows, headings=("甲", "乙"), title="单位"):
    output = BytesIO()
    write_sheet(output, title, list(headings), rows)
    return load_workbook(BytesIO(output.getvalue())).active


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_text_that_looks_like_a_formula_stays_text(text):
    cell = sheet([[text, ""]])["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert str(cell.value).strip() == text.strip()


def test_ordinary_text_has_no_quote_prefix():
    assert sheet([["上塘村", "8812-0101"]])["A2"].quotePrefix is False


def test_numbers_and_dates_stay_numbers_and_dates():
    moment = datetime.datetime(2026, 11, 21, 1, 30, tzinfo=datetime.UTC)
    [_, row] = sheet([[3, datetime.date(2026, 11, 21), moment, None]], "甲乙丙丁").iter_rows()
    assert [str(cell.value) for cell in row] == ["3", "2026-11-21 00:00:00", "2026-11-21 09:30:00", "None"]
    assert [cell.data_type for cell in row] == ["n", "d", "d", "n"]
    assert [cell.number_format for cell in row[1:3]] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm"]


def test_control_characters_and_a_long_title_do_no_harm():
    made = sheet([["甲\x00乙", ""]], title="很长的名称/" * 10)
    assert (made["A2"].value, len(made.title), "/" in made.title) == ("甲乙", 31, False)


def test_the_first_row_stays_in_sight():
    assert sheet([]).freeze_panes == "A2"


def test_the_first_row_is_bold_and_the_others_are_not():
    made = sheet([["上塘村", 1]])
    assert [made[place].font.bold for place in ("A1", "B1", "A2", "B2")] == [True, True, False, False]


def test_columns_are_as_wide_as_what_stands_in_them_up_to_a_limit():
    made = sheet([["一二三", "x" * 90]])
    assert [int(made.column_dimensions[letter].width) for letter in "AB"] == [8, 60]


def test_signs_of_the_format_blanks_and_lines_stay_as_they_are():
    texts = ['<&>"', " 甲 乙 ", "一\n二", "]]>", "上塘村", "上塘村"]
    assert [row[0].value for row in sheet([[text] for text in texts], ["甲"]).iter_rows(min_row=2)] == texts


class Level(enum.IntEnum):
    SURE = 2


def test_numbers_of_every_kind_stay_numbers():
    values = [True, False, -3, 2.5, 1e21, 0.25, Level.SURE, 10**15]
    row = next(sheet([values], list("甲乙丙丁戊己庚辛")).iter_rows(min_row=2))
    assert [cell.value for cell in row] == [True, False, -3, 2.5, 1e21, 0.25, 2, 10**15]
    assert [cell.data_type for cell in row] == ["b", "b", *"nnnnnn"]
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="no number"):
            sheet([[value]])


def test_a_time_of_the_day_stays_one():
    cell = sheet([[datetime.time(9, 30)]])["A2"]
    assert (cell.value, cell.number_format) == (datetime.time(9, 30), "h:mm:ss")


def test_nothing_stays_empty_and_longer_or_shorter_rows_are_kept():
    made = sheet([[None, ""], ["甲"], [], ["甲", "乙", "丙"]])
    rows = [[cell.value for cell in row] for row in made.iter_rows(min_row=2)]
    assert rows == [[None, None, None], ["甲", None, None], [None, None, None], ["甲", "乙", "丙"]]


def test_a_book_has_its_sheets_in_order_each_under_a_name_of_its_own():
    output = BytesIO()
    write_book(output, [("单位", ["甲"], [["一"]]), ("单位", ["甲"], [["二"]]), ("<人&员>", ["乙"], [])])
    book = load_workbook(BytesIO(output.getvalue()))
    assert book.sheetnames == ["单位", "单位1", "<人&员>"]
    assert [book[name]["A2"].value for name in book.sheetnames[:2]] == ["一", "二"]
    with pytest.raises(ValueError, match="at least one"):
        write_book(BytesIO(), [])
