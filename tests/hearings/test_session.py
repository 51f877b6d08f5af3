"""What is said in the session, and what it comes to: nobody declares a consensus that is not there."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from hearings.domain.lifecycle import session
from hearings.domain.lifecycle.hearings import close_session
from hearings.enums import EntryKind, HearingState, OfficerRole, ProblemState, SeatState
from hearings.models import Assent, Entry, Hearing, HearingsSettings, Officer, Problem
from tests.hearings.sittings import account, person, said_by

A_MONTH_LATER = datetime.date(2026, 12, 24)


def write(room, text="路灯什么时候装？", key=None, version=0, **values):
    values = {"kind": EntryKind.QUESTION, "representative": room.people[0], **values, "text": text}
    return session.write_entry(room.problem, key or uuid.uuid4(), version, values, room.clerk)


def agree(room, *people, problem=None):
    for one in people:
        session.record_assent(problem or room.problem, one, True, room.clerk)


def logged(action):
    return [entry.data for entry in ModelLogEntry.objects.filter(action=action).order_by("pk")]


# The agenda and who is there


def test_a_representative_puts_a_problem_on_the_agenda(room):
    asked = Problem(hearing=room.hearing, title=" 水费怎么算 ", raised_by=room.people[1], village=room.upper)
    added = session.add_problem(asked, room.clerk)
    assert (added.number, added.title, added.raised_by, added.state) == (2, "水费怎么算", room.people[1], "open")


def test_a_problem_of_the_agenda_holds_no_number_and_no_full_name(room):
    for title in ("张三丰家门口没有路灯", "请打13800138000"):
        with pytest.raises(ValidationError) as refusal:
            session.add_problem(Problem(hearing=room.hearing, title=title), room.clerk)
        assert list(refusal.value.message_dict) == ["title"]
    assert room.hearing.problems.count() == 1


def test_the_name_of_somebody_absent_stands_behind_no_problem(room):
    session.set_presence(room.hearing, room.people[1:], room.officers, room.clerk)
    with pytest.raises(ValidationError) as refusal:
        session.add_problem(Problem(hearing=room.hearing, title="水费", raised_by=room.people[0]), room.clerk)
    assert said_by(refusal) == "张三丰没有记为到会：请先登记到会人员。"


def test_a_topic_of_another_hearing_or_one_that_is_listed_is_not_put_on_the_agenda(room):
    with pytest.raises(ValidationError) as refusal:
        session.add_problem(Problem(hearing=room.hearing, title="路灯", topic=room.topic), room.clerk)
    assert said_by(refusal) == "这个议题已经在议程上：请在那里记录发言。"
    room.topic.hearing = None
    room.topic.save()
    with pytest.raises(ValidationError) as refusal:
        session.add_problem(Problem(hearing=room.hearing, title="路灯", topic=room.topic), room.clerk)
    assert said_by(refusal) == "这个议题没有列入本次听证会：请选择本次的议题。"


def test_who_is_there_is_recorded_and_everybody_else_is_absent(room):
    session.set_presence(room.hearing, room.people[:2], room.officers[:1], room.clerk)
    assert [one.present for one in room.hearing.representatives.order_by("pk")] == [True, True, False]
    assert [one.present for one in room.hearing.officers.order_by("pk")] == [True, False]
    assert logged("hearings.presence") == [{"representatives": "张三丰、李明", "officers": "顾明远"}]


def test_nobody_without_a_seat_is_present(room):
    waiting = room.people[2]
    type(waiting).objects.filter(pk=waiting.pk).delete()
    with pytest.raises(ValidationError) as refusal:
        session.set_presence(room.hearing, room.people, room.officers, room.clerk)
    assert said_by(refusal) == "名单里有人已经不在本次听证会的席位上：请重新打开页面。"


def test_who_spoke_cannot_be_made_absent(room):
    write(room)
    with pytest.raises(ValidationError) as refusal:
        session.set_presence(room.hearing, room.people[1:], room.officers, room.clerk)
    assert said_by(refusal) == "张三丰在“1. 水塘边的路没有路灯”中发过言，说明到会了：请先更正那条发言。"
    write(room, "年底装。", kind=EntryKind.ANSWER, representative=None, officer=room.officers[1])
    with pytest.raises(ValidationError) as refusal:
        session.set_presence(room.hearing, room.people, room.officers[:1], room.clerk)
    assert said_by(refusal).startswith("祁志强在")
    room.people[0].refresh_from_db()
    assert room.people[0].present is True


@pytest.mark.parametrize("state", ["before", "after"])
def test_nothing_is_recorded_before_the_session_is_opened_or_after_it_was_closed(room, time, state):
    hearing, problem = room.hearing, room.problem
    if state == "before":
        hearing.begun_at = None
    else:
        hearing.held_at = time.now
        hearing.to_held()
    hearing.save()
    told = (
        "听证会已经结束，记录不再改动：请改为提出纪要修改意见。"
        if state == "after"
        else "听证会还没有开始：请在会议当天先点开始。"
    )
    moves = [
        lambda: session.add_problem(Problem(hearing=hearing, title="水费"), room.clerk),
        lambda: session.set_presence(hearing, [], [], room.clerk),
        lambda: write(room),
        lambda: session.remove_entry(problem, uuid.uuid4(), 1, room.clerk),
        lambda: session.record_assent(problem, room.people[0], True, room.clerk),
        lambda: session.declare_conclusion(problem, "装路灯", room.clerk),
        lambda: session.end_without_conclusion(problem, A_MONTH_LATER, room.clerk),
        lambda: session.take_up_again(problem, room.clerk),
    ]
    for move in moves:
        with pytest.raises(ValidationError) as refusal:
            move()
        assert said_by(refusal) == told


def test_the_efficiency_office_and_the_clerk_of_this_hearing_record_and_nobody_else(room):
    scribe = account("scribe", "cadre")
    seat = Officer.objects.create(hearing=room.hearing, person=person("褚晓彤", scribe), role=OfficerRole.OFFICER)
    values = {"text": "路灯", "speaker": "村民"}
    for move in (
        lambda: session.write_entry(room.problem, uuid.uuid4(), 0, values, scribe),
        lambda: session.set_presence(room.hearing, room.people, room.officers, scribe),
        lambda: session.end_without_conclusion(room.problem, A_MONTH_LATER, scribe),
    ):
        with pytest.raises(ValidationError) as refusal:
            move()
        assert said_by(refusal) == "您的账号没有这项权限，请联系效能办。"
    seat.role = OfficerRole.CLERK
    seat.save()
    assert session.write_entry(room.problem, uuid.uuid4(), 0, values, scribe).written_by == scribe
    session.end_without_conclusion(room.problem, A_MONTH_LATER, scribe)
    assert close_session(room.hearing, scribe).state == HearingState.HELD


def test_the_clerk_of_another_hearing_records_nothing_here(room):
    scribe = account("scribe", "cadre")
    other = Hearing.objects.create(title="另一次效能听证会", about="水费。", host=room.office)
    Officer.objects.create(hearing=other, person=person("褚晓彤", scribe), role=OfficerRole.CLERK)
    with pytest.raises(ValidationError) as refusal:
        session.add_problem(Problem(hearing=room.hearing, title="水费"), scribe)
    assert said_by(refusal) == "您的账号没有这项权限，请联系效能办。"


# What is said


def test_contributions_are_kept_in_the_order_in_which_they_were_written(room):
    first = write(room, "路灯什么时候装？\r\n大家等着。")
    second = write(room, "年底以前。", kind=EntryKind.ANSWER, representative=None, officer=room.officers[1])
    assert [entry.position for entry in (first, second)] == [1, 2]
    assert (first.text, first.version, first.written_by) == ("路灯什么时候装？\n大家等着。", 1, room.clerk)


def test_the_same_contribution_sent_twice_is_stored_once(room):
    key = uuid.uuid4()
    first, again = write(room, key=key), write(room, key=key)
    assert (first.pk, first.version) == (again.pk, again.version)
    changed = write(room, "路灯装不装？", key=key, version=1)
    repeated = write(room, "路灯装不装？", key=key, version=1)
    assert (changed.version, repeated.version, Entry.objects.count()) == (2, 2, 1)


def test_an_old_version_never_overwrites_what_another_clerk_wrote(room):
    key = uuid.uuid4()
    write(room, key=key)
    write(room, "路灯装不装？", key=key, version=1)
    with pytest.raises(session.Conflict) as conflict:
        write(room, "路灯坏了。", key=key, version=1)
    assert (conflict.value.stored.text, conflict.value.stored.version) == ("路灯装不装？", 2)
    assert said_by(conflict) == "这条发言刚被别人改过。请对照两边的文字，保存正确的。"
    assert Entry.objects.get().text == "路灯装不装？"


def test_a_new_contribution_with_a_used_key_and_other_words_is_a_conflict(room):
    key = uuid.uuid4()
    write(room, key=key)
    with pytest.raises(session.Conflict):
        write(room, "别的话", key=key)


def test_a_contribution_that_was_removed_is_not_brought_back_by_an_old_version(room):
    key = uuid.uuid4()
    write(room, key=key)
    removed = session.remove_entry(room.problem, key, 1, room.clerk)
    assert (removed.removed, removed.version) == (True, 2)
    assert session.remove_entry(room.problem, key, 1, room.clerk).version == 2
    with pytest.raises(session.Conflict) as conflict:
        write(room, key=key, version=1)
    assert conflict.value.stored.removed is True
    assert said_by(conflict) == "这条发言刚被别人删除。如果应当记录，请重新写一条。"
    assert write(room, key=key, version=2).removed is False


def test_an_old_version_removes_nothing(room):
    key = uuid.uuid4()
    write(room, key=key)
    write(room, "路灯装不装？", key=key, version=1)
    with pytest.raises(session.Conflict):
        session.remove_entry(room.problem, key, 1, room.clerk)
    assert Entry.objects.get().removed is False
    with pytest.raises(ValidationError) as refusal:
        session.remove_entry(room.problem, uuid.uuid4(), 1, room.clerk)
    assert said_by(refusal) == "这条发言没有保存过，不用删除。"


def test_a_key_of_another_problem_is_refused(room):
    other = session.add_problem(Problem(hearing=room.hearing, title="水费"), room.clerk)
    key = uuid.uuid4()
    write(room, key=key)
    for move in (
        lambda: session.write_entry(other, key, 1, {"text": "混进来", "speaker": "某人"}, room.clerk),
        lambda: session.remove_entry(other, key, 1, room.clerk),
    ):
        with pytest.raises(ValidationError) as refusal:
            move()
        assert said_by(refusal) == "这条发言属于另一个问题：请重新打开页面，在那里记录。"
    assert (Entry.objects.get().problem, Entry.objects.get().text) == (room.problem, "路灯什么时候装？")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"speaker": "老王"}, "一条发言只有一名发言人：请选择发言人，或者填写姓名，不要两样都填。"),
        ({"kind": EntryKind.ANSWER}, "听证代表提问，听证官作答：请选择“提问”或者“讨论”。"),
        ({"text": "  \n "}, "此字段不能为空。"),
        ({"kind": "song"}, "值 'song' 不是有效选项。"),
    ],
)
def test_a_contribution_that_makes_no_sense_is_refused(room, values, told):
    with pytest.raises(ValidationError) as refusal:
        write(room, **values)
    assert said_by(refusal) == told
    assert Entry.objects.count() == 0


def test_an_officer_asks_no_question(room):
    with pytest.raises(ValidationError) as refusal:
        write(room, representative=None, officer=room.officers[1])
    assert said_by(refusal) == "听证官作答，听证代表提问：请选择“答复”或者“讨论”。"


def test_nobody_absent_and_nobody_of_another_hearing_speaks(room):
    session.set_presence(room.hearing, room.people[1:], room.officers[1:], room.clerk)
    for one in (*room.people, *room.officers):
        one.refresh_from_db()
    with pytest.raises(ValidationError) as refusal:
        write(room)
    assert said_by(refusal) == "张三丰没有记为到会：请先登记到会人员。"
    with pytest.raises(ValidationError) as refusal:
        write(room, kind=EntryKind.ANSWER, representative=None, officer=room.officers[0])
    assert said_by(refusal) == "顾明远没有记为到会：请先登记到会人员。"


def test_going_on_writing_is_one_act_and_another_clerks_change_keeps_what_it_was_without_numbers(room):
    key = uuid.uuid4()
    write(room, "路", key=key)
    write(room, "路灯，电话13800138000", key=key, version=1)
    values = {"kind": EntryKind.QUESTION, "representative": room.people[0], "text": "路灯"}
    session.write_entry(room.problem, key, 2, values, room.user)
    assert logged("hearings.write") == [{"after": "路"}]
    assert logged("hearings.rewrite") == [{"before": "路灯，电话138****8000", "after": "路灯"}]


# What it comes to


def test_a_conclusion_is_declared_with_the_recorded_assent_of_all_present(room):
    agree(room, *room.people)
    problem = session.declare_conclusion(room.problem, " 年底前装好20盏路灯。 ", room.clerk)
    assert (problem.state, problem.conclusion) == (ProblemState.AGREED, "年底前装好20盏路灯。")
    (data,) = logged("hearings.declare")
    assert (data["agreed"], data["present"], data["after"]) == (3, 3, "达成结论")


def test_silence_is_no_assent(room):
    agree(room, *room.people[:2])
    with pytest.raises(ValidationError) as refusal:
        session.declare_conclusion(room.problem, "装路灯", room.clerk)
    assert said_by(refusal) == (
        "到会的3名听证代表中有2名同意，宣布结论需要100%。请逐一记录表态，或者按“未达成结论”结束，由镇研究。"
    )
    session.record_assent(room.problem, room.people[2], False, room.clerk)
    with pytest.raises(ValidationError):
        session.declare_conclusion(room.problem, "装路灯", room.clerk)
    assert Problem.objects.get().state == ProblemState.OPEN


@pytest.mark.parametrize(("percent", "declared"), [(66, True), (67, False), (51, True), (0, True)])
def test_so_many_have_to_agree_as_the_office_set_and_never_half_or_less(room, percent, declared):
    HearingsSettings.objects.create(assent_percent=percent)
    agree(room, *room.people[:2])
    if declared:
        assert session.declare_conclusion(room.problem, "装路灯", room.clerk).state == ProblemState.AGREED
    else:
        with pytest.raises(ValidationError):
            session.declare_conclusion(room.problem, "装路灯", room.clerk)


def test_one_of_two_is_never_enough(room):
    HearingsSettings.objects.create(assent_percent=10)
    session.set_presence(room.hearing, room.people[:2], [], room.clerk)
    agree(room, room.people[0])
    with pytest.raises(ValidationError) as refusal:
        session.declare_conclusion(room.problem, "装路灯", room.clerk)
    assert "有1名同意，宣布结论需要51%" in said_by(refusal)


def test_nobody_absent_assents(room):
    session.set_presence(room.hearing, room.people[1:], room.officers, room.clerk)
    with pytest.raises(ValidationError) as refusal:
        session.record_assent(room.problem, room.people[0], True, room.clerk)
    assert said_by(refusal) == "张三丰没有记为到会：请先登记到会人员。"
    assert Assent.objects.count() == 0


def test_the_assent_of_somebody_who_is_absent_now_does_not_count(room):
    agree(room, *room.people[:2])
    session.set_presence(room.hearing, room.people[1:], room.officers, room.clerk)
    with pytest.raises(ValidationError) as refusal:
        session.declare_conclusion(room.problem, "装路灯", room.clerk)
    assert said_by(refusal).startswith("到会的2名听证代表中有1名同意")


def test_without_anybody_present_nothing_is_agreed(room):
    session.set_presence(room.hearing, [], room.officers, room.clerk)
    with pytest.raises(ValidationError) as refusal:
        session.declare_conclusion(room.problem, "装路灯", room.clerk)
    assert said_by(refusal) == "没有登记任何听证代表到会，不可能有人同意：请先登记到会人员。"


def test_presence_cannot_be_changed_so_that_a_declared_conclusion_loses_its_assent(room):
    session.set_presence(room.hearing, room.people[:2], room.officers, room.clerk)
    agree(room, *room.people[:2])
    session.declare_conclusion(room.problem, "装路灯", room.clerk)
    with pytest.raises(ValidationError) as refusal:
        session.set_presence(room.hearing, room.people, room.officers, room.clerk)
    assert said_by(refusal) == (
        "这样登记到会人员，“1. 水塘边的路没有路灯”的结论就达不到规定的同意人数。"
        "请先对这个问题重新讨论，登记到会人员，再逐一询问。"
    )
    with pytest.raises(ValidationError):
        session.set_presence(room.hearing, [], room.officers, room.clerk)
    room.people[2].refresh_from_db()
    assert room.people[2].present is False
    session.take_up_again(room.problem, room.clerk)
    session.set_presence(room.hearing, room.people, room.officers, room.clerk)
    room.people[2].refresh_from_db()
    assert room.people[2].present is True


def test_a_declared_conclusion_does_not_live_on_the_assent_of_somebody_who_left(room):
    session.set_presence(room.hearing, room.people[:2], room.officers, room.clerk)
    agree(room, *room.people[:2])
    session.declare_conclusion(room.problem, "装路灯", room.clerk)
    with pytest.raises(ValidationError) as refusal:
        session.set_presence(room.hearing, room.people[1:], room.officers, room.clerk)
    assert said_by(refusal).startswith("这样登记到会人员，“1. 水塘边的路没有路灯”的结论就达不到规定的同意人数。")


def test_assent_is_asked_for_anew_when_a_problem_is_taken_up_again(room):
    agree(room, *room.people)
    session.declare_conclusion(room.problem, "装路灯", room.clerk)
    problem = session.take_up_again(room.problem, room.clerk)
    assert (problem.state, problem.conclusion, problem.assents.count()) == (ProblemState.OPEN, "装路灯", 0)
    with pytest.raises(ValidationError):
        session.declare_conclusion(room.problem, "装很多路灯", room.clerk)
    (data,) = logged("hearings.take_up_again")
    assert (data["agreed"], data["conclusion"]) == ("张三丰、李明、欧阳修", "装路灯")
    with pytest.raises(ValidationError) as refusal:
        session.take_up_again(room.problem, room.clerk)
    assert said_by(refusal) == "这个问题还在进行：请继续记录。"


def test_without_agreement_the_township_studies_it_until_a_day_within_a_year(room, time):
    for day in (None, time.now.date(), time.now.date() - datetime.timedelta(1), datetime.date(2027, 12, 1)):
        with pytest.raises(ValidationError) as refusal:
            session.end_without_conclusion(room.problem, day, room.clerk)
        assert refusal.value.message_dict == {"study_until": ["镇里研究到哪一天？请选择今天以后、一年以内的日期。"]}
    problem = session.end_without_conclusion(room.problem, A_MONTH_LATER, room.clerk)
    assert (problem.state, problem.study_until, problem.conclusion) == (ProblemState.STUDIED, A_MONTH_LATER, "")


def test_what_was_heard_to_the_end_is_not_changed_without_taking_it_up_again(room):
    write(room)
    session.end_without_conclusion(room.problem, A_MONTH_LATER, room.clerk)
    for move in (
        lambda: write(room),
        lambda: agree(room, room.people[0]),
        lambda: session.declare_conclusion(room.problem, "装路灯", room.clerk),
        lambda: session.end_without_conclusion(room.problem, A_MONTH_LATER, room.clerk),
    ):
        with pytest.raises(ValidationError) as refusal:
            move()
        assert said_by(refusal) == "这个问题已经有结果：要改动，请先重新讨论。"


def test_every_contribution_has_a_speaker_before_the_problem_ends(room):
    key = uuid.uuid4()
    write(room, key=key, representative=None)
    agree(room, *room.people)
    for move in (
        lambda: session.declare_conclusion(room.problem, "装路灯", room.clerk),
        lambda: session.end_without_conclusion(room.problem, A_MONTH_LATER, room.clerk),
    ):
        with pytest.raises(ValidationError) as refusal:
            move()
        assert said_by(refusal) == "“路灯什么时候装？”是谁说的？每条发言都要有发言人，问题才能结束。"
    session.remove_entry(room.problem, key, 1, room.clerk)
    assert session.declare_conclusion(room.problem, "装路灯", room.clerk).state == ProblemState.AGREED


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("  ", "请写明达成了什么一致。"),
        ("字" * 2001, "请控制在2000个字以内。"),
        ("给张三丰家装路灯", "这段文字会公开，里面有人的全名（张**）：请写姓加星号，或者写村名。"),
        ("找赵铁柱家", "这段文字会公开，里面有人的全名（赵**）：请写姓加星号，或者写村名。"),
    ],
)
def test_a_conclusion_is_fit_for_the_public(room, text, told):
    agree(room, *room.people)
    with pytest.raises(ValidationError) as refusal:
        session.declare_conclusion(room.problem, text, room.clerk)
    assert refusal.value.message_dict == {"text": [told]}


def test_a_conclusion_names_officers(room):
    agree(room, *room.people)
    text = "由顾明远负责，年底前装好。"
    assert session.declare_conclusion(room.problem, text, room.clerk).conclusion == text


def test_the_session_does_not_close_on_a_conclusion_that_lost_its_assent(room, time):
    agree(room, *room.people)
    session.declare_conclusion(room.problem, "装路灯", room.clerk)
    # A row that somebody changed behind the functions.
    Assent.objects.filter(representative=room.people[0]).update(agrees=False)
    with pytest.raises(ValidationError) as refusal:
        close_session(room.hearing, room.user)
    assert said_by(refusal).startswith("这样登记到会人员")
    Assent.objects.update(agrees=True)
    assert close_session(room.hearing, room.user).state == HearingState.HELD


def test_somebody_who_withdrew_counts_no_more(room):
    room.people[2].to_withdrawn()
    room.people[2].save()
    assert room.people[2].state == SeatState.WITHDRAWN
    agree(room, *room.people[:2])
    assert session.declare_conclusion(room.problem, "装路灯", room.clerk).state == ProblemState.AGREED
