"""The states of a hearing, and what keeps it from moving on (requirement H)."""

import pytest

from hearings.domain.lifecycle import feedback, hearings, measures, notices, representatives, session, topics
from hearings.domain.notice_period import current_notice
from hearings.enums import FeedbackKind, OfficerRole
from hearings.models import Feedback, Hearing, HearingNoticePage, Measure, Officer, SeatQuota, Topic
from organisation.domain.lifecycle import merge_units
from organisation.models import Person
from tests.hearings.stage import DAY, NOW, Stage, account
from tests.refusals import refusal

pytestmark = pytest.mark.django_db
HOUR = DAY / 24


@pytest.fixture
def stage(db):
    made = Stage()
    yield made
    made.close()


def following(stage):
    hearing = stage.held()
    stage.promised(hearing)
    hearing.to_published()
    hearing.save()
    return hearings.follow_up(hearing, stage.office)


def published(stage):
    hearing = stage.held()
    hearing.to_published()
    hearing.save()
    return hearing


def tell(stage, hearing, *kinds):
    """Record feedback of these kinds; the letter goes to who raised the topic."""
    for kind in kinds:
        topic = hearing.topics.get() if kind == FeedbackKind.LETTER else None
        sent = Feedback(hearing=hearing, kind=kind, topic=topic, sent_on=stage.now.date(), how="当面送达")
        feedback.record_feedback(sent, stage.office)


def test_a_hearing_goes_from_the_pool_to_closed(stage):
    hearing = stage.collecting()
    seen = [hearing.state]

    def see(now):
        seen.append(now.state)
        return now

    see(hearings.plan(hearing, stage.office))
    stage.publish(stage.page(hearing))
    see(notices.record_posting(stage.posting(hearing), stage.office))
    stage.signed_up(hearing)
    stage.now = hearing.sign_up_until
    see(hearings.fix_representatives(hearing, stage.office))
    stage.now = hearing.starts_at
    hearings.begin_session(hearing, stage.office)
    problem = hearing.problems.get()
    session.end_without_conclusion(problem, stage.now.date() + 30 * DAY, stage.office)
    hearing = see(hearings.close_session(hearing, stage.office))
    hearing.to_published()
    hearing.save()
    see(hearing)
    hearing = see(hearings.follow_up(hearing, stage.office))
    measure = Measure.objects.get(problem=problem)
    assert (measure.kind, measure.due, measure.unit) == ("study", stage.now.date() + 30 * DAY, stage.unit)
    measures.explain(measure, "资金明年到位，届时列入计划。", stage.office)
    tell(stage, hearing, *FeedbackKind)
    see(hearings.close(hearing, stage.office))
    assert seen == [
        "collecting", "planned", "notified", "fixed", "held", "published", "following", "closed",
    ]  # fmt: skip


def test_topics_become_the_agenda_when_the_session_begins(stage):
    hearing = stage.collecting()
    topics.take(stage.reported(title="水费太高", village=stage.lower), hearing, stage.office)
    hearing = hearings.plan(hearing, stage.office)
    stage.publish(stage.page(hearing))
    notices.record_posting(stage.posting(hearing), stage.office)
    stage.signed_up(hearing)
    stage.now = hearing.starts_at
    hearings.fix_representatives(hearing, stage.office)
    hearings.begin_session(hearing, stage.office)
    agenda = [(problem.number, problem.title, problem.village) for problem in hearing.problems.all()]
    first = hearing.topics.exclude(title="水费太高").get()
    assert agenda == [(1, first.title, stage.upper), (2, "水费太高", stage.lower)]


def test_a_session_begun_by_mistake_can_be_put_off_and_begun_anew(stage):
    hearing = stage.begun()
    hearing = hearings.postpone(hearing, "停电", stage.office)
    assert (hearing.state, hearing.begun_at, hearing.problems.count()) == ("postponed", None, 0)


def test_cancelling_gives_the_topics_back_to_the_pool(stage):
    hearing = stage.notified()
    topic = hearing.topics.get()
    hearing = hearings.cancel(hearing, "并入下次", stage.office)
    topic.refresh_from_db()
    assert (topic.state, topic.hearing, hearing.reason, current_notice(hearing)) == (
        "reported", None, "并入下次", None,
    )  # fmt: skip


def test_postponing_keeps_topics_and_representatives(stage):
    hearing = stage.fixed()
    hearing = hearings.postpone(hearing, "台风", stage.office)
    assert (hearing.topics.count(), hearing.representatives.filter(state="seated").count()) == (1, 2)
    changes = {"starts_at": stage.on(20), "sign_up_until": stage.on(15)}
    hearing = hearings.plan(hearings.change(hearing, changes, "", stage.office), stage.office)
    page = HearingNoticePage.objects.get(hearing=hearing)
    page.title = "改期公告"
    page.save_revision()
    stage.publish(page)
    notices.record_posting(stage.posting(hearing), stage.office)
    stage.now = hearing.sign_up_until = stage.on(15)
    hearing = hearings.fix_representatives(hearing, stage.office)
    assert hearing.representatives.filter(state="seated").count() == 2


