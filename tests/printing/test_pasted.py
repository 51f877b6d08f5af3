"""Rows out of a spreadsheet: pasted, or an XLSX file."""

import io
import zipfile
from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from printing.domain.pasted import LARGEST_FILE, as_pasted, pasted_rows, xlsx_rows


def xlsx(*rows, formats=None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for place, number_format in (formats or {}).items():
        book.active[place].number_format = number_format
    output = io.BytesIO()
    book.save(output)
    return output


def test_cells_between_tabs_become_rows_without_the_empty_edges():
    assert pasted_rows("姓名\t村\t\n\n王建国\t 上河村 \t\n\t\t\n") == [["姓名", "村"], ["王建国", "上河村"]]


def test_a_cell_in_quotes_keeps_its_line_ends_and_a_lone_quote_is_text():
    assert pasted_rows('甲\t"第一行\n第二行"\r\n') == [["甲", "第一行\n第二行"]]
    assert pasted_rows('甲\t"乙\n丙\t丁') == [["甲", '"乙'], ["丙", "丁"]]


def test_what_is_shown_again_reads_as_it_did():
    rows = [["甲", "第一行\n第二行"], ['带"引号"', ""], ["\x00=1+1", "x"]]
    assert pasted_rows(as_pasted(rows)) == [["甲", "第一行\n第二行"], ['带"引号"', ""], ["=1+1", "x"]]


def test_an_xlsx_file_gives_its_values_as_the_spreadsheet_shows_them():
    file = xlsx(
        ["日期", "金额", "比例", "数量", "在岗", "备注"],
        [datetime.fromisoformat("2026-11-21"), 1234.5, 0.256, 3, True, "甲"],
        [datetime.fromisoformat("2026-11-21 09:30"), 0.1 + 0.2, None, 12.0, False, None],
        formats={"B2": "#,##0.00", "C2": "0.0%"},
    )
    assert xlsx_rows(file) == [
        ["日期", "金额", "比例", "数量", "在岗", "备注"],
        ["2026-11-21", "1,234.50", "25.6%", "3", "是", "甲"],
        ["2026-11-21 09:30", "0.3", "", "12", "否"],
    ]


def test_a_formula_is_never_computed_and_without_its_saved_result_refused():
    with pytest.raises(ValidationError) as refusal:
        xlsx_rows(xlsx(["甲", "合计"], [1, "=A2*2"]))
    assert refusal.value.code == "formula"
    assert "B2" in refusal.value.messages[0]


def test_what_is_no_xlsx_file_is_refused():
    broken = xlsx(["甲"]).getvalue()[:300]
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "x")
    for content in (b"", b"%PDF-1.7", broken, other.getvalue()):
        with pytest.raises(ValidationError):
            xlsx_rows(io.BytesIO(content))


def test_a_file_that_is_large_or_unpacks_to_much_is_refused():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    assert len(bomb.getvalue()) < LARGEST_FILE
    for file in (bomb, io.BytesIO(b"0" * (LARGEST_FILE + 1))):
        with pytest.raises(ValidationError) as refusal:
            xlsx_rows(file)
        assert refusal.value.code == "too_large"
