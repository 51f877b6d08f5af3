"""Which topics are near to what is being typed."""

import datetime
import time

import pytest
from django.utils import timezone

from hearings.domain.similar import similar_topics
from hearings.models import Topic
from organisation.enums import UnitKind
from organisation.models import Unit

pytestmark = pytest.mark.django_db
TITLES = (
    "水塘边的路没有路灯",
    "云岭头自来水夏天停水",
    "垃圾一周才清运一次",
    "村道坑坑洼洼，下雨积水",
    "养老金要到镇上领，太远",
    "学校门口没有减速带",
    "合作医疗报销太慢",
)


@pytest.fixture
def pool():
    village = Unit.objects.create(name="上塘村", kind=UnitKind.VILLAGE, since=datetime.date(2020, 1, 1))
    now = timezone.now()
    return [
        Topic.objects.create(title=title, text="", village=village, concerned=1, reported_at=now) for title in TITLES
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("水塘边路灯不亮", ["水塘边的路没有路灯"]),
        ("水塘邊的路沒有路燈", ["水塘边的路没有路灯"]),
        ("夏天自来水老停", ["云岭头自来水夏天停水"]),
        ("垃圾清运不及时", ["垃圾一周才清运一次"]),
        ("村里没有公交车", []),
        ("太", []),
        ("", []),
    ],
)
def test_the_same_matter_is_found_in_other_words_and_other_matters_are_not(pool, typed, found):
    assert [topic.title for topic in similar_topics(typed)] == found


def test_settled_topics_and_the_topic_itself_are_left_out(pool):
    Topic.objects.create(title=TITLES[0], text="", village=pool[0].village, concerned=1, state="answered")
    assert similar_topics(TITLES[0], but=pool[0].pk) == []


def test_a_thousand_topics_are_compared_with_two_queries_while_somebody_types(pool, django_assert_num_queries):
    text = "路灯从去年十月起不亮，天黑以后老人孩子不敢出门，村民多次反映。" * 4
    Topic.objects.bulk_create(
        Topic(title=f"{number}号路口没有红绿灯", text=text, village=pool[0].village, concerned=1)
        for number in range(1000)
    )
    started = time.process_time()
    with django_assert_num_queries(2):
        similar_topics("路口没有灯", text)
    assert time.process_time() - started < 1