def test_a_change_says_in_the_log_what_it_was_and_what_it_is(stage):
    from wagtail.models import ModelLogEntry

    hearing = stage.notified()
    hearings.change(hearing, {"place": "学校"}, "礼堂检修", stage.office)
    entry = ModelLogEntry.objects.filter(action="hearings.change").get()
    assert (entry.user, entry.data) == (
        stage.office,
        {"before": "已公告", "after": "已定方案", "changes": "开会地点 镇政府礼堂 → 学校", "reason": "礼堂检修"},
    )


def test_seats_of_a_village_merged_meanwhile_go_on_in_the_one_it_lives_on_in(stage):
    hearing = stage.planned()
    merge_units([stage.lower], stage.upper, stage.now.date() - DAY, None)
    stage.upper.refresh_from_db()
    stage.lower.refresh_from_db()
    hearing = hearings.change(hearing, {"quotas": {stage.lower: 1, stage.upper: 2}}, "", stage.office)
    assert [(quota.village, quota.seats) for quota in hearing.quotas.all()] == [(stage.upper, 3)]


def test_officers_are_set_as_a_whole(stage):
    hearing = stage.notified()
    other = Person.objects.create(name="祁志强")
    hearings.change(hearing, {"officers": [(other, "chair"), (stage.chair, "clerk")]}, "", stage.office)
    assert {(officer.person, officer.role) for officer in hearing.officers.all()} == {
        (other, OfficerRole.CHAIR), (stage.chair, OfficerRole.CLERK),
    }  # fmt: skip


def new(stage, **fields):
    return hearings.open_hearing(Hearing(title="听证会", about="路灯", host=stage.unit, **fields), stage.office)


def bare(stage):
    """A hearing with nothing to it."""
    hearing = stage.collecting(invited_seats=0)
    hearings.change(hearing, {"place": "", "topics": [], "starts_at": None, "sign_up_until": None}, "误", stage.office)
    SeatQuota.objects.all().delete()
    Officer.objects.all().delete()
    return hearing


def with_two_volunteers(stage):
    hearing = stage.notified()
    stage.signed_up(hearing)
    stage.signed_up(hearing)
    return hearing


def changed(hearing, stage, reason="误", **changes):
    return hearings.change(hearing, changes, reason, stage.office)


def spoken(stage):
    hearing = stage.begun()
    session.end_without_conclusion(hearing.problems.get(), stage.now.date() + 30 * DAY, stage.office)
    return hearing


