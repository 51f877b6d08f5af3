"""Seven whole days between the later of page and paper, and the session (requirement H)."""

import datetime

import pytest

from hearings.domain.lifecycle import hearings, notices, topics
from hearings.domain.notice_period import (
    current_notice,
    days_given,
    earliest_day,
    is_too_late,
    missing_notice,
    why_earliest,
)
from hearings.models import HearingNoticePage, HearingsSettings, Notice, Posting
from tests.hearings.stage import DAY, NOW, Stage
from tests.refusals import refusal

pytestmark = pytest.mark.django_db
HOUR = DAY / 24
NO_PAGE = "公告网页还没有公开：请发布；变更后请重新发布。天数从那时算起。"


@pytest.fixture
def stage(db):
    made = Stage()
    yield made
    made.close()


def test_the_earliest_day_leaves_seven_whole_days_after_today(stage):
    assert earliest_day(datetime.date(2026, 11, 23)) == datetime.date(2026, 12, 1)
    assert why_earliest(datetime.date(2026, 11, 23)) == (
        "最早可以定在 2026年12月1日：如果今天（2026年11月23日）就发布并张贴公告，中间正好隔 7 整天。"
        "公告每晚一天，会期就顺延一天。"
    )


def test_an_office_may_ask_for_more_days_and_never_for_less(stage):
    chosen = HearingsSettings.objects.create(notice_days=10)
    assert earliest_day(datetime.date(2026, 11, 23)) == datetime.date(2026, 12, 4)
    HearingsSettings.objects.filter(pk=chosen.pk).update(notice_days=3)
    assert earliest_day(datetime.date(2026, 11, 23)) == datetime.date(2026, 12, 1)
    chosen.notice_days = 6
    assert refusal(chosen.full_clean) == "确保该值大于或等于7。"


@pytest.mark.parametrize(("page", "paper"), [(0, 1), (1, 0), (1, 1)])
def test_a_hearing_is_notified_when_page_and_paper_are_both_out(stage, page, paper):
    """Nine days before the session, and one later: the later of the two counts."""
    hearing = stage.planned(days=9)
    steps = {page: [lambda: stage.publish(stage.page(hearing))]}
    steps.setdefault(paper, []).append(lambda: notices.record_posting(stage.posting(hearing), stage.liaison))
    for day in (0, 1):
        hearing.refresh_from_db()
        assert hearing.state == "planned"
        for step in steps.get(day, []):
            step()
        stage.go(days=1)
    hearing.refresh_from_db()
    assert (hearing.state, days_given(hearing), missing_notice(hearing)) == ("notified", 7, "")


def test_the_last_minute_of_a_day_counts_as_that_day(stage):
    hearing = stage.planned(days=8)
    stage.publish(stage.page(hearing))
    stage.go(hours=14, minutes=59)
    assert notices.record_posting(stage.posting(hearing), stage.office).state == "notified"


def test_a_minute_after_midnight_is_a_day_too_late(stage):
    hearing = stage.planned(days=8)
    stage.publish(stage.page(hearing))
    stage.go(hours=15, minutes=1)
    hearing = notices.record_posting(stage.posting(hearing), stage.office)
    assert (hearing.state, is_too_late(hearing)) == ("planned", True)
    assert missing_notice(hearing) == (
        "网页发布和张贴广播（以较晚者为准）到开会日 2026年12月1日 之间，至少要隔 7 整天，现在已经不够。"
        "请将听证会延期或取消，并公开原因。"
    )


def test_a_broadcast_counts_as_paper(stage):
    hearing = stage.planned()
    stage.publish(stage.page(hearing))
    assert notices.record_posting(stage.posting(hearing, kind="broadcast"), stage.liaison).state == "notified"


def test_a_notice_that_hung_before_it_was_keyed_in_counts_from_when_it_hung(stage):
    hearing = stage.planned(days=9)
    stage.publish(stage.page(hearing))
    stage.go(days=2)
    posting = stage.posting(hearing, posted_at=stage.now - DAY)
    assert notices.record_posting(posting, stage.office).state == "notified"


def test_the_first_posting_counts_and_later_ones_change_nothing(stage):
    hearing = stage.notified(days=9)
    stage.go(days=5)
    notices.record_posting(stage.posting(hearing), stage.office)
    assert days_given(hearing) == 8


def test_a_page_published_again_changes_nothing(stage):
    hearing = stage.notified()
    stage.go(days=5)
    page = HearingNoticePage.objects.get(hearing=hearing)
    page.title = "公告（更正）"
    page.save_revision()
    assert stage.publish(page) == ""
    assert current_notice(hearing).page_at == NOW


