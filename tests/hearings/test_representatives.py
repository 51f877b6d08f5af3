"""Who speaks for the villages: sign-up, invitation, seats, waiting list (requirement H)."""

import pytest
from wagtail.models import ModelLogEntry

from hearings.domain.lifecycle import hearings, notices, representatives
from hearings.domain.seats import representatives_of, share_of
from hearings.models import HearingNoticePage, Representative
from organisation.domain.lifecycle import merge_units
from tests.hearings.stage import DAY, Stage
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db):
    made = Stage()
    yield made
    made.close()


def merged(stage):
    """下塘村 has become part of 上塘村."""
    merge_units([stage.lower], stage.upper, stage.now.date() - DAY, None)
    stage.lower.refresh_from_db()
    stage.upper.refresh_from_db()


def states(hearing):
    return [(one.name, one.state, one.place_in_line) for one in hearing.representatives.order_by("pk")]


def test_a_villager_signs_up_without_an_account(stage):
    hearing = stage.notified()
    one = representatives.sign_up(
        Representative(
            hearing=hearing, name=" 张 三丰 ", village=stage.upper, phone="139-0013 9000", problem="路灯何时装好？"
        )
    )
    kept = Representative.objects.get(pk=one.pk)
    assert (kept.name, kept.phone, kept.state, kept.way, kept.source, kept.entered_by, kept.entered_at) == (
        "张 三丰", "13900139000", "applied", "volunteer", "web", None, stage.now,
    )  # fmt: skip


def test_a_liaison_keys_in_what_came_on_paper(stage):
    one = representatives.sign_up(stage.volunteer(stage.notified()), stage.liaison)
    assert (one.source, one.entered_by) == ("paper", stage.liaison)


def test_who_signs_up_for_a_merged_village_is_told_where_they_are_now(stage):
    hearing = stage.notified()
    merged(stage)
    one = representatives.sign_up(stage.volunteer(hearing, village=stage.lower))
    assert (one.village, one.moved_from) == (stage.upper, stage.lower)
    assert share_of(hearing, stage.upper).seats == 3


def test_who_signed_up_before_their_village_was_merged_is_not_there_twice(stage):
    hearing = stage.notified()
    stage.signed_up(hearing, name="李四", village=stage.lower)
    merged(stage)
    assert refusal(stage.signed_up, hearing, name="李四", village=stage.upper) == TWICE_BY_NAME


def test_who_withdrew_can_sign_up_again(stage):
    hearing = stage.notified()
    one = stage.signed_up(hearing, name="李四", phone="13900139000")
    representatives.withdraw(one)
    assert stage.signed_up(hearing, name="李四", phone="13900139000").state == "applied"


def test_two_of_one_name_from_two_villages_are_two_people(stage):
    hearing = stage.notified()
    stage.signed_up(hearing, name="李四")
    assert stage.signed_up(hearing, name="李四", village=stage.lower).state == "applied"


def test_the_invited_confirm_or_decline(stage):
    hearing = stage.notified(invited_seats=2)
    yes, no = (
        representatives.invite(stage.volunteer(hearing, village=None, represents="农机社"), stage.office) for _n in "ab"
    )
    assert (yes.state, yes.way, yes.source) == ("invited", "invited", "office")
    assert representatives.answer_invitation(yes, True).state == "seated"
    assert representatives.answer_invitation(no, False).state == "declined"
    assert representatives_of(hearing) == [yes]


def test_a_seat_that_was_declined_is_offered_to_somebody_else(stage):
    hearing = stage.notified(invited_seats=1)
    one = representatives.invite(stage.volunteer(hearing), stage.office)
    representatives.answer_invitation(one, False)
    assert representatives.invite(stage.volunteer(hearing), stage.office).state == "invited"


def test_the_next_of_the_village_moves_up_when_somebody_withdraws(stage):
    hearing = stage.notified(seats=(1, 1))
    first, second, third = (stage.signed_up(hearing) for _number in range(3))
    other = stage.signed_up(hearing, village=stage.lower)
    stage.now = hearing.sign_up_until
    draw = stage.drawn(hearing)
    hearing = hearings.fix_representatives(hearing, stage.office)
    order = [Representative.objects.get(pk=key) for key, _outcome in draw.result]
    assert [(one.state, one.place_in_line) for one in order] == [("seated", None), ("waiting", 1), ("waiting", 2)]
    representatives.withdraw(order[0])
    for one in order:
        one.refresh_from_db()
    assert [one.state for one in order] == ["withdrawn", "seated", "waiting"]
    entry = ModelLogEntry.objects.get(action="hearings.move_up")
    assert (entry.object_id, entry.data) == (str(order[1].pk), {"before": "候补", "after": "听证代表"})
    other.refresh_from_db()
    assert other.state == "seated"
    assert {first.pk, second.pk, third.pk} == {one.pk for one in order}


