"""The report meeting: planned, drawn for by rules that are frozen, written down, held or cancelled."""

import datetime

import pytest
from wagtail.models import ModelLogEntry

from commitments.domain.draws import candidates_of, draw_under_way
from commitments.domain.lifecycle import meetings
from commitments.models import MeetingReport, ReportMeeting
from organisation.enums import UnitKind
from suite.draw import domain as draws
from suite.draw.listing import Candidate, Rules
from tests.commitments.results_stage import DAY
from tests.refusals import refusal

FIRST = datetime.date(2026, 12, 1)
MOBILE = "找13812345678"
NO_REASON = "请填写：这一项随抽签一起公布。"


@pytest.fixture
def room(stage):
    """December: filing goes on until the 7th; three units, five commitments, one of them not handed in."""
    stage.december = stage.new_month(FIRST)
    stage.people = [
        stage.person(name, "cadre", unit=unit)
        for name, unit in (("孙伟", stage.team), ("金玲", stage.centre), ("吴佳", stage.other), ("郑新", stage.other))
    ]
    units = (stage.team, stage.centre, stage.other, stage.other)
    stage.handed_in = [
        stage.filed(person, unit, stage.december) for person, unit in zip(stage.people, units, strict=True)
    ]
    stage.late = stage.owed(stage.cadre, stage.team, stage.december)
    return stage


def meeting(room, **fields):
    """An unsaved meeting of December, on the 15th."""
    return ReportMeeting(
        **{
            "month": room.december,
            "starts_at": room.december.files_until + 8 * DAY,
            "place": "镇政府三楼会议室",
            "chair": room.head,
            "seats": 3,
            "rest": 2,
            **fields,
        }
    )


def planned(room, **fields):
    return meetings.plan(meeting(room, **fields), room.office)


def seed(room, issue="2026340"):
    return draws.PublicResult(f"福彩3D第{issue}期", "开奖号码依次写下", 6, room.now + DAY)


def prepared(room, one, reason="", issue="2026340"):
    return meetings.prepare_draw(one, room.office, seed(room, issue), reason)


def listed(room, one, reason="", issue="2026340"):
    """Its list is published, a second after filing has ended."""
    room.now = max(room.now, room.december.files_until + datetime.timedelta(seconds=1))
    return draws.freeze(prepared(room, one, reason, issue), room.office)


def carried_out(room, draw, value="271828"):
    room.now = draw.due_at + datetime.timedelta(hours=1)
    draw = draws.enter_result(draw, value, "中国福彩网", "李旻", room.supervisor)
    return draws.carry_out(draw, ["李旻", "赵赟"], room.office)


def drawn(room, **fields):
    """A meeting with its speakers, on its day."""
    one = planned(room, **fields)
    carried_out(room, listed(room, one))
    room.now = one.starts_at
    one.refresh_from_db()
    return one


def speakers(one):
    return [(report.order, report.commitment.person.name, report.present) for report in one.reports.all()]


def written(room, one, present=True):
    for report in one.reports.all():
        meetings.record(report, present, "都在落实" if present else "", "继续", room.office)


def hand_in(commitment):
    commitment.to_filed()
    commitment.save()


def release(commitment):
    commitment.to_released()
    commitment.save()


# Planning.


def test_a_meeting_is_planned_and_changed_and_both_are_in_the_log(room):
    one = planned(room)
    assert (one.state, one.planned_by) == ("planned", room.office)
    meetings.change(one, {"place": "  二楼\t会议室 ", "starts_at": one.starts_at + DAY, "seats": 4}, room.office)
    one.refresh_from_db()
    assert (one.place, one.seats) == ("二楼 会议室", 4)
    entries = ModelLogEntry.objects.filter(action__endswith="_meeting").order_by("pk")
    assert [entry.message for entry in entries] == [
        "已安排：2026-12-15 17:30，镇政府三楼会议室",
        "已修改：开会地点 镇政府三楼会议室 → 二楼 会议室；开会时间 2026-12-15 17:30 → 2026-12-16 17:30；抽取人数 3 → 4",
    ]


