import pytest
from babel.messages.catalog import Message

from suite.translation.placeholders import disagreement


@pytest.mark.parametrize(
    ("original", "chinese"),
    [
        ("%(count)s pages by {name}", "{name} 的 %(count)s 页"),
        (("One page", "%(count)s pages"), ("%(count)s 页",)),
        ("At least %d", "至少 %d"),
        ('<a href="%(url)s">Go</a>', '<a href="%(url)s">去</a>'),
    ],
)
def test_a_translation_with_the_same_placeholders_agrees(original, chinese):
    assert disagreement(Message(original, chinese)) is None


@pytest.mark.parametrize(
    ("original", "chinese", "difference"),
    [
        ("%(count)s pages", "若干页", "['%(count)s'] differs"),
        ("%(count)s pages", "%(coumt)s 页", "['%(coumt)s', '%(count)s'] differs"),
        (("One page", "%(count)s pages"), ("一页",), "['%(count)s'] differs"),
        ("Hello {name}", "你好", "['{name}'] differs"),
        ("<b>Now</b>", "<b>现在", "['</b>'] differs"),
    ],
)
def test_a_translation_that_leaves_out_or_adds_is_named(original, chinese, difference):
    assert disagreement(Message(original, chinese)) == difference
