import pytest

from printing.domain.richtext import official_body, paragraphs


def test_typed_indents_and_empty_paragraphs_go():
    assert official_body("<p>　　一二三&nbsp;</p><p> </p><p><br></p><p>四<br></p>") == "<p>一二三</p><p>四</p>"


def test_a_paragraph_with_only_a_picture_stays():
    assert official_body('<p><img src="/media/images/a.jpg"/></p>') == '<p><img src="/media/images/a.jpg"/></p>'


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("<p>一、时间地点</p>", "<h2>一、时间地点</h2>"),
        ("<p>（二）<b>报名办法</b></p>", "<h3>（二）<b>报名办法</b></h3>"),
        ("<p>第一章 总则</p>", '<h2 class="chapter">第一章 总则</h2>'),
        ("<p>第三节　听证</p>", '<h3 class="chapter">第三节　听证</h3>'),
        ("<p>一、各村应当于月底前报送。</p>", "<p>一、各村应当于月底前报送。</p>"),
        ("<p>第一条 为了规范管理</p>", "<p>第一条 为了规范管理</p>"),
        ("<ul><li><p>一、甲</p></li></ul>", "<ul><li><p>一、甲</p></li></ul>"),
        ("<h1>总标题</h1>", "<h2>总标题</h2>"),
    ],
)
def test_numbered_short_paragraphs_become_headings(typed, made):
    assert official_body(typed) == made


def test_a_numbered_paragraph_longer_than_a_heading_stays_text():
    text = "一、" + "加强组织领导" * 10
    assert official_body(f"<p>{text}</p>") == f"<p>{text}</p>"


def test_scripts_and_frames_never_reach_paper():
    assert official_body("<p>甲</p><script>1</script><iframe></iframe><style>p{}</style>") == "<p>甲</p>"


def test_plain_text_becomes_paragraphs_and_markup_in_it_stays_text():
    assert paragraphs("甲 <b>\n\n　乙\n") == "<p>甲 &lt;b&gt;</p><p>乙</p>"
