"""A sheet holds data and nothing that runs."""

import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from suite.registers.sheets import write_sheet


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