def test_nothing_is_written_where_nothing_changes(room):
    one = planned(room)
    meetings.change(one, {"place": one.place}, room.office)
    assert not ModelLogEntry.objects.filter(action="commitments.change_meeting").exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"place": " "}, "此字段不能为空。"),
        ({"place": MOBILE}, "手机号"),
        ({"seats": 0}, "确保该值大于或等于1。"),
        ({"seats": 201}, "确保该值小于或等于200。"),
        ({"rest": 25}, "确保该值小于或等于24。"),
        (
            {"starts_at": datetime.datetime(2026, 11, 30, 9, 0, tzinfo=datetime.UTC)},
            "会议应在当月或次月召开，请选2026年12月1日至2027年1月31日之间的日期。",
        ),
        (
            {"starts_at": datetime.datetime(2027, 2, 1, 9, 0, tzinfo=datetime.UTC)},
            "会议应在当月或次月召开，请选2026年12月1日至2027年1月31日之间的日期。",
        ),
    ],
)
def test_a_meeting_that_cannot_be_held_like_that_is_refused(room, fields, words):
    assert words in refusal(meetings.plan, meeting(room, **fields), room.office)
    one = planned(room)
    assert words in refusal(meetings.change, one, fields, room.office)


def test_the_chair_is_in_service(room):
    room.head.active = False
    room.head.save()
    assert refusal(planned, room) == "顾明远已不在职，请另选主持人。"


def test_only_the_office_runs_meetings(room):
    words = "您的账号没有这项权限，请联系效能办。"
    user = room.leader.user
    assert refusal(meetings.plan, meeting(room), user) == words
    one = planned(room)
    assert refusal(meetings.change, one, {"place": "二楼"}, user) == words
    assert refusal(meetings.prepare_draw, one, user, seed(room)) == words
    assert refusal(meetings.cancel, one, "有事", user) == words
    one = drawn_from(room, one)
    assert refusal(meetings.record, one.reports.first(), True, "说了", "", user) == words
    assert refusal(meetings.close, one, user) == words


def drawn_from(room, one):
    carried_out(room, listed(room, one))
    room.now = one.starts_at
    one.refresh_from_db()
    return one


def test_a_month_has_one_meeting_until_that_is_cancelled(room):
    one = planned(room)
    assert refusal(planned, room) == "本月已安排会议：请修改那次会议，或先取消它。"
    meetings.cancel(one, "台风", room.office)
    assert planned(room).state == "planned"


def test_a_closed_month_gets_no_meeting(room):
    room.month.to_closed()
    room.month.save()
    assert refusal(planned, room, month=room.month) == "这个月已办结，请选未办结的月份。"


def test_an_unknown_field_is_a_mistake_of_the_program(room):
    with pytest.raises(KeyError):
        meetings.change(planned(room), {"state": "held"}, room.office)


# Who is drawn.


def test_everybody_who_handed_in_is_a_candidate_with_one_seat_kept_for_each_unit(room):
    people, rules = candidates_of(planned(room))
    assert people == [
        Candidate(str(one.pk), one.person.name, one.unit.name, 0)
        for one in sorted(room.handed_in, key=lambda one: (one.unit.order, one.person.sort_key))
    ]
    assert rules == Rules(3, {"经济发展服务中心": 1, "农业服务队": 1, "社会事业服务中心": 1}, 2)


def test_fewer_seats_than_units_become_as_many_as_units(room):
    assert candidates_of(planned(room, seats=1))[1].total == 3
    assert candidates_of(ReportMeeting.objects.get())[1].open_seats == 0


