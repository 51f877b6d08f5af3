from suite.body.from_text import blocks_from_text, unwrapped


def test_each_chapter_becomes_a_block_with_its_heading():
    text = "某某办法\n第一章 总则\n第一条 为了方便群众，制定本办法。\n第二章 办理\n第一节 受理\n第二条 当场受理。"
    assert blocks_from_text(text, "某某办法") == [
        {"type": "paragraph", "value": "<h2>第一章 总则</h2><p><b>第一条</b>　为了方便群众，制定本办法。</p>"},
        {"type": "paragraph", "value": "<h2>第二章 办理</h2><h3>第一节 受理</h3><p><b>第二条</b>　当场受理。</p>"},
    ]


def test_a_sentence_that_mentions_an_article_is_not_a_heading():
    assert blocks_from_text("第三条规定的情形除外。") == [
        {"type": "paragraph", "value": "<p>第三条规定的情形除外。</p>"}
    ]


def test_markup_in_the_text_is_shown_as_text():
    assert blocks_from_text("<script>alert(1)</script>") == [
        {"type": "paragraph", "value": "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"}
    ]


def test_lines_broken_at_the_margin_of_a_pdf_are_joined():
    text = "为了方便群众办事，规范窗口服务，根据有\n关规定，制定本办法。\n第一条 各窗口应当一次性告知所需材料。"
    assert unwrapped(text) == (
        "为了方便群众办事，规范窗口服务，根据有关规定，制定本办法。\n第一条 各窗口应当一次性告知所需材料。"
    )
