"""Minutes: drafted from the record, masked, corrected, and published once nothing is open."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from hearings.domain.lifecycle import hearings, minutes, session
from hearings.domain.minutes_checks import takes_corrections
from hearings.enums import CorrectionState, EntryKind, HearingState
from hearings.models import Correction, HearingIndexPage, MinutesPage, Problem
from suite.privacy import find_in_page
from tests.hearings.sittings import said_by


def write(room, text, **values):
    return session.write_entry(room.problem, uuid.uuid4(), 0, {**values, "text": text}, room.clerk)


def html_of(page):
    return "\n".join(str(block.value.source) for block in page.body)


def correction(held, text="我说的是三十盏，不是二十盏。", **changes):
    return Correction(**{"hearing": held.hearing, "representative": held.people[0], "text": text, **changes})


# The draft


def test_minutes_are_drafted_from_the_record_without_names_and_numbers(room):
    asked, answered = EntryKind.QUESTION, EntryKind.ANSWER
    write(room, "我是张三丰，电话13800138000。\n路灯什么时候装？", kind=asked, representative=room.people[0])
    write(room, "张三丰说得对，<年底>前装。", kind=answered, officer=room.officers[1])
    write(room, "赵铁柱也提过。", speaker="村民欧阳修")
    for one in room.people:
        session.record_assent(room.problem, one, True, room.clerk)
    session.declare_conclusion(room.problem, "年底前装好20盏路灯。", room.clerk)
    studied = session.add_problem(Problem(hearing=room.hearing, title="水费怎么算"), room.clerk)
    session.end_without_conclusion(studied, datetime.date(2026, 12, 31), room.clerk)
    hearings.close_session(room.hearing, room.user)
    page = minutes.draft_minutes(room.hearing, room.user)
    assert html_of(page) == (
        "<h2>会议情况</h2>"
        "<p><b>时间：</b>2026年11月24日09:00至09:30</p>"
        "<p><b>地点：</b>镇政府三楼会议室</p>"
        "<p><b>主持人：</b>顾明远</p>"
        "<p><b>听证官：</b>祁志强</p>"
        "<p><b>听证代表：</b>3人：上塘村张**、李*；下塘村欧阳*</p>"
        "<p><b>议程：</b>共2个问题，1个达成一致，1个由镇里研究</p>\n"
        "<h2>1. 水塘边的路没有路灯</h2>"
        "<p><b>问（上塘村张**）：</b>我是张**，电话138****8000。</p><p>路灯什么时候装？</p>"
        "<p><b>答（祁志强）：</b>张**说得对，&lt;年底&gt;前装。</p>"
        "<p><b>议（村民欧阳*）：</b>赵**也提过。</p>"
        "<p><b>结论：</b>年底前装好20盏路灯。</p><p><b>表态：</b>到会代表3人同意</p>\n"
        "<h2>2. 水费怎么算</h2>"
        "<p><b>结果：</b>未形成结论，由镇里研究，2026年12月31日前答复。</p>"
    )
    assert list(find_in_page(page)) == []
    assert (page.title, page.live, page.get_latest_revision().user) == (
        "2026年第二次效能听证会纪要",
        False,
        room.user,
    )
    assert page.get_parent().specific == room.index


def test_an_everyday_word_that_is_somebodys_name_is_left_in_the_text(room):
    room.people[1].name = "安全"
    room.people[1].save()
    write(room, "安全第一，李明。", kind=EntryKind.DISCUSSION, representative=room.people[1])
    session.end_without_conclusion(room.problem, datetime.date(2026, 12, 31), room.clerk)
    hearings.close_session(room.hearing, room.user)
    assert "<b>议（上塘村安*）：</b>安全第一，李明。" in html_of(minutes.draft_minutes(room.hearing, room.user))


def test_what_was_removed_and_who_was_absent_is_not_in_the_minutes(room):
    session.set_presence(room.hearing, room.people[:2], room.officers, room.clerk)
    entry = write(room, "这句不对。", representative=room.people[0])
    session.remove_entry(room.problem, entry.key, 1, room.clerk)
    session.end_without_conclusion(room.problem, datetime.date(2026, 12, 31), room.clerk)
    hearings.close_session(room.hearing, room.user)
    text = html_of(minutes.draft_minutes(room.hearing, room.user))
    assert ("这句不对" in text, "欧阳" in text, "2人：上塘村张**、李*" in text) == (False, False, True)


def test_minutes_are_drafted_once_after_the_session_below_the_section(room, held):
    minutes.draft_minutes(held.hearing, held.user)
    with pytest.raises(ValidationError) as refusal:
        minutes.draft_minutes(held.hearing, held.user)
    assert said_by(refusal) == "本次听证会已经有纪要：请在那个页面上继续。"


def test_no_minutes_before_the_session_is_closed(room):
    with pytest.raises(ValidationError) as refusal:
        minutes.draft_minutes(room.hearing, room.user)
    assert said_by(refusal) == "听证会结束以后才能起草纪要。（目前：代表已确定。）"


def test_no_minutes_without_a_section(held):
    HearingIndexPage.objects.get().delete()
    with pytest.raises(ValidationError) as refusal:
        minutes.draft_minutes(held.hearing, held.user)
    assert said_by(refusal) == "还没有效能听证栏目：请编辑先建立这个页面。"


def test_only_the_office_drafts_sends_and_settles(held):
    for move in (
        lambda: minutes.draft_minutes(held.hearing, held.head_user),
        lambda: minutes.send_for_correction(held.hearing, held.head_user),
        lambda: minutes.settle(correction(held), True, "", held.head_user),
    ):
        with pytest.raises(ValidationError) as refusal:
            move()
        assert said_by(refusal) == "您的账号没有这项权限，请联系效能办。"


# Corrections


def test_corrections_are_taken_for_the_working_days_of_the_settings(held, time):
    minutes.draft_minutes(held.hearing, held.user)
    assert takes_corrections(held.hearing) is False
    minutes.send_for_correction(held.hearing, held.user)
    taken = minutes.correct(correction(held))
    assert (taken.state, taken.representative) == (CorrectionState.OPEN, held.people[0])
    assert minutes.correct(correction(held, representative=None, officer=held.officers[1])).officer == held.officers[1]
    # Three working days after Tuesday the 24th are over with Friday the 27th.
    time.go(days=3)
    assert takes_corrections(held.hearing) is True
    time.go(days=1)
    with pytest.raises(ValidationError) as refusal:
        minutes.correct(correction(held))
    assert said_by(refusal) == "只在纪要征求修改意见期间受理：请打电话给效能办。"


def test_minutes_are_sent_once_and_only_when_they_are_drafted(held):
    with pytest.raises(ValidationError) as refusal:
        minutes.send_for_correction(held.hearing, held.user)
    assert said_by(refusal) == "请先起草纪要，再送代表和听证官核对。"
    minutes.draft_minutes(held.hearing, held.user)
    minutes.send_for_correction(held.hearing, held.user)
    with pytest.raises(ValidationError) as refusal:
        minutes.send_for_correction(held.hearing, held.user)
    assert said_by(refusal) == "纪要已经送核对：请处理收到的修改意见。"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"representative": None}, "修改意见由一人提出：请选择一名听证代表或者一名听证官。"),
        ({"text": " \n"}, "请写明哪里要改，应该怎样写。"),
        ({"text": "电话是13800138000"}, "请删去文字中的个人号码：纪要里不能有。"),
    ],
)
def test_a_correction_says_who_and_what_and_no_number(held, changes, told):
    minutes.draft_minutes(held.hearing, held.user)
    minutes.send_for_correction(held.hearing, held.user)
    with pytest.raises(ValidationError) as refusal:
        minutes.correct(correction(held, **changes))
    assert said_by(refusal) == told
    assert Correction.objects.count() == 0


def test_only_representatives_and_officers_of_the_hearing_correct_its_minutes(held):
    minutes.draft_minutes(held.hearing, held.user)
    minutes.send_for_correction(held.hearing, held.user)
    held.people[0].to_withdrawn()
    held.people[0].save()
    with pytest.raises(ValidationError) as refusal:
        minutes.correct(correction(held))
    assert said_by(refusal) == "只有本次听证会的听证代表和听证官可以更正纪要。"


def test_a_correction_is_taken_over_or_refused_with_a_reason_once(held):
    minutes.draft_minutes(held.hearing, held.user)
    minutes.send_for_correction(held.hearing, held.user)
    first, second = minutes.correct(correction(held)), minutes.correct(correction(held))
    with pytest.raises(ValidationError) as refusal:
        minutes.settle(first, False, "  ", held.user)
    assert refusal.value.message_dict == {"reply": ["请写明为什么不采纳：提出的人会看到。"]}
    refused = minutes.settle(first, False, "录音里是二十盏。", held.user)
    assert (refused.state, refused.reply, refused.settled_by) == (
        CorrectionState.REFUSED,
        "录音里是二十盏。",
        held.user,
    )
    assert minutes.settle(second, True, "", held.user).state == CorrectionState.TAKEN_OVER
    with pytest.raises(ValidationError) as refusal:
        minutes.settle(second, True, "", held.user)
    assert said_by(refusal) == "这条修改意见已经处理。"


# Going live


def test_minutes_go_live_when_nothing_is_open_and_the_record_follows(held, publish, time):
    page = minutes.draft_minutes(held.hearing, held.user)
    assert publish(held.index) == ""
    assert publish(page) == "请先把纪要送听证官和听证代表核对。"
    minutes.send_for_correction(held.hearing, held.user)
    asked = minutes.correct(correction(held))
    time.go(days=1)
    assert publish(page) == (
        "听证官和听证代表最迟2026年11月27日可以提出修改意见：请过了这一天再公布。 "
        "还有1条修改意见没有处理：请逐条采纳，或者写明不采纳的理由，然后再公布纪要。"
    )
    minutes.settle(asked, True, "", held.user)
    time.go(days=3)
    held.hearing.refresh_from_db()
    assert held.hearing.state == HearingState.HELD
    assert publish(page) == ""
    held.hearing.refresh_from_db()
    assert (page.live, held.hearing.state) == (True, HearingState.PUBLISHED)
    assert ModelLogEntry.objects.filter(action="hearings.publish_minutes").count() == 1


def test_minutes_with_a_name_in_full_do_not_go_live(held, publish, time):
    page = minutes.draft_minutes(held.hearing, held.user)
    minutes.send_for_correction(held.hearing, held.user)
    time.go(days=4)
    publish(held.index)
    page.body = [*page.body.raw_data, {"type": "paragraph", "value": "<p>张三丰和<b>欧阳</b>修都同意。</p>"}]
    page.save_revision(user=held.user)
    assert publish(page) == "这段文字会公开，里面有人的全名（张**、欧阳*）：请写姓加星号，或者写村名。"
    held.hearing.refresh_from_db()
    assert held.hearing.state == HearingState.HELD


def test_a_second_page_of_minutes_is_refused(published, publish):
    published.index.refresh_from_db()
    other = published.index.add_child(instance=MinutesPage(title="纪要二", hearing=published.hearing, live=False))
    assert publish(other) == "本次听证会已经有公布的纪要：请改那个页面。"


def test_minutes_published_again_change_no_state(published, publish):
    page = MinutesPage.objects.get(pk=published.minutes_page.pk)
    page.title = "纪要（更正）"
    page.save_revision(user=published.user)
    assert publish(page) == ""
    published.hearing.refresh_from_db()
    assert published.hearing.state == HearingState.PUBLISHED
    assert ModelLogEntry.objects.filter(action="hearings.publish_minutes").count() == 1


def test_minutes_of_a_session_that_was_not_closed_stay_a_draft(room, publish):
    page = room.index.add_child(instance=MinutesPage(title="纪要", hearing=room.hearing, live=False))
    publish(room.index)
    assert publish(page) == "听证会还没有结束：纪要记的是已经开过的会。"