EARLIEST = (
    "最早可以定在 2026年12月1日：如果今天（2026年11月23日）就发布并张贴公告，"
    "中间正好隔 7 整天。公告每晚一天，会期就顺延一天。"
)
REFUSED = {
    "a new hearing by somebody without a role": (
        lambda stage: hearings.open_hearing(Hearing(), account("nobody")),
        "您的账号没有这项权限，请联系效能办。",
    ),
    "a new hearing in the past": (
        lambda stage: new(stage, starts_at=NOW - HOUR),
        "这个时间已经过去，请选择以后的日期。",
    ),
    "a new hearing whose sign-up is over": (
        lambda stage: new(stage, starts_at=stage.on(20), sign_up_until=NOW),
        "这个时间已经过去，请选择以后的报名截止时间。",
    ),
    "planning without anything": (
        lambda stage: hearings.plan(bare(stage), stage.office),
        f"请填写开会时间。{EARLIEST} 请填写报名截止时间。 请填写开会地点：公告必须写明地点。 "
        "请从议题库至少列入一个议题：公告必须写明议题。 请分配各村名额或邀请名额：没有听证代表就没有人提问。 "
        "请在听证官中确定一名主持人。",
    ),
    "planning for a day that is too near": (
        lambda stage: hearings.plan(stage.collecting(days=7), stage.office),
        f"这一天太近。{EARLIEST}",
    ),
    "a new hearing whose sign-up ends on the day": (
        lambda stage: stage.collecting(sign_up_until=stage.on(20, 8)),
        "报名必须在开会日之前截止，请选择更早的日期。",
    ),
    "planning twice": (
        lambda stage: hearings.plan(stage.planned(), stage.office),
        "听证会的方案只定一次，延期后再重新定。（目前：已定方案。）",
    ),
    "a planned hearing moved into the past": (
        lambda stage: changed(stage.planned(), stage, starts_at=NOW - HOUR, sign_up_until=NOW - 2 * DAY),
        f"这个时间已经过去。{EARLIEST} 这个时间已经过去，请选择以后的报名截止时间。",
    ),
    "a postponed hearing moved into the past": (
        lambda stage: changed(
            hearings.postpone(stage.planned(), "台风", stage.office), stage, starts_at=NOW - HOUR, sign_up_until=None
        ),
        "这个时间已经过去，请选择以后的日期。",
    ),
    "an announced day that is moved too near": (
        lambda stage: changed(stage.notified(), stage, starts_at=stage.on(7), sign_up_until=stage.on(3)),
        f"这一天太近。{EARLIEST}",
    ),
    "another place without a reason": (
        lambda stage: changed(stage.notified(), stage, reason="", place="学校"),
        "请填写原因，原因将会公开。",
    ),
    "no place at all": (
        lambda stage: changed(stage.notified(), stage, place=" "),
        "请填写开会地点：公告必须写明地点。",
    ),
    "no topics at all": (
        lambda stage: changed(stage.notified(), stage, topics=[]),
        "请从议题库至少列入一个议题：公告必须写明议题。",
    ),
    "no seats at all": (
        lambda stage: changed(stage.planned(invited_seats=0), stage, quotas={}),
        "请分配各村名额或邀请名额：没有听证代表就没有人提问。",
    ),
    "seats for an office": (
        lambda stage: changed(stage.planned(), stage, quotas={stage.unit: 2}),
        "“党政办公室”不是现有的村或社区，请重新选择。",
    ),
    "no seats for a village where somebody signed up": (
        lambda stage: changed(with_two_volunteers(stage), stage, quotas={stage.lower: 2}),
        "上塘村已有听证代表 0 人，或还有人报名，请保留相应名额。",
    ),
    "fewer seats than representatives": (
        lambda stage: changed(stage.fixed(), stage, quotas={stage.upper: 1}),
        "上塘村已有听证代表 2 人，或还有人报名，请保留相应名额。",
    ),
    "fewer invited seats than people invited": (
        lambda stage: (
            hearing := stage.notified(),
            representatives.invite(stage.volunteer(hearing), stage.office),
            changed(hearing, stage, invited_seats=0),
        ),
        "已邀请 1 人，邀请名额不能少于这个数。",
    ),
    "no chair": (
        lambda stage: changed(stage.planned(), stage, officers=[(stage.chair, "officer")]),
        "请在听证官中确定一名主持人。",
    ),
    "an officer with two roles": (
        lambda stage: changed(stage.planned(), stage, officers=[(stage.chair, "chair"), (stage.chair, "clerk")]),
        "名单中有人重复：每名听证官只担任一个角色。",
    ),
    "a sign-up end in the past": (
        lambda stage: changed(stage.notified(), stage, sign_up_until=NOW - HOUR),
        "这个时间已经过去，请选择以后的报名截止时间。",
    ),
    "a sign-up end on the day": (
        lambda stage: changed(stage.notified(), stage, sign_up_until=stage.on(20, 8)),
        "报名必须在开会日之前截止，请选择更早的日期。",
    ),
    "a change in the session": (
        lambda stage: changed(stage.begun(), stage, place="学校"),
        "听证已经开始，不能再变更。",
    ),
    "a change after the session": (
        lambda stage: changed(stage.held(), stage, place="学校"),
        "听证会在开会之前才能变更。（目前：已召开。）",
    ),
    "postponing without a reason": (
        lambda stage: hearings.postpone(stage.notified(), "  ", stage.office),
        "请填写原因，原因将会公开。",
    ),
    "postponing what is not planned": (
        lambda stage: hearings.postpone(stage.collecting(), "台风", stage.office),
        "已定方案、尚未召开的听证会才能延期。（目前：征集议题。）",
    ),
    "postponing with a number in the reason": (
        lambda stage: hearings.postpone(stage.notified(), "问13900139000", stage.office),
        "这段文字里有身份证号、手机号或银行卡号。文字会有其他人看到，请删去；电话请填在电话一栏。",
    ),
    "a new hearing with a number in what it is about": (
        lambda stage: hearings.open_hearing(
            Hearing(title="听证会", about="报名找王建国13900139000", host=stage.unit), stage.office
        ),
        "这段文字里有身份证号、手机号或银行卡号。文字会有其他人看到，请删去；电话请填在电话一栏。",
    ),
    "a number in what an announced hearing is about": (
        lambda stage: changed(stage.notified(), stage, about="报名找王建国13900139000"),
        "这段文字里有身份证号、手机号或银行卡号。文字会有其他人看到，请删去；电话请填在电话一栏。",
    ),
    "a number in the place of an announced hearing": (
        lambda stage: changed(stage.notified(), stage, place="礼堂，13900139000"),
        "这段文字里有身份证号、手机号或银行卡号。文字会有其他人看到，请删去；电话请填在电话一栏。",
    ),
    "postponing a session in which something was decided": (
        lambda stage: hearings.postpone(spoken(stage), "停电", stage.office),
        "听证已有记录，请结束听证：没有听完的问题转由镇研究。",
    ),
    "cancelling what was held": (
        lambda stage: hearings.cancel(stage.held(), "误", stage.office),
        "已经召开或已经取消的听证会不再取消。（目前：已召开。）",
    ),
    "fixing while people can sign up": (
        lambda stage: hearings.fix_representatives(with_two_volunteers(stage), stage.office),
        "报名到 2026-12-10 14:00 为止，请在报名结束后办理。",
    ),
    "fixing twice": (
        lambda stage: hearings.fix_representatives(stage.fixed(), stage.office),
        "听证会公告之后才能确定听证代表，只确定一次。（目前：代表已确定。）",
    ),
    "fixing where nobody signed up": (
        lambda stage: stage.fixed(volunteers=0),
        "还没有一名听证代表：请延长报名，或者邀请人员并请其确认。",
    ),
    "fixing with more volunteers than seats": (
        lambda stage: stage.fixed(volunteers=3),
        "报名人数多于名额：上塘村（3/2）。请先公开抽签，未抽中的依次候补。",
    ),
    "beginning before the day": (
        lambda stage: hearings.begin_session(stage.fixed(), stage.office),
        "公告的开会日是 2026年12月13日，请在那一天开始。",
    ),
    "beginning twice": (
        lambda stage: hearings.begin_session(stage.begun(), stage.office),
        "听证已经开始，请继续。",
    ),
    "beginning before representatives are fixed": (
        lambda stage: hearings.begin_session(stage.notified(), stage.office),
        "确定听证代表之后才能开会。（目前：已公告。）",
    ),
    "beginning as a liaison": (
        lambda stage: hearings.begin_session(stage.fixed(), stage.liaison),
        "您的账号没有这项权限，请联系效能办。",
    ),
    "closing a session as a liaison": (
        lambda stage: hearings.close_session(stage.begun(), stage.liaison),
        "您的账号没有这项权限，请联系效能办。",
    ),
    "closing a session that has not begun": (
        lambda stage: hearings.close_session(stage.fixed(), stage.office),
        "听证还没有开始，请先开始。",
    ),
    "closing a session with a problem not heard to the end": (
        lambda stage: hearings.close_session(stage.begun(), stage.office),
        "还没有听完：1. 路灯2。请宣布结论，或者写明由镇研究到哪一天。",
    ),
    "closing a session twice": (
        lambda stage: hearings.close_session(stage.held(), stage.office),
        "听证会开始后才能结束，只结束一次。（目前：已召开。）",
    ),
    "following up before the minutes are public": (
        lambda stage: hearings.follow_up(stage.held(), stage.office),
        "纪要公布后才进入跟踪落实，只进入一次。（目前：已召开。）",
    ),
    "closing before it is followed up": (
        lambda stage: hearings.close(published(stage), stage.office),
        "听证会在跟踪落实期间办结，只办结一次。（目前：已公布纪要。）",
    ),
    "closing with an open measure and without feedback": (
        lambda stage: hearings.close(following(stage), stage.office),
        "还没有办结：装路灯。请逐项填报完成情况，或公开说明为何不能完成。 "
        "还没有登记反馈：政务公开栏目；情况通报；告知说明书（路灯2）。请登记何时、以何种方式送达。",
    ),
}


@pytest.mark.parametrize("tried", REFUSED)
def test_with_hearings_is_refused_in_words(stage, tried):
    act, text = REFUSED[tried]
    assert refusal(act, stage) == text


def test_a_concluded_problem_without_a_measure_holds_up_the_following(stage):
    hearing = stage.begun()
    session.set_presence(hearing, hearing.representatives.all(), hearing.officers.all(), stage.office)
    problem = hearing.problems.get()
    for one in hearing.representatives.all():
        session.record_assent(problem, one, True, stage.office)
    session.declare_conclusion(problem, "年底装好。", stage.office)
    hearing = hearings.close_session(hearing, stage.office)
    hearing.to_published()
    hearing.save()
    assert refusal(hearings.follow_up, hearing, stage.office) == (
        f"还没有措施：{problem}。请逐一下达措施；现在办不了的，作出限时承诺。"
    )
    assert Topic.objects.get(problems=problem).state == "taken"