def test_units_of_the_same_name_are_told_apart(room):
    for number, above in enumerate((room.centre, room.other)):
        unit = room.unit("服务队", UnitKind.TEAM, above)
        room.filed(room.person(f"甲{number}", "cadre"), unit, room.december)
    short = room.unit("林业水利服务队", UnitKind.TEAM, room.centre, short_name="农业服务队")
    room.filed(room.person("乙", "cadre"), short, room.december)
    assert set(candidates_of(planned(room))[1].seats) == {
        "农业服务队", "林业水利服务队", "经济发展服务中心", "社会事业服务中心",
        "经济发展服务中心服务队", "社会事业服务中心服务队",
    }  # fmt: skip


def test_each_unit_has_a_speaker(room):
    one = drawn(room)
    assert one.state == "drawn"
    assert [order for order, _name, _present in speakers(one)] == [1, 2, 3]
    assert {report.commitment.unit for report in one.reports.all()} == {room.team, room.centre, room.other}


def test_who_was_drawn_comes_after_everybody_else_for_the_meetings_of_rest(room):
    """吴佳 and 郑新 are of one unit: they take turns."""
    first = drawn(room)
    spoke = first.reports.get(commitment__unit=room.other).commitment.person
    (rested,) = [person for person in room.people[2:] if person != spoke]
    written(room, first)
    meetings.close(first, room.office)
    room.december = room.new_month(datetime.date(2027, 1, 1))
    for one in room.handed_in:
        room.filed(one.person, one.unit, room.december)
    last = {candidate.label: candidate.last for candidate in candidates_of(planned(room))[0]}
    assert last == {"孙伟": 1, "金玲": 1, spoke.name: 1, rested.name: 0}
    second = drawn_from(room, ReportMeeting.objects.get(month=room.december))
    assert second.reports.get(commitment__unit=room.other).commitment.person == rested
    room.december = room.new_month(datetime.date(2027, 2, 1))
    for one in room.handed_in:
        room.filed(one.person, one.unit, room.december)
    third = planned(room, rest=2)
    last = {candidate.label: candidate.last for candidate in candidates_of(third)[0]}
    assert last == {"孙伟": 1, "金玲": 1, rested.name: 1, spoke.name: 2}
    third.rest = 1
    assert {one.label: one.last for one in candidates_of(third)[0]}[spoke.name] == 0


def test_a_cancelled_meeting_gives_nobody_a_rest(room):
    one = drawn(room)
    meetings.cancel(one, "台风", room.office)
    room.december = room.new_month(datetime.date(2027, 1, 1))
    for commitment in room.handed_in:
        room.filed(commitment.person, commitment.unit, room.december)
    assert {candidate.last for candidate in candidates_of(planned(room))[0]} == {0}


def test_nobody_is_drawn_where_nobody_handed_in(room):
    room.december = room.new_month(datetime.date(2027, 1, 1))
    assert refusal(prepared, room, planned(room)) == "2027年1月还没有人提交承诺。"


# The list.


def test_the_list_is_published_after_the_time_for_filing(room):
    draw = prepared(room, planned(room))
    words = "承诺提交截止时间是 2026-12-07 17:30，请在截止后公布名单。"
    assert refusal(draws.freeze, draw, room.office) == words
    draw = draws.amend(
        draw, room.office, seed=draws.PublicResult("福彩3D第2026345期", "依次写下", 6, room.now + 10 * DAY)
    )
    room.now = room.december.files_until
    assert refusal(draws.freeze, draw, room.office) == words
    room.now += datetime.timedelta(seconds=1)
    assert draws.freeze(draw, room.office).state == "frozen"


def test_who_hands_in_late_takes_part_until_the_list_is_published(room):
    one = planned(room)
    room.now = room.december.files_until + DAY
    draw = prepared(room, one)
    assert str(room.late.pk) not in {candidate.key for candidate in draw.people}
    hand_in(room.late)
    release(room.handed_in[0])
    draw = draws.freeze(draw, room.office)
    assert {candidate.key for candidate in draw.people} == {
        str(commitment.pk) for commitment in [room.late, *room.handed_in[1:]]
    }
    assert draw.listing.candidates == draw.people


