"""From published minutes to a closed hearing: every measure ended, everybody told."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from hearings.domain.letters import askers, without_letter
from hearings.domain.lifecycle import feedback, hearings, measures
from hearings.enums import FeedbackKind, HearingState, MeasureKind, MeasureState, TopicState
from hearings.models import MEASURE_CLOCK, Feedback, Measure, Topic
from suite.clock.domain import clocks_of
from tests.hearings.sittings import said_by

DUE = datetime.date(2026, 12, 4)


@pytest.fixture
def tell(published, time):
    """tell(kind, **changes): record that people were told today."""

    def now(kind, user=None, **changes):
        values = {"hearing": published.hearing, "kind": kind, "sent_on": time.now.date(), "how": "驻村干部当面送达"}
        return feedback.record_feedback(Feedback(**{**values, **changes}), user or published.user)

    return now


@pytest.fixture
def issued(published):
    """Each of the two problems has a measure; the hearing is followed up."""
    published.measure = measures.issue_measure(
        Measure(problem=published.problem, kind=MeasureKind.COMMITMENT, text="装路灯", unit=published.team, due=DUE),
        published.user,
    )
    published.hearing = hearings.follow_up(published.hearing, published.user)
    published.study = Measure.objects.get(problem=published.studied)
    return published


def end_all(room):
    measures.explain(room.measure, "县里明年统一安装。", room.user)
    measures.report_done(room.study, "水价不变。", [], room.user)


def test_the_follow_up_begins_when_every_problem_has_a_measure_and_a_study_comes_by_itself(published):
    with pytest.raises(ValidationError) as refusal:
        hearings.follow_up(published.hearing, published.user)
    assert "1. 水塘边的路没有路灯" in said_by(refusal)
    assert "2. 水费怎么算" not in said_by(refusal)
    assert Measure.objects.count() == 0
    measures.issue_measure(
        Measure(problem=published.problem, text="装路灯", unit=published.team, due=DUE), published.user
    )
    assert hearings.follow_up(published.hearing, published.user).state == HearingState.FOLLOWING
    study = Measure.objects.get(problem=published.studied)
    assert (study.kind, study.unit, study.due, study.text, study.issued_by) == (
        MeasureKind.STUDY, published.office, datetime.date(2026, 12, 31), "由镇研究：水费怎么算", published.user,
    )  # fmt: skip
    (clock,) = clocks_of(MEASURE_CLOCK, study.pk)
    assert (clock.start, clock.due) == (datetime.date(2026, 11, 24), datetime.date(2026, 12, 31))


def test_a_study_whose_day_has_passed_before_the_follow_up_is_late_at_once(published, time):
    measures.issue_measure(
        Measure(problem=published.problem, text="装路灯", unit=published.team, due=DUE), published.user
    )
    time.go(days=60)
    hearings.follow_up(published.hearing, published.user)
    assert Measure.objects.get(problem=published.studied).due == datetime.date(2026, 12, 31)


def test_a_letter_goes_to_each_who_raised_a_problem_also_of_topics_put_together(issued):
    Topic.objects.create(
        state=TopicState.MERGED, merged_into=issued.topic, village=issued.lower, title="路灯坏了", text="黑。",
        concerned=3, raised_by="孙大妈",
    )  # fmt: skip
    Topic.objects.create(
        state=TopicState.REPORTED, village=issued.lower, title="水渠", text="堵。", concerned=3, raised_by="别人"
    )
    assert [str(one) for one in askers(issued.hearing)] == ["赵铁柱", "孙大妈", "欧阳修"]
    assert [one.may_be_told for one in askers(issued.hearing)] == [False, False, False]
    measures.explain(issued.measure, "县里明年统一安装。", issued.user)
    assert [one.may_be_told for one in askers(issued.hearing)] == [True, True, False]


def test_a_representative_who_asked_twice_gets_one_letter_that_tells_both(issued):
    issued.problem.raised_by = issued.people[2]
    issued.problem.save()
    (one,) = [one for one in askers(issued.hearing) if one.representative]
    assert [problem.number for problem in one.problems] == [1, 2]
    measures.explain(issued.measure, "县里明年统一安装。", issued.user)
    assert one.may_be_told is False


def test_a_letter_is_given_out_when_the_measures_have_ended(issued, tell, time):
    with pytest.raises(ValidationError) as refusal:
        tell(FeedbackKind.LETTER, topic=issued.topic)
    assert said_by(refusal) == "告知说明书要写明办理结果，而“装路灯”还没有结束：请先填报完成，或者公开说明。"
    time.go(days=3)
    measures.explain(issued.measure, "县里明年统一安装。", issued.user)
    with pytest.raises(ValidationError) as refusal:
        tell(FeedbackKind.LETTER, topic=issued.topic, sent_on=time.now.date() - datetime.timedelta(1))
    assert refusal.value.message_dict == {"sent_on": ["那时最后一项措施还没有结束：请填写实际发出的日期。"]}
    tell(FeedbackKind.LETTER, topic=issued.topic)
    assert [str(one) for one in without_letter(issued.hearing)] == ["欧阳修"]


def test_a_letter_before_any_measure_tells_nothing(published, tell):
    with pytest.raises(ValidationError) as refusal:
        tell(FeedbackKind.LETTER, topic=published.topic)
    assert said_by(refusal) == "告知说明书要写明采取的措施：请先给每个问题下达措施。"


@pytest.mark.parametrize(
    ("kind", "who", "told"),
    [
        (FeedbackKind.LETTER, [], "告知说明书一人一份：请选择它答复的听证代表或者议题。"),
        (FeedbackKind.LETTER, ["representative", "topic"], "告知说明书一人一份：请选择它答复的听证代表或者议题。"),
        (FeedbackKind.LETTER, ["silent"], "此人在本次听证会没有提出问题：请从名单中选择。"),
        (FeedbackKind.COLUMN, ["topic"], "只有告知说明书是给个人的：公开栏和通报面向所有人。"),
    ],
)
def test_a_letter_is_for_one_who_raised_a_problem(issued, tell, kind, who, told):
    end_all(issued)
    whom = {"representative": issued.people[2], "topic": issued.topic}
    chosen = {"representative": issued.people[0]} if who == ["silent"] else {name: whom[name] for name in who}
    with pytest.raises(ValidationError) as refusal:
        tell(kind, **chosen)
    assert said_by(refusal) == told


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"sent_on": None}, "sent_on", "哪一天发出的？不能填将来的日期。"),
        ({"sent_on": datetime.date(2027, 1, 1)}, "sent_on", "哪一天发出的？不能填将来的日期。"),
        ({"sent_on": datetime.date(2026, 11, 23)}, "sent_on", "那时听证会还没有开：请填写实际发出的日期。"),
        ({"how": "打13800138000通知"}, "how", "请写明怎样发出的，不要写个人号码。"),
        ({"how": " "}, "how", "此字段不能为空。"),
    ],
)
def test_feedback_says_when_and_how(tell, changes, field, told):
    with pytest.raises(ValidationError) as refusal:
        tell(FeedbackKind.COLUMN, **changes)
    assert refusal.value.message_dict == {field: [told]}


def test_nobody_is_told_before_the_minutes_are_public_and_only_the_office_records_it(held, time):
    row = Feedback(hearing=held.hearing, kind=FeedbackKind.COLUMN, sent_on=time.now.date(), how="公开栏")
    with pytest.raises(ValidationError) as refusal:
        feedback.record_feedback(row, held.user)
    assert said_by(refusal) == "办理结果在纪要公布以后、办结以前告知群众。（目前：已召开。）"
    with pytest.raises(ValidationError) as refusal:
        feedback.record_feedback(row, held.head_user)
    assert said_by(refusal).startswith("您的账号")


def test_a_hearing_is_closed_only_when_every_measure_ended_and_everybody_was_told(issued, tell):
    def refused():
        with pytest.raises(ValidationError) as refusal:
            hearings.close(issued.hearing, issued.user)
        return said_by(refusal)

    assert ("装路灯" in refused(), "由镇研究：水费怎么算" in refused()) == (True, True)
    end_all(issued)
    assert ("装路灯" in refused(), "政务公开栏" in refused()) == (False, True)
    tell(FeedbackKind.COLUMN)
    tell(FeedbackKind.CIRCULAR)
    assert ("政务公开栏" in refused(), "赵铁柱" in refused(), "欧阳修" in refused()) == (False, True, True)
    tell(FeedbackKind.LETTER, topic=issued.topic)
    assert ("赵铁柱" in refused(), "欧阳修" in refused()) == (False, True)
    tell(FeedbackKind.LETTER, representative=issued.people[2])
    assert hearings.close(issued.hearing, issued.user).state == HearingState.CLOSED


def test_nothing_moves_after_the_hearing_is_closed(issued, tell):
    end_all(issued)
    for kind in (FeedbackKind.COLUMN, FeedbackKind.CIRCULAR):
        tell(kind)
    tell(FeedbackKind.LETTER, topic=issued.topic)
    tell(FeedbackKind.LETTER, representative=issued.people[2])
    hearings.close(issued.hearing, issued.user)
    for move in (
        lambda: tell(FeedbackKind.COLUMN),
        lambda: measures.issue_measure(
            Measure(problem=issued.problem, text="再装", unit=issued.team, due=datetime.date(2027, 1, 8)), issued.user
        ),
        lambda: hearings.close(issued.hearing, issued.user),
    ):
        with pytest.raises(ValidationError) as refusal:
            move()
        assert said_by(refusal).endswith("（目前：已办结。）")


def test_what_was_recorded_of_feedback_is_never_changed(tell):
    row = tell(FeedbackKind.COLUMN)
    row.how = "别的"
    with pytest.raises(ValueError, match="never changed"):
        row.save()


def test_an_open_measure_opened_again_by_hand_keeps_the_hearing_open(issued, tell):
    end_all(issued)
    Measure.objects.filter(pk=issued.study.pk).update(**{"state": MeasureState.OPEN})
    with pytest.raises(ValidationError) as refusal:
        hearings.close(issued.hearing, issued.user)
    assert "由镇研究：水费怎么算" in said_by(refusal)