def test_a_hearing_hung_too_late_is_only_postponed_or_cancelled(stage):
    hearing = stage.planned(days=8)
    stage.publish(stage.page(hearing))
    stage.go(days=1)
    too_late = missing_notice(hearing)
    assert refusal(hearings.change, hearing, {"starts_at": stage.on(30)}, "改期", stage.office) == too_late
    assert refusal(hearings.change, hearing, {"place": "学校"}, "换地方", stage.office) == too_late
    assert refusal(hearings.change, hearing, {"topics": [stage.reported()]}, "换议题", stage.office) == too_late
    assert refusal(hearings.fix_representatives, hearing, stage.office) != ""
    assert refusal(hearings.begin_session, hearing, stage.office) != ""
    assert hearings.postpone(hearing, "公告晚了", stage.office).state == "postponed"
    assert hearings.cancel(hearing, "不再举行", stage.office).state == "cancelled"


def test_a_day_that_came_too_near_unannounced_can_still_be_moved(stage):
    hearing = stage.planned(days=8)
    stage.go(days=1)
    assert stage.publish(stage.page(hearing)).startswith("开会日太近，来不及公告，请先改期。最早可以定在 2026年12月2日")
    hearings.change(hearing, {"starts_at": stage.on(9)}, "", stage.office)
    assert stage.publish(HearingNoticePage.objects.get(hearing=hearing)) == ""


@pytest.mark.parametrize("what", ["starts_at", "place", "topics"])
def test_what_was_announced_and_is_changed_makes_the_days_begin_anew(stage, what):
    hearing = stage.fixed(days=20)
    stage.now = NOW + 5 * DAY
    value = {"starts_at": stage.on(25), "place": "学校", "topics": [*hearing.topics.all(), stage.reported()]}[what]
    hearing = hearings.change(hearing, {what: value}, "场地检修", stage.office)
    first, second = hearing.notices.all()
    assert (hearing.state, first.reason, first.replaced_at, second.page_at) == ("planned", "场地检修", stage.now, None)
    assert missing_notice(hearing) == NO_PAGE
    page = HearingNoticePage.objects.get(hearing=hearing)
    page.title = "变更公告"
    page.save_revision()
    assert stage.publish(page) == ""
    hearing.refresh_from_db()
    assert (hearing.state, missing_notice(hearing)) == (
        "planned", "公告还没有张贴或广播：请登记一条有签名的张贴或广播记录，天数从那时算起。",
    )  # fmt: skip
    assert notices.record_posting(stage.posting(hearing), stage.office).state == "notified"


def test_what_was_not_announced_is_free_to_change(stage):
    hearing = stage.notified()
    changes = {"title": "新名", "about": "新的说明", "sign_up_until": stage.on(15), "invited_seats": 3}
    hearing = hearings.change(hearing, {**changes, "quotas": {stage.upper: 5}}, "", stage.office)
    assert (hearing.state, hearing.notices.count(), hearing.seats) == ("notified", 1, 8)


def test_a_page_that_is_taken_down_ends_the_notice(stage):
    hearing = stage.fixed(days=20)
    page = HearingNoticePage.objects.get(hearing=hearing)
    page.unpublish()
    hearing.refresh_from_db()
    assert (hearing.state, current_notice(hearing).page_at) == ("planned", None)
    stage.now = NOW + 11 * DAY
    page.refresh_from_db()
    assert stage.publish(page) == ""
    hearing.refresh_from_db()
    assert (hearing.state, days_given(hearing)) == ("notified", 8)


def test_a_deleted_page_ends_the_notice_as_well(stage):
    hearing = stage.notified()
    HearingNoticePage.objects.get(hearing=hearing).delete()
    hearing.refresh_from_db()
    assert hearing.state == "planned"


def test_a_page_taken_down_in_the_session_changes_nothing(stage):
    hearing = stage.begun()
    HearingNoticePage.objects.get(hearing=hearing).unpublish()
    hearing.refresh_from_db()
    assert (hearing.state, missing_notice(hearing)) == ("fixed", "")


def test_a_record_changed_behind_the_rules_is_no_longer_announced(stage):
    hearing = stage.fixed()
    hearing.place = "别处"
    hearing.save()
    assert missing_notice(hearing) == "时间、地点或议题与公告不一致：请写明原因办理变更，并重新公告。"
    stage.now = hearing.starts_at
    assert refusal(hearings.begin_session, hearing, stage.office) == missing_notice(hearing)


def test_the_days_are_counted_again_before_each_step(stage):
    """As if somebody had tampered with the time of the posting in the database."""
    texts = []
    for make, step in (
        (stage.notified, hearings.fix_representatives),
        (stage.fixed, hearings.begin_session),
        (stage.begun, hearings.close_session),
    ):
        hearing = make(days=20)
        stage.now = max(stage.now, hearing.starts_at)
        Posting.objects.filter(notice__hearing=hearing).update(posted_at=hearing.starts_at - 7 * DAY)
        texts.append(refusal(step, hearing, stage.office))
    assert [text[:20] for text in texts] == ["网页发布和张贴广播（以较晚者为准）到开会"] * 3