def test_more_seats_for_a_village_let_those_who_wait_move_up(stage):
    hearing = stage.notified(seats=(1, 1))
    for _number in range(3):
        stage.signed_up(hearing)
    stage.now = hearing.sign_up_until
    stage.drawn(hearing)
    hearing = hearings.fix_representatives(hearing, stage.office)
    hearings.change(hearing, {"quotas": {stage.upper: 2, stage.lower: 1}}, "", stage.office)
    assert sorted(state for _name, state, _place in states(hearing)) == ["seated", "seated", "waiting"]


def test_who_comes_later_waits_behind_those_who_wait(stage):
    """Postponed after it was fixed: the seats stay given, newcomers get in line."""
    hearing = stage.fixed(volunteers=2)
    hearing = hearings.postpone(hearing, "台风", stage.office)
    changes = {"starts_at": stage.on(20), "sign_up_until": stage.on(15)}
    hearing = hearings.plan(hearings.change(hearing, changes, "", stage.office), stage.office)
    page = HearingNoticePage.objects.get(hearing=hearing)
    page.title = "改期公告"
    page.save_revision()
    stage.publish(page)
    notices.record_posting(stage.posting(hearing), stage.office)
    late = [stage.signed_up(hearing) for _number in range(2)]
    stage.now = stage.on(15)
    hearings.fix_representatives(hearing, stage.office)
    for one in late:
        one.refresh_from_db()
    assert [(one.state, one.place_in_line) for one in late] == [("waiting", 1), ("waiting", 2)]


TWICE_BY_NAME = "名单上已有来自同一地方的同名人员。如果不是您本人，请打电话与我们联系。"
NUMBER = "这段文字里有身份证号、手机号或银行卡号。文字会有其他人看到，请删去；电话请填在电话一栏。"


def twice(stage, again, **first):
    hearing = stage.notified()
    stage.signed_up(hearing, **first)
    return stage.signed_up(hearing, **again)


def after_closing(stage):
    hearing = stage.notified()
    stage.now = hearing.sign_up_until
    return stage.signed_up(hearing)


def list_published(stage):
    """The end of sign-up is moved after the list of the draw was published."""
    hearing = stage.notified(seats=(1, 1))
    for _number in range(3):
        stage.signed_up(hearing)
    stage.now = hearing.sign_up_until
    stage.drawn(hearing)
    hearings.change(hearing, {"sign_up_until": stage.on(1)}, "", stage.office)
    return stage.signed_up(hearing)


def invited(stage, hearing):
    return representatives.invite(stage.volunteer(hearing), stage.office)


def answered(stage):
    one = invited(stage, stage.notified())
    representatives.answer_invitation(one, True)
    return representatives.answer_invitation(one, False)


def answered_in_session(stage):
    hearing = stage.fixed()
    one = invited(stage, hearing)
    stage.now = hearing.starts_at
    hearings.begin_session(hearing, stage.office)
    return representatives.answer_invitation(one, True)


