"""The pool of topics (requirement H)."""

import pytest

from hearings.domain.lifecycle import topics
from hearings.models import Topic
from organisation.domain.lifecycle import merge_units
from tests.hearings.stage import DAY, Stage, account
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db):
    made = Stage()
    yield made
    made.close()


def merge_lower_into_upper(stage):
    merge_units([stage.lower], stage.upper, stage.now.date() - DAY, None)
    stage.lower.refresh_from_db()


def test_a_liaison_reports_a_problem_of_a_village_they_serve(stage):
    topic = topics.report(stage.topic(raised_by="赵铁柱", raised_by_phone="13900139000"), stage.liaison)
    kept = Topic.objects.get(pk=topic.pk)
    assert (kept.state, kept.village, kept.reported_by, kept.reported_at) == (
        "reported", stage.upper, stage.liaison, stage.now,
    )  # fmt: skip


def test_a_problem_of_a_village_that_was_merged_belongs_to_the_one_it_lives_on_in(stage):
    merge_lower_into_upper(stage)
    assert topics.report(stage.topic(village=stage.lower), stage.office).village == stage.upper


def test_what_was_put_to_a_topic_goes_along_when_that_is_put_to_another(stage):
    first, second, third = (stage.reported() for _topic in range(3))
    topics.merge(first, second, stage.office)
    topics.merge(second, third, stage.office)
    assert list(Topic.objects.order_by("pk").values_list("merged_into", "state")) == [
        (third.pk, "merged"), (third.pk, "merged"), (None, "reported"),
    ]  # fmt: skip


def test_a_topic_can_be_put_to_one_that_is_going_to_a_hearing(stage):
    going = stage.notified().topics.get()
    assert topics.merge(stage.reported(), going, stage.office).merged_into == going


def test_an_answer_says_who_answered_and_when(stage):
    topic = topics.answer(stage.reported(), " 下月装好。 ", stage.unit, stage.office)
    assert (topic.state, topic.answer, topic.answered_by, topic.answered_at) == (
        "answered", "下月装好。", stage.unit, stage.now,
    )  # fmt: skip


def test_a_merged_topic_that_is_given_back_waits_on_its_own_again(stage):
    topic = topics.merge(stage.reported(), stage.reported(), stage.office)
    topic = topics.give_back(topic, "并非同一件事", stage.office)
    assert (topic.state, topic.merged_into) == ("reported", None)


def test_a_topic_taken_before_anything_is_announced_is_in_the_notice(stage):
    hearing = stage.planned()
    extra = topics.take(stage.reported(), hearing, stage.office)
    assert extra.pk in hearing.notices.get().facts["topics"]
    topics.give_back(extra, "下次再议", stage.office)
    assert extra.pk not in hearing.notices.get().facts["topics"]


def announced(stage):
    """A planned hearing whose page is public; nothing hangs yet."""
    hearing = stage.planned()
    stage.publish(stage.page(hearing))
    return hearing


def answered(stage):
    return topics.answer(stage.reported(title="路灯坏了"), "已装。", stage.unit, stage.office)


NUMBER = "这段文字里有身份证号、手机号或银行卡号。文字会有其他人看到，请删去；电话请填在电话一栏。"
REFUSED = {
    "a report by somebody without a role": (
        lambda stage: topics.report(stage.topic(), account("nobody")),
        "您的账号没有这项权限，请联系效能办。",
    ),
    "a report from a village the liaison does not serve": (
        lambda stage: topics.report(stage.topic(village=stage.lower), stage.liaison),
        "下塘村不在您服务的范围内，请选择您服务的村。",
    ),
    "a report from an office": (
        lambda stage: topics.report(stage.topic(village=stage.unit), stage.office),
        "“党政办公室”不是现有的村或社区，请重新选择。",
    ),
    "an ID card number in the text": (
        lambda stage: topics.report(stage.topic(text="我是11010519491231002X"), stage.office),
        NUMBER,
    ),
    "a mobile number in the title": (
        lambda stage: topics.report(stage.topic(title="请打13900139000"), stage.office),
        NUMBER,
    ),
    "a bank card number in the wish": (
        lambda stage: topics.report(stage.topic(wish="退到6222021234567890128"), stage.office),
        NUMBER,
    ),
    "a topic put to itself": (
        lambda stage: topics.merge(topic := stage.reported(), topic, stage.office),
        "议题不能与自己合并，请选择另一个议题。",
    ),
    "a topic put to one that is answered": (
        lambda stage: topics.merge(stage.reported(), answered(stage), stage.office),
        "“路灯坏了”已经处理：请选择等候中的或已列入听证会的议题。",
    ),
    "a topic put to one that was heard": (
        lambda stage: topics.merge(stage.reported(), stage.held().topics.get(), stage.office),
        "“路灯3”已经听证：请直接答复本议题，或列入下一次听证会。",
    ),
    "an answer to what is answered": (
        lambda stage: topics.answer(answered(stage), "已装。", stage.unit, stage.office),
        "这个议题已经处理。如有差错，请先退回议题库。（目前：已直接答复。）",
    ),
    "an answer without a text": (
        lambda stage: topics.answer(stage.reported(), "  ", stage.unit, stage.office),
        "请填写答复：反映人会看到。",
    ),
    "an answer with a mobile number": (
        lambda stage: topics.answer(stage.reported(), "请打13900139000", stage.unit, stage.office),
        NUMBER,
    ),
    "giving back what waits in the pool": (
        lambda stage: topics.give_back(stage.reported(), "误列", stage.office),
        "这个议题在议题库中等候，或已经答复，不用退回。（目前：待效能办处理。）",
    ),
    "giving back without a reason": (
        lambda stage: topics.give_back(stage.planned().topics.get(), " ", stage.office),
        "请填写原因，原因将会公开。",
    ),
    "giving back with a very long reason": (
        lambda stage: topics.give_back(stage.planned().topics.get(), "长" * 301, stage.office),
        "请控制在 300 字以内。",
    ),
    "giving back with a mobile number in the reason": (
        lambda stage: topics.give_back(stage.planned().topics.get(), "打13900139000", stage.office),
        NUMBER,
    ),
    "a topic taken to a hearing that is announced": (
        lambda stage: topics.take(stage.reported(), announced(stage), stage.office),
        "议题已经公告：请在听证会上变更并写明原因，公告期随之重新计算。",
    ),
    "a topic of an announced hearing given back": (
        lambda stage: topics.give_back(announced(stage).topics.get(), "误列", stage.office),
        "议题已经公告：请在听证会上变更并写明原因，公告期随之重新计算。",
    ),
    "a topic taken to a hearing that was held": (
        lambda stage: topics.take(stage.reported(), stage.held(), stage.office),
        "这次听证会的议题已经确定。（目前：已召开。）",
    ),
}


@pytest.mark.parametrize("tried", REFUSED)
def test_with_topics_is_refused_in_words(stage, tried):
    act, text = REFUSED[tried]
    assert refusal(act, stage) == text