def test_more_days_asked_for_later_do_not_touch_a_notice_that_is_out(stage):
    hearing = stage.notified(days=8)
    HearingsSettings.objects.create(notice_days=30)
    assert missing_notice(hearing) == ""


def test_a_postponed_hearing_is_announced_anew(stage):
    hearing = stage.notified(days=20)
    hearing = hearings.postpone(hearing, "台风", stage.office)
    assert missing_notice(hearing) == "这次听证会还没有会期，或原会期已失效：请先定方案，再发布公告网页并张贴公告。"
    hearing = hearings.plan(hearing, stage.office)
    assert (hearing.state, hearing.reason, Notice.objects.filter(hearing=hearing).count()) == ("planned", "", 2)
    assert missing_notice(hearing) == NO_PAGE


REPLACED = "这份公告已被替换，请撤下，张贴新公告后再登记。"


def replaced(stage):
    hearing = stage.notified()
    old = current_notice(hearing)
    hearings.change(hearing, {"place": "学校"}, "礼堂检修", stage.office)
    return stage.posting(hearing, notice=old)


REFUSED = {
    "a posting that is still to come": (
        lambda stage: notices.record_posting(stage.posting(stage.planned(), posted_at=NOW + HOUR), stage.office),
        "这个时间还没有到，请在张贴或广播之后再登记。",
    ),
    "a posting before the notice was made": (
        lambda stage: notices.record_posting(stage.posting(stage.planned(), posted_at=NOW - HOUR), stage.office),
        "这份公告于 2026-11-23 09:00 拟定，不可能在此之前张贴，请更正时间。",
    ),
    "a posting without a signature": (
        lambda stage: notices.record_posting(stage.posting(stage.planned(), signed_by=" "), stage.office),
        "请填写张贴人或播音人：没有签名的记录不算数。",
    ),
    "a posting of a notice that was replaced": (
        lambda stage: notices.record_posting(replaced(stage), stage.office),
        REPLACED,
    ),
    "a posting in a village the liaison does not serve": (
        lambda stage: notices.record_posting(stage.posting(stage.planned(), village=stage.lower), stage.liaison),
        "下塘村不在您服务的范围内，请选择您服务的村。",
    ),
    "a posting by somebody without a role": (
        lambda stage: notices.record_posting(stage.posting(stage.planned()), stage.checker),
        "您的账号没有这项权限，请联系效能办。",
    ),
    "a posting with a mobile number for a signature": (
        lambda stage: notices.record_posting(stage.posting(stage.planned(), signed_by="王13900139000"), stage.office),
        "这段文字里有身份证号、手机号或银行卡号。文字会有其他人看到，请删去；电话请填在电话一栏。",
    ),
    "a posting after the session began": (
        lambda stage: notices.record_posting(stage.posting(stage.begun()), stage.office),
        "听证已经开始，现在张贴的不再算作公告。",
    ),
    "a posting for a hearing that was postponed": (
        lambda stage: notices.record_posting(
            stage.posting(hearings.postpone(stage.planned(), "台风", stage.office)), stage.office
        ),
        "听证会定了方案之后、开会之前，才登记张贴或广播。（目前：已延期。）",
    ),
}  # fmt: skip


@pytest.mark.parametrize("tried", REFUSED)
def test_on_notices_is_refused_in_words(stage, tried):
    act, text = REFUSED[tried]
    assert refusal(act, stage) == text


def test_the_page_of_a_hearing_that_still_collects_topics_does_not_go_live(stage):
    hearing = stage.collecting()
    assert stage.publish(stage.page(hearing)) == f"“{hearing}”还在征集议题：请先定方案，再发布公告。"


def test_a_hearing_has_one_notice_page(stage):
    hearing = stage.notified()
    page = stage.index.add_child(instance=HearingNoticePage(title="第二页", hearing=hearing))
    assert stage.publish(page) == f"这次听证会的公告页是《{hearing}公告》，请修改那一页。"


def test_a_notice_page_is_not_turned_to_another_hearing(stage):
    hearing, other = stage.notified(), stage.planned()
    page = HearingNoticePage.objects.get(hearing=hearing)
    page.hearing = other
    page.save_revision()
    assert stage.publish(page) == f"本页公告的是“{hearing}”，其他听证会请另建公告页。"


def test_a_page_that_comes_too_late_after_the_paper_does_not_go_live(stage):
    hearing = stage.planned(days=8)
    notices.record_posting(stage.posting(hearing), stage.office)
    stage.go(days=1)
    assert stage.publish(stage.page(hearing)) == missing_notice(hearing)
    assert "现在已经不够" in missing_notice(hearing)


def test_topics_keep_their_hearing_while_it_is_only_planned_again(stage):
    hearing = hearings.postpone(stage.notified(), "台风", stage.office)
    topics.take(stage.reported(), hearing, stage.office)
    assert hearings.plan(hearing, stage.office).topics.count() == 2