def test_rules_follow_the_meeting_until_the_list_is_published_and_not_after(room):
    one = planned(room)
    room.now = room.december.files_until + DAY
    draw = prepared(room, one)
    meetings.change(one, {"seats": 4, "rest": 1}, room.office)
    draw = draws.freeze(draw, room.office)
    assert (draw.parsed_rules.total, draw.parsed_rules.rest) == (4, 1)
    words = "名单和规则已公布，要改请写明理由重新抽签。"
    assert refusal(meetings.change, one, {"seats": 3}, room.office) == words
    assert refusal(meetings.change, one, {"rest": 3}, room.office) == words
    meetings.change(one, {"seats": 4, "place": "二楼"}, room.office)
    carried_out(room, draw)
    assert refusal(meetings.change, one, {"seats": 3}, room.office) == words


def test_a_commitment_that_went_away_after_the_list_leaves_the_draw_as_it_is(room):
    one = planned(room)
    draw = listed(room, one)
    release(room.handed_in[0])
    room.handed_in[1].to_taken_back()
    room.handed_in[1].save()
    carried_out(room, draw)
    gone = MeetingReport.objects.filter(commitment__in=room.handed_in[:2])
    assert [(report.present, report.said, report.remarks) for report in gone] == [
        (False, "", "名单公布后，承诺已撤回或免填。")
    ] * 2
    assert MeetingReport.objects.filter(present=None).count() == 1


def test_one_draw_at_a_time(room):
    one = planned(room)
    draw = prepared(room, one)
    assert draw_under_way(room.december) == draw
    assert (draw.title, draw.purpose) == (
        "2026年12月月析月评会汇报人抽签",
        "从提交承诺的人员中抽取会上汇报人，每个单位至少一人。",
    )
    assert "还在进行。请先完成它，或写明原因作废。" in refusal(prepared, room, one)


def test_a_void_draw_is_told_to_the_meeting_and_drawn_again_with_a_reason(room):
    one = planned(room)
    draws.void(listed(room, one), "种子提前泄露", room.office)
    one.refresh_from_db()
    assert one.state == "planned"
    entry = ModelLogEntry.objects.get(action="commitments.draw_void")
    assert (entry.object_id, entry.comment, entry.user) == (str(one.pk), "种子提前泄露", room.office)
    assert refusal(prepared, room, one) == NO_REASON
    second = listed(room, one, "种子提前泄露", "2026341")
    carried_out(room, second)
    one.refresh_from_db()
    assert (one.state, one.reports.count()) == ("drawn", 3)
    assert [draw.state for draw in draws.draws_of("commitments.meeting", "2026-12")] == ["void", "drawn"]


def test_the_last_draw_counts_and_what_was_drawn_before_stands_until_then(room):
    one = planned(room)
    carried_out(room, listed(room, one))
    before = speakers(one)
    second = listed(room, one, "见证人中途离席", "2026341")
    one.refresh_from_db()
    assert (one.state, speakers(one)) == ("drawn", before)
    carried_out(room, second, "314159")
    one.refresh_from_db()
    names = {str(report.commitment_id) for report in one.reports.all()}
    assert (one.state, names) == ("drawn", set(draws.selected(draws.draws_of("commitments.meeting", "2026-12").last())))
    entries = ModelLogEntry.objects.filter(action__contains="_draw").order_by("pk")
    assert [(entry.action, entry.message, entry.comment) for entry in entries] == [
        ("commitments.prepare_draw", "4 人抽 3 个名额", ""),
        ("commitments.take_over_draw", "已安排 → 已抽定汇报人：抽中3人", ""),
        ("commitments.prepare_draw", "4 人抽 3 个名额", ""),
        ("commitments.take_back_draw", "已抽定汇报人 → 已安排", "见证人中途离席"),
        ("commitments.take_over_draw", "已安排 → 已抽定汇报人：抽中3人", ""),
    ]


