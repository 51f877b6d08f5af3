"""A guide among the hits of the search answers at once."""

import datetime
import re

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.guides.conftest import material
from tests.reading import text

pytestmark = pytest.mark.django_db
SEARCH = "/search/?q=低保"


def cards(client):
    html = client.get(SEARCH).content.decode()
    return re.findall(r'<article class="result">.*?</article>', html, re.S)


def test_the_first_hit_answers_at_once(client, draft, publish, search_index):
    publish(draft(title="低保申请", materials=[material(f"材料{number}") for number in range(1, 6)]))
    search_index()
    assert (
        "办事指南 低保 申请 家里收入低于低保标准的，可以按月领生活补助。 "
        "给谁办 共同生活的家庭成员人均收入低于当地低保标准。 带什么 材料1、材料2、材料3等5样 多久办好 20个工作日 "
        "收多少钱 不收费 去哪里办 便民服务受理室 3号窗口 打电话问 8812 0311"
    ) in text(client.get(SEARCH))


def test_answers_below_the_third_are_hits_like_others_and_folded(client, draft, publish, search_index):
    for number in range(5):
        publish(draft(title=f"低保申请{number}"))
    search_index()
    assert [card.count("<details>") for card in cards(client)] == [0, 0, 0, 1, 1]
    assert [card.count('<dl class="six-facts">') for card in cards(client)] == [1] * 5


def test_a_guide_whose_title_does_not_hold_the_question_comes_after_those_that_answer_and_is_folded(
    client, draft, publish, search_index
):
    publish(draft(title="临时救助", summary="低保低保低保，低保户也可以申请低保。"))
    publish(draft(title="低保申请"))
    search_index()
    assert titles(client, "低保") == ["低保申请", "临时救助"]
    assert [card.count("<details>") for card in cards(client)] == [0, 1]


def test_an_ended_guide_is_no_answer(client, draft, publish, search_index):
    publish(draft(title="低保低保低保", valid_until=timezone.localdate() - datetime.timedelta(days=1)))
    publish(draft(title="低保申请"))
    search_index()
    html = client.get(SEARCH).content.decode()
    answers = re.search(r'<section class="answers".*?</section>', html, re.S)[0]
    assert ("低保申请" in re.sub("<[^>]+>", "", answers), answers.count("<article")) == (True, 1)
    assert titles(client, "低保") == ["低保申请", "低保低保低保"]


def test_an_ended_guide_is_marked_and_leads_to_what_counts_now(client, draft, publish, search_index):
    newer = publish(draft(title="社会救助", summary="一次性给钱。", conditions="<p>有困难。</p>"))
    publish(draft(title="低保旧办法", valid_until=timezone.localdate() - datetime.timedelta(days=1), replaced_by=newer))
    search_index()
    card = next(card for card in cards(client) if "旧办法" in card)
    assert f'请看现行的指南：<a class="tap" href="{newer.url}">社会救助</a>' in card
    assert '<span class="state state-ended">已失效</span>' in card
    assert "已经失效。" in card
    assert "six-facts" not in card


def test_an_ended_guide_does_not_name_what_replaced_it_where_not_everybody_may_read_that(
    client, draft, publish, search_index
):
    newer = publish(draft(title="内部规程"))
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    ended = publish(draft(title="低保旧办法", valid_until=yesterday, replaced_by=newer))
    PageViewRestriction.objects.create(page=newer, restriction_type=PageViewRestriction.LOGIN)
    search_index()
    (card,) = cards(client)
    assert "已经失效。" in card
    assert "内部规程" not in card
    page = client.get(ended.url).content.decode()
    assert "已经失效。" in page
    assert "内部规程" not in page


def test_the_guides_own_search_box_asks_for_guides(client, draft, publish):
    html = client.get(publish(draft()).get_parent().url).content.decode()
    assert re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', html) == [("kind", "guide")]


def test_the_page_of_hits_loads_the_style_of_the_cards_it_shows(client, draft, publish, search_index):
    sheet = "guides/guides.css"
    assert sheet not in client.get(SEARCH).content.decode()
    publish(draft(title="低保申请"))
    search_index()
    assert client.get(SEARCH).content.decode().count(sheet) == 1


def titles(client, query):
    html = client.get(f"/search/?q={query}").content.decode()
    return [
        re.sub(r"<[^>]+>|\s", "", title)
        for title in re.findall(r'<article class="result">\s*<h[23]>(.*?)</h[23]>', html, re.S)
    ]


def test_a_life_event_finds_its_guides_by_its_name_and_by_what_people_come_for(
    client, draft, publish, search_index, event, django_capture_on_commit_callbacks
):
    publish(draft(title="建房审批"))
    search_index()
    assert titles(client, "受灾") == []
    with django_capture_on_commit_callbacks(execute=True):
        event.name, event.examples = "家里受灾", "房子倒了"
        event.save()
    search_index()
    assert titles(client, "受灾") == ["建房审批"]
    assert titles(client, "倒了") == ["建房审批"]


@pytest.fixture
def replaced(draft, publish):
    """replaced(**changes): a guide that ended yesterday, and the one that takes its place; publishing and more."""

    def put(**changes):
        newer = publish(draft(title="社会救助一件事", summary="一次性给钱。", conditions="<p>有困难。</p>", **changes))
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        older = publish(draft(title="低保低保低保", valid_until=yesterday, replaced_by=newer))
        return older, newer

    return put


def test_what_replaced_an_ended_guide_comes_before_it(client, replaced, search_index):
    replaced(answers=[{"type": "answer", "value": {"question": "原来的低保呢？", "answer": "并进来了。"}}])
    search_index()
    assert titles(client, "低保") == ["社会救助一件事", "低保低保低保"]
    assert titles(client, "低保&kind=guide") == ["社会救助一件事", "低保低保低保"]


def test_the_old_name_finds_what_replaced_it(client, replaced, search_index, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        replaced()
    search_index()
    assert titles(client, "低保低保低保") == ["社会救助一件事", "低保低保低保"]


def test_what_replaced_it_is_not_shown_for_its_sake_once_it_was_taken_down(client, replaced, search_index):
    newer = replaced()[1]
    newer.unpublish()
    search_index()
    assert titles(client, "低保") == ["低保低保低保"]