REFUSED = {
    "signing up before the hearing is announced": (
        lambda stage: stage.signed_up(stage.planned()),
        "听证会公告之后才能报名。（目前：已定方案。）",
    ),
    "signing up after closing": (
        after_closing,
        "报名已于 2026-12-10 14:00 截止。听证会欢迎旁听，下一次听证会也会公告。",
    ),
    "signing up after the list of the draw was published": (
        list_published,
        "抽签名单已经公布，不能再增加人员。",
    ),
    "signing up without a village": (
        lambda stage: stage.signed_up(stage.notified(), village=None),
        "请选择您所在的村或社区。",
    ),
    "signing up for a village without seats": (
        lambda stage: stage.signed_up(stage.notified(), village=stage.far),
        "柳岸村在本次听证会没有名额。有名额的是：上塘村、下塘村。",
    ),
    "a liaison withdrawing somebody of another village": (
        lambda stage: representatives.withdraw(stage.signed_up(stage.notified(), village=stage.lower), stage.liaison),
        "下塘村不在您服务的范围内，请选择您服务的村。",
    ),
    "a liaison answering for somebody invited from another village": (
        lambda stage: representatives.answer_invitation(
            representatives.invite(stage.volunteer(stage.notified(), village=stage.lower), stage.office),
            True,
            stage.liaison,
        ),
        "下塘村不在您服务的范围内，请选择您服务的村。",
    ),
    "a liaison signing up somebody of another village": (
        lambda stage: representatives.sign_up(stage.volunteer(stage.notified(), village=stage.lower), stage.liaison),
        "下塘村不在您服务的范围内，请选择您服务的村。",
    ),
    "an account without the right keying in": (
        lambda stage: representatives.sign_up(stage.volunteer(stage.notified()), stage.checker),
        "您的账号没有这项权限，请联系效能办。",
    ),
    "the same name from the same village": (
        lambda stage: twice(stage, {"name": "张 三"}, name="张三"),
        TWICE_BY_NAME,
    ),
    "the same phone": (
        lambda stage: twice(stage, {"phone": "139 0013 9000"}, phone="13900139000"),
        "名单上已有人使用这个电话。每人用自己的电话报名一次。",
    ),
    "an ID card number in the question": (
        lambda stage: stage.signed_up(stage.notified(), problem="我的证号11010519491231002X"),
        NUMBER,
    ),
    "a mobile number in what somebody invited stands for": (
        lambda stage: representatives.invite(
            stage.volunteer(stage.notified(), village=None, represents="镇商会，13900139000"), stage.office
        ),
        NUMBER,
    ),
    "a mobile number in the name": (
        lambda stage: stage.signed_up(stage.notified(), name="张三13900139000"),
        NUMBER,
    ),
    "digits in the name": (
        lambda stage: stage.signed_up(stage.notified(), name="张三8"),
        "请填写身份证上的姓名，不要写数字。",
    ),
    "an ID card number for a phone": (
        lambda stage: stage.signed_up(stage.notified(), phone="11010519491231002X"),
        "请填写十一位手机号，或 0571-8800 1234 这样的固定电话。",
    ),
    "no name": (
        lambda stage: stage.signed_up(stage.notified(), name=" "),
        "此字段不能为空。",
    ),
    "more invited than seats": (
        lambda stage: (hearing := stage.notified(), invited(stage, hearing), invited(stage, hearing)),
        "1 个邀请名额已全部发出，请先增加邀请名额。",
    ),
    "inviting who signed up already": (
        lambda stage: representatives.invite(
            stage.volunteer(stage.signed_up(stage.notified(), name="张三").hearing, name="张三"), stage.office
        ),
        TWICE_BY_NAME,
    ),
    "inviting in the session": (
        lambda stage: invited(stage, stage.begun()),
        "听证已经开始，不能再邀请。",
    ),
    "inviting after the session": (
        lambda stage: invited(stage, stage.held()),
        "开会之前才能邀请。（目前：已召开。）",
    ),
    "answering an invitation twice": (
        answered,
        "邀请只答复一次。（目前：听证代表。）",
    ),
    "answering an invitation in the session": (
        answered_in_session,
        "听证已经开始，请告诉记录员，由其记录到会情况。",
    ),
    "withdrawing in the session": (
        lambda stage: representatives.withdraw(stage.begun().representatives.first()),
        "听证已经开始，请告诉记录员，由其记录到会情况。",
    ),
    "withdrawing after the session": (
        lambda stage: representatives.withdraw(stage.held().representatives.first()),
        "开会之前才能办理。（目前：已召开。）",
    ),
    "withdrawing twice": (
        lambda stage: (
            one := stage.signed_up(stage.notified()),
            representatives.withdraw(one),
            representatives.withdraw(one),
        ),
        "已报名或已有席位的人才能退出；收到邀请的请选择谢绝。（目前：已退出。）",
    ),
    "withdrawing an invitation": (
        lambda stage: representatives.withdraw(invited(stage, stage.notified())),
        "已报名或已有席位的人才能退出；收到邀请的请选择谢绝。（目前：已邀请，尚未答复。）",
    ),
}  # fmt: skip


@pytest.mark.parametrize("tried", REFUSED)
def test_on_the_list_is_refused_in_words(stage, tried):
    act, text = REFUSED[tried]
    assert refusal(act, stage) == text
