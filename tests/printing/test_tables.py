import re

import pytest
from bs4 import BeautifulSoup

from printing.domain.tables import set_column_widths


def prepared(html):
    soup = BeautifulSoup(html, "html.parser")
    set_column_widths(soup.table)
    return soup


def widths(soup):
    return [float(re.search(r"([\d.]+)%", col["style"])[1]) for col in soup.find_all("col")]


LONG = "完成路面修补和标线施划，做好雨季排水，并报镇农业农村服务中心备案，逾期不报的通报批评"


def test_a_column_of_names_keeps_its_names_whole_beside_long_text():
    soup = prepared(f"<table><tr><th>负责人</th><th>任务</th></tr><tr><td>王建国</td><td>{LONG}</td></tr></table>")
    assert [cell.get_text() for cell in soup.select(".short")] == ["负责人", "任务", "王建国"]
    names, tasks = widths(soup)
    assert names < tasks
    assert names * 36.8 / 100 >= 3 + 1


def test_widths_add_up_to_the_whole_table():
    soup = prepared(f"<table><tr>{f'<td>{LONG}</td>' * 9}<td>甲</td></tr></table>")
    assert len(widths(soup)) == 10
    assert sum(widths(soup)) == pytest.approx(100, abs=0.1)


def test_many_short_columns_share_the_page_and_may_break():
    soup = prepared(f"<table><tr>{'<td>石桥镇上河村</td>' * 12}</tr></table>")
    assert soup.select(".short") == []
    assert widths(soup) == pytest.approx([100 / 12] * 12, abs=0.02)


def test_cells_over_several_rows_or_columns_do_not_shift_the_others():
    soup = prepared(
        f'<table><tr><td rowspan="2">甲</td><td colspan="2">乙</td></tr><tr><td>丙丁</td><td>{LONG}</td></tr></table>'
    )
    first, second, third = widths(soup)
    assert first < second < third


def test_a_row_of_more_than_a_few_lines_may_be_cut():
    soup = prepared(f"<table><tr><td>{LONG * 20}</td></tr><tr><td>{LONG}</td></tr></table>")
    assert [row.get("class") for row in soup.find_all("tr")] == ["tall", None]


def test_the_columns_stand_after_the_caption_and_replace_old_ones():
    soup = prepared("<table><caption>表1</caption><colgroup><col><col></colgroup><tr><td>甲</td></tr></table>")
    assert [child.name for child in soup.table.children] == ["caption", "colgroup", "tr"]
    assert len(soup.find_all("col")) == 1


def test_a_table_without_rows_is_left_alone():
    assert str(prepared("<table></table>")) == "<table></table>"
