"""The words of running text are the same as Wagtail's own, only sooner."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail import blocks
from wagtail.rich_text import get_text_for_indexing

from suite.body.blocks import BodyBlock
from suite.body.plain import plain

PIECES = [
    "<p>",
    "</p>",
    "<h2>",
    "</H2>",
    "<ul><li>",
    "</li>",
    "<br/>",
    "<br />",
    "<hr/>",
    "<b>",
    "</b>",
    '<a linktype="page" id="3">',
    '<a href="http://x.cn/?a=1&amp;b=2">',
    "</a>",
    "<blockquote>",
    "</blockquote>",
    "宅基地",
    "&lt;p&gt;",
    "&amp;",
    "&nbsp;",
    "a > b",
    " ",
    "\n",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_what_an_editor_writes_gives_what_wagtail_gives(html):
    assert plain(html) == get_text_for_indexing(html)


ODD = [
    "a < b",
    "<!-- note -->宅",
    "<p>1<2</p>",
    '<a title="a>b">宅</a>',
    "<p",
    "<",
    "",
    "<![CDATA[x]]>",
    "<?x?>",
    "</ p>",
]


@pytest.mark.parametrize("html", ODD)
def test_what_no_editor_writes_gives_what_wagtail_gives(html):
    assert plain(html) == get_text_for_indexing(html)


def test_every_kind_of_block_is_found():
    block = BodyBlock()
    value = block.to_python(
        [
            {"type": "paragraph", "value": "<p>甲</p><p>乙</p>"},
            {"type": "table", "value": {"data": [["户主", "金额"], ["丙", "3"]]}},
            {"type": "figure", "value": {"image": None, "alt": "丁", "caption": "戊"}},
            {"type": "attachment", "value": {"document": None, "title": "己"}},
        ]
    )
    assert block.get_searchable_content(value) == blocks.StreamBlock.get_searchable_content(block, value)
    assert block.get_searchable_content(value)[0] == "甲 乙"
