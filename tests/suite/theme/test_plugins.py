import logging

from wagtail import hooks

from suite.theme import HomeTile, PageFact
from suite.theme.plugins import home_tiles, page_facts


def fails(*args):
    raise RuntimeError("the plugin's table is gone")


def test_tiles_come_by_kind_and_order():
    tiles = [
        HomeTile("办低保", "/a/", order=200),
        HomeTile("赶集日", "/b/", kind="today"),
        HomeTile("查政策", "/c/", order=10),
    ]
    with hooks.register_temporarily("home_tiles", lambda request: tiles):
        assert [tile.title for tile in home_tiles(None, "do") if tile in tiles] == ["查政策", "办低保"]
        assert [tile.title for tile in home_tiles(None, "today") if tile in tiles] == ["赶集日"]


def test_a_plugin_that_fails_leaves_a_gap_and_a_line_in_the_log(caplog):
    fact = PageFact("效力", "现行有效")
    with (
        hooks.register_temporarily("page_facts", fails),
        hooks.register_temporarily("page_facts", lambda page: [fact]),
        caplog.at_level(logging.ERROR, logger="suite.hooks"),
    ):
        assert fact in page_facts(None)
    assert [record.exc_info[0] for record in caplog.records if record.name == "suite.hooks"] == [RuntimeError]


def test_a_plugin_that_fails_half_way_leaves_out_all_it_had_to_say():
    def half(page):
        yield PageFact("一", "1")
        raise RuntimeError

    with hooks.register_temporarily("page_facts", half):
        assert [fact for fact in page_facts(None) if fact.label == "一"] == []
