"""“Did you mean”: what is offered, what is not, and that nothing is applied by itself."""

import re

import pytest
from django.conf import settings as project
from wagtail.models import Page, PageViewRestriction, Site

from search import suggesting
from search.models import Synonym
from search.spelling import LONGEST, Spelling, toneless

TEXT = "农村宅基地审批办法。宅基地使用权登记。最低生活保障申请。临时救助办法。残疾人证办理。" * 20


@pytest.fixture
def spelling():
    return Spelling.learned([TEXT])


@pytest.fixture
def learned(settings, tmp_path, db, search_index):
    """learned(title): a live page with that title, and the table learned from all pages."""
    settings.VAR_DIR = tmp_path
    root = Site.objects.get(is_default_site=True).root_page

    def make(title, restricted=False, live=True):
        root.refresh_from_db()
        page = root.add_child(instance=Page(title=title, slug=f"p{Page.objects.count()}", live=live))
        if restricted:
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        search_index()
        suggesting.learn()

    return make


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("宅基第怎么审批", "宅基地怎么审批"),
        ("最低生活宝障", "最低生活保障"),
        ("臨時救住辦法", "临时救助办法"),
        ("残疾人正办理", "残疾人证办理"),
    ],
)
def test_a_homophone_is_offered_as_the_pages_write_it(spelling, typed, offered):
    assert spelling.suggestion(typed) == offered


@pytest.mark.parametrize(
    "typed", ["宅基地怎么审批", "最低生活保障", "低保", "", "abc", "，。！", "我", "什么", "地" * (LONGEST + 1)]
)
def test_nothing_is_offered_for_what_is_right_or_no_question(spelling, typed):
    assert spelling.suggestion(typed) is None


def test_a_table_that_knows_nothing_offers_nothing():
    assert Spelling.learned([]).suggestion("宅基第审批") is None


@pytest.mark.parametrize(
    ("reading", "plain"), [("zhái", "zhai"), ("lǜ", "lv"), ("nǚ", "nv"), ("chóng", "chong"), ("ê̄", "e")]
)
def test_readings_lose_their_tones(reading, plain):
    assert toneless(reading) == plain


def test_what_was_saved_is_what_is_read(spelling, tmp_path):
    spelling.save(tmp_path / "table")
    read = Spelling.load(tmp_path / "table")
    assert (read.characters, read.sounds, read.keys, read.counts) == (
        spelling.characters,
        spelling.sounds,
        spelling.keys,
        spelling.counts,
    )
    (tmp_path / "table").write_bytes((tmp_path / "table").read_bytes()[:-3])
    with pytest.raises(ValueError, match="length"):
        Spelling.load(tmp_path / "table")


def test_the_offer_is_a_link_and_what_was_typed_is_what_is_searched(client, learned):
    learned("农村宅基地审批办法" * 5)
    html = client.get("/search/", {"q": "宅基第审批"}).content.decode()
    offer = re.search(r'您要找的是不是：\s*<a href="([^"]+)">([^<]+)</a>', html)
    assert offer.group(2) == "宅基地审批"
    assert 'value="宅基第审批"' in html
    assert "<mark>宅基地审批</mark>" not in html
    assert "您要找的是不是" not in client.get("/search/" + offer.group(1)).content.decode()


@pytest.mark.parametrize("hidden", [{"restricted": True}, {"live": False}])
def test_no_offer_says_what_only_some_may_read(client, learned, hidden):
    learned("宅基地审批办法" * 9, **hidden)
    assert suggesting.suggestion("宅基第审批") is None


@pytest.mark.parametrize(
    ("word", "letters"),
    [("低保", "dibao"), ("重庆", "chongqing"), ("重庆", "zhongqing"), ("西安", "xian"), ("先", "xian")],
)
def test_a_word_is_read_as_letters_by_each_of_its_readings(spelling, word, letters):
    assert spelling.says(word, letters)


@pytest.mark.parametrize("letters", ["dib", "dibaoh", "bao", "db", "", "baodi"])
def test_a_part_of_a_sound_or_more_than_it_is_not_the_sound(spelling, letters):
    assert not spelling.says("低保", letters)


@pytest.mark.parametrize("typed", ["dibao", "di bao", "DiBao", "di'bao"])
def test_letters_offer_the_word_of_the_office_that_sounds_so(client, learned, typed):
    learned("最低生活保障审核确认")
    assert suggesting.suggestion(typed) is None
    Synonym.objects.create(words="低保、最低生活保障")
    html = client.get("/search/", {"q": typed}).content.decode()
    offer = re.search(r'您要找的是不是：\s*<a href="([^"]+)">([^<]+)</a>', html)
    assert offer.group(2) == "低保"
    assert "<article" not in html
    found = client.get("/search/" + offer.group(1)).content.decode()
    assert found.count('<article class="result">') == 1
    assert "您要找的是不是" not in found


def test_without_a_table_or_with_a_damaged_one_the_page_answers(client, learned, caplog):
    learned("农村宅基地审批办法" * 5)
    suggesting.table().write_bytes(b"broken")
    assert client.get("/search/", {"q": "宅基第审批"}).status_code == 200
    assert "run manage.py update_index" in caplog.text
    suggesting.table().unlink()
    assert suggesting.suggestion("宅基第审批") is None


def test_a_question_costs_little(spelling):
    import time

    started = time.process_time()
    spelling.suggestion("宅" * LONGEST)
    assert time.process_time() - started < 0.02 * 5  # a busy machine; benchmarks/search_homophones.py measures


def test_the_index_folder_is_where_the_table_lies():
    assert suggesting.table().parent.parent == project.VAR_DIR
