"""A month as a workbook: every commitment and promise, the analysis, and no formula."""

import datetime
import io

import openpyxl
import pytest

from commitments.domain.book import month_book
from commitments.models import Promise
from suite.registers.sheets import write_book
from tests.commitments import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def november():
    return record.month()


def opened(month):
    output = io.BytesIO()
    write_book(output, month_book(month))
    return openpyxl.load_workbook(output)


def rows(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def test_commitments_and_promises_with_their_outcomes(november):
    where, leader = record.unit("党政办公室"), record.person("顾明远", "leader")
    one = record.commitment(
        november, record.person("陈立"), where, "ended", rows=1, late=True, approved_by=leader.user, outcome="partly"
    )
    row = one.promises.get()
    record.verified(row, leader.user, agrees=False, remark="只完成一半")
    record.amended(row, goal="完成9户")
    Promise.objects.update(claimed="fulfilled", result="修了三公里", outcome_remark="按核实认定")
    record.commitment(november, record.person("何丽"), where, "released", release_reason="产假")
    book = opened(november)
    assert book.sheetnames == ["月承诺", "承诺事项", "总览", "按单位", "按工作类别", "近十二个月"]
    assert rows(book["月承诺"]) == [
        [
            *(
                "党政办公室",
                "陈立",
                "党政办公室干事",
                "已认定",
                "2026-11-03 10:00",
                "是",
                "网上填写",
                "2026-11-05 10:00",
            ),
            *("顾明远", None, "部分完成", "2026-11-30 10:00", None),
        ],
        ["党政办公室", "何丽", "党政办公室干事", "免填", *[None] * 8, "产假"],
    ]
    [found] = rows(book["承诺事项"])
    assert found.pop(7).date() == datetime.date(2026, 11, 20)
    assert found == [
        *("党政办公室", "陈立", 1, None, "重点工作1", "措施1", "完成9户", "连续降雨", "已完成", "修了三公里"),
        *("实地走访", "否", "只完成一半", "部分完成", "按核实认定"),
    ]
    assert rows(book["按单位"])[-1] == ["合计", 1, 0, 1, 0, 1, 1, 0, 1, 0, 0]


def test_no_text_becomes_a_formula(november):
    where = record.unit('=HYPERLINK("http://x")')
    record.commitment(november, record.person("@陈立"), where, rows=1)
    Promise.objects.update(work="=1+1", measures="+86", goal="-完成", result="\t=cmd|' /C calc'!A0")
    book = opened(november)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    guarded = {cell.value for cell in cells if cell.quotePrefix}
    assert {'=HYPERLINK("http://x")', "@陈立", "=1+1", "+86", "-完成"} <= guarded


def test_ten_times_the_people_cost_no_more_questions(november, django_assert_max_num_queries):
    where = record.unit("党政办公室")
    for number in range(20):
        record.amended(record.commitment(november, record.person(f"干部{number}"), where).promises.first(), goal="少")
    with django_assert_max_num_queries(9):
        month_book(november)
