import re

from suite.body.blocks import BodyBlock


def test_a_table_keeps_its_head_and_its_cells():
    block = BodyBlock()
    value = block.to_python(
        [{"type": "table", "value": {"data": [["村", "户数"], ["柳湾村", "312"]], "first_row_is_table_header": True}}]
    )
    html = block.render(value)
    assert re.findall(r"<(th|td)\b[^>]*>\s*([^<]*?)\s*</", html) == [
        ("th", "村"),
        ("th", "户数"),
        ("td", "柳湾村"),
        ("td", "312"),
    ]


def test_script_in_a_cell_is_shown_as_text():
    block = BodyBlock()
    value = block.to_python([{"type": "table", "value": {"data": [["<script>alert(1)</script>"]]}}])
    assert "<script>" not in block.render(value)