def test_a_void_second_draw_leaves_what_was_drawn(room):
    one = planned(room)
    carried_out(room, listed(room, one))
    before = speakers(one)
    draws.void(listed(room, one, "见证人离席", "2026341"), "不必再抽", room.office)
    one.refresh_from_db()
    assert (one.state, speakers(one)) == ("drawn", before)


def test_a_second_meeting_is_drawn_for_with_a_reason_only(room):
    one = drawn(room)
    meetings.cancel(one, "台风", room.office)
    second = planned(room, starts_at=one.starts_at + 3 * DAY)
    assert refusal(prepared, room, second) == refusal(prepared, room, second, "  ") == NO_REASON
    draw = listed(room, second, "会议因台风取消", "2026350")
    assert (draw.again_of.state, draw.again_reason) == ("drawn", "会议因台风取消")
    carried_out(room, draw, "141421")
    second.refresh_from_db()
    assert (second.state, second.reports.count(), one.reports.count()) == ("drawn", 3, 3)


# The meeting itself.


def test_what_was_said_is_written_down_and_the_meeting_closed(room):
    one = drawn(room)
    first, second, third = one.reports.all()
    done = meetings.record(first, True, " 三件都在\t落实 ", "抓紧", room.office)
    assert (done.present, done.said, done.remarks, done.recorded_by, done.recorded_at) == (
        True, "三件都在 落实", "抓紧", room.office, room.now,
    )  # fmt: skip
    meetings.record(second, False, "", "请假", room.office)
    assert refusal(meetings.close, one, room.office) == (
        f"尚未记录：{third.commitment.person}。请记录汇报内容，或记为未到会。"
    )
    meetings.record(third, True, "正在落实", "", room.office)
    meetings.record(third, True, "已经落实", "", room.office)
    closed = meetings.close(one, room.office)
    assert (closed.state, closed.held_at) == ("held", room.now)
    assert [report.said for report in one.reports.all()] == ["三件都在 落实", "", "已经落实"]
    entries = ModelLogEntry.objects.filter(action__in=("commitments.record_report", "commitments.close_meeting"))
    names = [report.commitment.person.name for report in (first, second, third, third)]
    presence = ["到会", "未到会", "到会", "到会"]
    assert [entry.message for entry in entries.order_by("pk")] == [
        *(f"{name}：{there}" for name, there in zip(names, presence, strict=True)),
        "已抽定汇报人 → 已召开：到会2人，未到会1人",
    ]


def test_a_record_that_does_not_fit_is_refused(room):
    first = drawn(room).reports.first()
    record = meetings.record
    assert refusal(record, first, True, " ", "", room.office) == "请记录汇报内容。"
    assert refusal(record, first, False, "说了", "", room.office) == "未到会的没有汇报内容，请清空，或改为到会。"
    assert refusal(record, first, True, "说" * 2001, "", room.office) == "请控制在2000个字以内。"
    assert refusal(record, first, True, "说了", "评" * 2001, room.office) == "请控制在2000个字以内。"
    assert "手机号" in refusal(record, first, True, MOBILE, "", room.office)
    assert "手机号" in refusal(record, first, True, "说了", MOBILE, room.office)


def test_nothing_is_recorded_before_the_day_or_before_the_draw(room):
    one = planned(room)
    assert refusal(meetings.close, one, room.office) == "抽签之后、会议结束之前才能记录。（目前：已安排。）"
    carried_out(room, listed(room, one))
    early = "会议定于2026年12月15日，请届时再来。"
    assert refusal(meetings.record, one.reports.first(), True, "说了", "", room.office) == early
    assert refusal(meetings.close, one, room.office) == early
    room.now = one.starts_at.replace(hour=0, minute=0)
    assert refusal(meetings.record, one.reports.first(), True, "说了", "", room.office) == ""


def test_nothing_is_recorded_while_it_is_drawn_again(room):
    one = drawn(room)
    draw = prepared(room, one, "见证人离席", "2026341")
    assert refusal(meetings.record, one.reports.first(), True, "说了", "", room.office) == (
        f"抽签“{draw}”正在进行：请完成抽签，或说明原因作废。"
    )


