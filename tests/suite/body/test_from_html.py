from suite.body.from_html import blocks_from_html, blocks_from_markdown


def test_markdown_keeps_headings_lists_and_tables_in_order():
    text = "# 通知\n\n说明文字。\n\n| 村 | 户数 |\n|---|---|\n| 柳湾村 | 312 |\n\n- 身份证\n- 户口簿\n"
    assert blocks_from_markdown(text, "通知") == [
        {"type": "paragraph", "value": "<p>说明文字。</p>"},
        {
            "type": "table",
            "value": {
                "data": [["村", "户数"], ["柳湾村", "312"]],
                "first_row_is_table_header": True,
                "first_col_is_header": False,
                "table_header_choice": "row",
            },
        },
        {"type": "paragraph", "value": "<ul><li>身份证</li><li>户口簿</li></ul>"},
    ]


def test_scripts_and_their_links_do_not_get_through():
    link = '<a href="javascript:alert(1)">这里</a>'
    html = f'<p onclick="x()">看{link}<script>alert(1)</script></p><iframe src="x"></iframe>'
    assert blocks_from_html(html) == [{"type": "paragraph", "value": "<p>看这里</p>"}]


def test_rows_of_unequal_length_are_filled_up():
    html = "<table><tr><td>一</td><td>二</td></tr><tr><td>三</td></tr></table>"
    assert blocks_from_html(html)[0]["value"]["data"] == [["一", "二"], ["三", ""]]


def test_pictures_of_markdown_become_figures_where_somebody_says_which_picture_it_is():
    text = "先看图：\n\n![办公桌](pictures/desk.png)\n\n![别处的](https://example.com/a.png)\n\n再做。\n"
    assert blocks_from_markdown(text, pictures={"pictures/desk.png": 7}) == [
        {"type": "paragraph", "value": "<p>先看图：</p>"},
        {"type": "figure", "value": {"image": 7, "alt": "办公桌", "caption": ""}},
        {"type": "paragraph", "value": "<p>再做。</p>"},
    ]
    assert [block["type"] for block in blocks_from_markdown(text)] == ["paragraph"]