def test_once_something_is_recorded_there_is_no_other_draw_and_no_cancelling(room):
    one = drawn(room)
    meetings.record(one.reports.first(), True, "说了", "", room.office)
    words = "已有汇报记录，会议已经开始，请办结会议。"
    assert refusal(prepared, room, one, "重抽") == words
    assert refusal(meetings.cancel, one, "台风", room.office) == words


def test_a_draw_that_comes_too_late_undoes_itself(room):
    one = drawn(room)
    draw = draws.enter_result(again(room, one), "161803", "官网", "李旻", room.supervisor)
    MeetingReport.objects.filter(order=1).update(recorded_at=room.now)
    assert refusal(draws.carry_out, draw, ["李旻"], room.office) == "已有汇报记录，会议已经开始，请办结会议。"
    MeetingReport.objects.update(recorded_at=None)
    one.to_held()
    one.save()
    assert refusal(draws.carry_out, draw, ["李旻"], room.office) == "会议已取消或已召开，请写明原因后将这次抽签作废。"
    draw.refresh_from_db()
    assert draw.state == "seeded"


def again(room, one):
    draw = listed(room, one, "见证人离席", "2026341")
    room.now = draw.due_at
    return draw


def test_a_draw_without_a_meeting_is_not_published(room):
    one = planned(room)
    room.now = room.december.files_until + DAY
    draw = prepared(room, one)
    one.to_cancelled()
    one.save()
    assert refusal(draws.freeze, draw, room.office) == "会议已取消或已召开，请写明原因后将这次抽签作废。"


def test_whose_commitment_went_away_after_the_draw_is_noted_as_absent(room):
    one = drawn(room)
    gone, *others = one.reports.all()
    release(gone.commitment)
    gone.refresh_from_db()
    assert refusal(meetings.record, gone, True, "说了", "", room.office) == (
        f"{gone.commitment.person}已没有可汇报的承诺，请记为未到会。"
    )
    for report in others:
        meetings.record(report, True, "说了", "", room.office)
    meetings.close(one, room.office)
    gone.refresh_from_db()
    assert (gone.present, gone.remarks) == (False, "名单公布后，承诺已撤回或免填。")


def test_a_meeting_is_cancelled_with_a_reason_and_its_draw_is_void(room):
    one = planned(room)
    draw = listed(room, one)
    assert refusal(meetings.cancel, one, " ", room.office) == "请写明原因，原因随会议留存。"
    assert refusal(meetings.cancel, one, "长" * 301, room.office) == "请控制在300个字以内。"
    assert "手机号" in refusal(meetings.cancel, one, MOBILE, room.office)
    done = meetings.cancel(one, "与防汛会冲突", room.office)
    draw.refresh_from_db()
    assert (done.state, done.reason, draw.state, draw.void_reason) == (
        "cancelled",
        "与防汛会冲突",
        "void",
        "与防汛会冲突",
    )


@pytest.mark.parametrize("end", ["held", "cancelled"])
def test_nothing_more_happens_to_a_meeting_that_is_over(room, end):
    one = drawn(room)
    if end == "held":
        written(room, one)
        meetings.close(one, room.office)
    else:
        meetings.cancel(one, "台风", room.office)
    now = {"held": "已召开", "cancelled": "已取消"}[end]
    report = one.reports.first()
    assert refusal(meetings.change, one, {"place": "二楼"}, room.office) == f"会议召开之前才能修改。（目前：{now}。）"
    assert refusal(prepared, room, one, "重抽") == f"会议召开之前才能抽签。（目前：{now}。）"
    assert refusal(meetings.cancel, one, "台风", room.office) == f"会议召开之前才能取消。（目前：{now}。）"
    recording = f"抽签之后、会议结束之前才能记录。（目前：{now}。）"
    assert refusal(meetings.record, report, True, "说了", "", room.office) == recording
    assert refusal(meetings.close, one, room.office) == recording
