"""Writing and filing one's own commitment, on the desk and on paper."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail import hooks
from wagtail.models import ModelLogEntry

from commitments.domain.lifecycle import commitments
from commitments.domain.rows import MOST_DRAFT_ROWS, line, lines
from commitments.enums import CommitmentState, Source
from commitments.models import Commitment, CommitmentsSettings, Promise, WorkKind
from suite.autosave.domain import Conflict
from suite.work import OpenWork
from tests.commitments.staging import after_filing, approved, commitment, filed, reporting, rows
from tests.commitments.staging import month as open_month
from tests.refusals import refusal

TODAY = datetime.date(2026, 11, 2)


def here(*when):
    return timezone.make_aware(datetime.datetime(*when))  # noqa: DTZ001


def fresh(user):
    """The account as a new request reads it: nothing about its rights is known yet."""
    return type(user).objects.get(pk=user.pk)


def problems(act, *arguments):
    with pytest.raises(ValidationError) as refused:
        act(*arguments)
    return refused.value.message_dict


def file(who, month, typed):
    one = commitment(who, month)
    return commitments.file(one, typed, one.version, "", who.user)


# Drafts.


def test_a_draft_is_kept_however_incomplete(made, month):
    one = commitments.save_draft(commitment(made.cadre, month), [{"work": "修路灯"}, {}], 0, "", made.users.cadre)
    empty = dict.fromkeys(("kind", "work", "measures", "goal", "due", "carried_from", "origin_kind", "origin_key"), "")
    assert (one.version, one.draft) == (1, [{**empty, "work": "修路灯"}, empty])
    assert Commitment.objects.get(pk=one.pk).state == CommitmentState.OWED


def test_a_draft_keeps_what_was_pasted_but_what_cannot_be_stored(made, month):
    typed = [{"goal": "表\t格\n\x00下一行\ud83d 👨‍👩‍👧"}]
    one = commitments.save_draft(commitment(made.cadre, month), typed, 0, "", made.users.cadre)
    assert Commitment.objects.get(pk=one.pk).draft[0]["goal"] == "表\t格\n下一行 👨‍👩‍👧"


def test_a_draft_keeps_more_rows_than_may_be_filed(made, month):
    one = commitment(made.cadre, month)
    one = commitments.save_draft(one, rows(40, due="2026-11-20"), 0, "", made.users.cadre)
    told = "共填了40项，每月最多10项，请合并或删去几项。"
    assert refusal(commitments.file, one, one.draft, 1, "", made.users.cadre) == told
    one = commitment(made.cadre, month)
    assert (len(one.draft), one.version, one.state) == (40, 1, CommitmentState.OWED)


def test_a_draft_has_an_end(made, month):
    one = commitment(made.cadre, month)
    told = "已超过100行，请合并后再保存。"
    assert refusal(commitments.save_draft, one, [{}] * (MOST_DRAFT_ROWS + 1), 0, "", made.users.cadre) == told
    told = "有一栏超过10000字，请删减后再保存。"
    assert refusal(commitments.save_draft, one, [{"work": "长" * 10_001}], 0, "", made.users.cadre) == told


def test_a_second_device_overwrites_nothing_silently(made, month):
    one, user = commitment(made.cadre, month), made.users.cadre
    commitments.save_draft(one, [{"work": "在电脑上写"}], 0, "computer", user, 1)
    with pytest.raises(Conflict) as refused:
        commitments.save_draft(one, [{"work": "在手机上写"}], 0, "phone", user, 1)
    assert refused.value.stored.draft[0]["work"] == "在电脑上写"
    assert refusal(commitments.file, one, rows(of=month), 0, "phone", user).startswith("这份内容刚在别处被改过。")
    assert commitments.save_draft(one, [{"work": "接着写"}], 0, "computer", user, 2).version == 2


def test_everybody_writes_their_own(made, month):
    told = "这是田野的月承诺，请各人填写自己的。"
    one = commitment(made.cadre, month)
    for act in (commitments.save_draft, commitments.file):
        assert refusal(act, one, rows(of=month), 0, "", made.users.other) == told
    assert refusal(commitments.take_back, filed(made.cadre, month), made.users.other) == told


def test_who_has_no_right_to_file_writes_nothing(made, month):
    told = "您的账号没有这项权限，请联系效能办。"
    one = commitment(made.cadre, month)
    made.users.cadre.groups.clear()
    user = fresh(made.users.cadre)
    assert refusal(commitments.save_draft, one, [], 0, "", user) == told
    assert refusal(commitments.file, one, rows(of=month), 0, "", user) == told
    assert refusal(commitments.take_back, one, user) == told


# Filing.


def test_what_is_filed_stands_in_rows(made, month):
    one = filed(made.cadre, month)
    assert (one.state, one.late, one.source, one.filed_by) == (
        CommitmentState.FILED, False, Source.DESK, made.users.cadre,
    )  # fmt: skip
    assert list(one.promises.values_list("number", "work", "measures", "goal", "due")) == [
        (number, f"修好{number}组的路灯", f"一、查看{number}组线路。\n二、请供电所更换。",
         f"20盏路灯全部亮起来，第{number}组。", datetime.date(2026, 11, 10 + number))
        for number in (1, 2)
    ]  # fmt: skip
    entry = ModelLogEntry.objects.get(action="commitments.file")
    assert (entry.user, entry.message) == (made.users.cadre, "2026-11-02 09:00提交2项")


def test_the_very_second_filing_ends_is_in_time_and_one_later_is_late(made, month, time):
    time.now = month.files_until
    assert filed(made.cadre, month).late is False
    time.go(seconds=1)
    assert filed(made.other, month).late is True


def test_what_reached_the_office_in_time_is_in_time(made, month, time):
    time.now = month.files_until + datetime.timedelta(seconds=30)
    one = filed(made.cadre, month, at=month.files_until)
    assert (one.late, one.filed_at) == (False, month.files_until)


def test_late_is_still_possible_until_the_month_is_closed(made, month, time):
    time.now = after_filing(month)
    month = reporting(made, month)
    assert filed(made.cadre, month).late is True
    time.now = month.results_until + datetime.timedelta(days=5)
    assert filed(made.other, month).late is True


def test_what_is_filed_is_not_written_any_more(made, month):
    one = filed(made.cadre, month)
    told = "月承诺已提交，要修改请先撤回。"
    for act in (commitments.save_draft, commitments.file):
        assert refusal(act, one, rows(of=month), one.version, "", made.users.cadre) == told
    one = commitments.approve(one, made.users.leader)
    told = "月承诺已批准公示，要修改请申请承诺变更。（目前：已批准公示。）"
    assert refusal(commitments.save_draft, one, rows(of=month), one.version, "", made.users.cadre) == told


def test_it_is_taken_back_changed_and_filed_again(made, month):
    one = commitments.take_back(filed(made.cadre, month), made.users.cadre)
    assert (one.state, one.promises.count()) == (CommitmentState.OWED, 0)
    assert [row["goal"] for row in one.draft] == [row["goal"] for row in rows(of=month)]
    assert [one.work for one in filed(made.cadre, month, 1).promises.all()] == ["修好1组的路灯"]
    one = commitments.approve(commitment(made.cadre, month), made.users.leader)
    told = "只有等待审批的月承诺可以撤回。（目前：已批准公示。）"
    assert refusal(commitments.take_back, one, made.users.cadre) == told


def test_taken_back_and_filed_after_the_end_it_is_late(made, month, time):
    one = filed(made.cadre, month)
    time.now = after_filing(month)
    commitments.take_back(one, made.users.cadre)
    assert filed(made.cadre, month).late is True


def test_returned_by_the_leader_and_filed_after_the_end_it_is_as_it_was(made, month, time):
    for who, late in ((made.cadre, False), (made.clerk, True)):
        one = filed(who, month)
        time.now = after_filing(month)
        commitments.return_with_remark(one, "目标要可量化。", made.users.leader)
        assert filed(who, month).late is late


def test_a_page_left_open_does_not_file_over_what_was_taken_back(made, month):
    one = commitment(made.cadre, month)
    filed(made.cadre, month)
    commitments.take_back(commitment(made.cadre, month), made.users.cadre)
    assert refusal(commitments.file, one, rows(of=month), 0, "", made.users.cadre).startswith(
        "这份内容刚在别处被改过。"
    )


# Rows.


def test_every_row_is_told_what_is_missing_in_it(made, month):
    typed = [*rows(1, month), {}, {"work": " ", "goal": "有目标"}]
    assert problems(file, made.cadre, month, typed) == {
        "3-work": ["第3项：请填写重点内容。"],
        "3-measures": ["第3项：请填写工作措施。"],
        "3-due": ["第3项：请填写完成时限。"],
    }
    assert Promise.objects.count() == 0


def test_empty_rows_are_left_out_and_the_others_numbered(made, month):
    first, second = rows(2, month)
    one = file(made.cadre, month, [{}, first, {"work": " \t"}, second])
    assert list(one.promises.values_list("number", "work")) == [(1, first["work"]), (2, second["work"])]


def test_nothing_at_all_is_no_commitment(made, month):
    told = "请至少填写一项：重点内容、工作措施、工作目标和完成时限。"
    for typed in ([], [{}], [{"work": "　", "measures": "\n"}]):
        assert refusal(file, made.cadre, month, typed) == told


@pytest.mark.parametrize(
    "due", ["2026-11-01", "2026-11-30", "2026/11/5", "2026.11.5", "2026年11月5日", "２０２６-１１-０５"]
)
def test_a_day_of_the_month_is_read_as_people_write_it(made, month, due):
    assert filed(made.cadre, month, 1, due=due).promises.get().due.month == 11


@pytest.mark.parametrize("due", ["2026-10-31", "2026-12-01", "2025-11-10"])
def test_a_day_outside_the_month_is_refused(made, month, due):
    told = refusal(filed, made.cadre, month, 1, due=due)
    year, number, day = (int(part) for part in due.split("-"))
    assert told == f"第1项：{year}年{number}月{day}日不在2026年11月内，请选2026-11-01至2026-11-30之间的一天。"


@pytest.mark.parametrize("due", ["2026-11-31", "月底", "2026-11", "20261105", "2026-11-05; x"])
def test_what_is_no_day_is_refused(made, month, due):
    assert refusal(filed, made.cadre, month, 1, due=due) == "第1项：日期无法识别，请按2026-11-20的样式填写。"


def test_texts_have_a_length(made, month):
    told = refusal(filed, made.cadre, month, 1, work="长" * 201, measures="长" * 1001, goal="长" * 501)
    assert told == (
        "第1项：重点内容有201字，请缩短到200字以内。 第1项：工作措施有1001字，请缩短到1000字以内。 "
        "第1项：工作目标有501字，请缩短到500字以内。"
    )
    one = filed(made.cadre, month, 1, work="长" * 200, measures="长" * 1000, goal="长" * 500)
    assert one.state == CommitmentState.FILED


def test_personal_numbers_are_refused_where_they_stand(made, month):
    typed = rows(2, month)
    typed[1]["measures"] = "找王建国，电话13800001234。"
    told = problems(file, made.cadre, month, typed)
    assert list(told) == ["2-measures"]
    assert told["2-measures"][0].startswith("第2项：这段文字里有身份证号")
    assert "13800001234" not in told["2-measures"][0]


def test_the_number_of_rows_is_the_offices(made, month):
    CommitmentsSettings.objects.update(most_rows=2)
    assert refusal(filed, made.cadre, month, 3) == "共填了3项，每月最多2项，请合并或删去几项。"
    assert filed(made.cadre, month, 2).state == CommitmentState.FILED


def test_the_kind_of_work_is_one_of_the_list(made, month):
    kind = WorkKind.objects.create(name="民生实事")
    assert filed(made.cadre, month, 1, kind=str(kind.pk)).promises.get().kind == kind
    for wrong in ("0", "999", "民生", "9" * 40):
        told = refusal(filed, made.other, month, 1, kind=wrong)
        assert told == "第1项：工作类别已不在列表中，请重新选择。"


def test_a_row_is_carried_over_from_ones_own_last_month_only(made, month, time):
    time.now = here(2026, 10, 12, 9)
    october = open_month(made)
    mine, others = approved(made.cadre, october).promises.first(), approved(made.other, october).promises.first()
    time.now = here(2026, 11, 3, 9)
    told = "第1项：结转来源不是您本人的承诺，请作为新的一项填写。"
    assert refusal(filed, made.cadre, month, 1, carried_from=str(others.pk)) == told
    assert refusal(filed, made.cadre, month, 1, carried_from="x") == told
    assert filed(made.cadre, month, 1, carried_from=str(mine.pk)).promises.get().carried_from == mine


def test_work_taken_over_from_elsewhere_is_named_while_it_is_this_persons_open_work(made, month):
    """Sent by the form: work of somebody else, work that is done, and work nobody knows leave the row without it."""

    def lamps(person):
        return [OpenWork("lamps.lamp", "7", "修灯", None, "/lamps/7/", "lamps")] if person == made.cadre else []

    def named(who, kind, key):
        row = filed(who, month, 1, origin_kind=kind, origin_key=key).promises.get()
        commitments.take_back(row.commitment, who.user)
        return (row.origin_kind, row.origin_key)

    with hooks.register_temporarily("open_work", lamps):
        assert named(made.cadre, "lamps.lamp", "7") == ("lamps.lamp", "7")
        assert named(made.cadre, "lamps.lamp", "8") == ("", "")
        assert named(made.other, "lamps.lamp", "7") == ("", "")
    assert named(made.cadre, "lamps.lamp", "7") == ("", "")


@pytest.mark.parametrize(("typed", "kept"), [
    ("村名\t盏数\r\n上塘\t20\r\n\r\n下塘\t15\n", "村名 盏数\n上塘 20\n下塘 15"),
    ("💡修路灯👨‍👩‍👧", "💡修路灯👨‍👩‍👧"),
    ("\u202e灯路\u202c修\u200b好\ufeff\x07", "灯路修好"),
    ("一\u2028二\x0b三", "一\n二\n三"),
    ("　　全角　空格 ", "全角 空格"),
])  # fmt: skip
def test_pasted_texts_become_lines(typed, kept):
    assert lines(typed) == kept


@pytest.mark.parametrize(("typed", "kept"), [
    ("上塘\t20盏\n下塘\t15盏", "上塘 20盏；下塘 15盏"), ("修好。\n验收；\n公示", "修好。验收；公示"), ("一行", "一行"),
])  # fmt: skip
def test_where_there_is_one_line_the_lines_follow_each_other(typed, kept):
    assert line(typed) == kept


# On paper.


def test_paper_handed_in_on_a_day_counts_for_that_day(made, month, time):
    time.now, clerk = after_filing(month), made.users.clerk
    one = commitments.key_in(commitment(made.cadre, month), rows(of=month), datetime.date(2026, 11, 6), clerk)
    assert (one.source, one.late, one.filed_at, one.filed_by) == (
        Source.PAPER, False, here(2026, 11, 6, 17, 30), clerk,
    )  # fmt: skip
    one = commitments.key_in(
        commitment(made.other, month), rows(of=month), datetime.date(2026, 11, 9), made.users.clerk
    )
    assert (one.late, one.filed_at) == (True, time.now)


def test_paper_was_handed_in_between_the_opening_and_today(made, month, time):
    time.go(days=1)
    one = commitment(made.cadre, month)
    told = "请填写交表日期，应在2026-11-02至今天之间。"
    for day in (1, 4):
        assert refusal(commitments.key_in, one, rows(of=month), datetime.date(2026, 11, day), made.users.clerk) == told


def test_who_may_key_in_is_a_right_of_its_own(made, month):
    told = "您的账号没有这项权限，请联系效能办。"
    one = commitment(made.cadre, month)
    assert refusal(commitments.key_in, one, rows(of=month), TODAY, made.users.other) == told


def test_what_is_keyed_in_is_looked_at_as_on_the_desk(made, month):
    one = commitment(made.cadre, month)
    typed = rows(1, month, due="2026-12-01")
    told = refusal(commitments.key_in, one, typed, TODAY, made.users.clerk)
    assert told.startswith("第1项：2026年12月1日不在2026年11月内")
    filed(made.cadre, month)
    told = "月承诺已提交，要修改请先撤回。"
    assert refusal(commitments.key_in, one, rows(of=month), TODAY, made.users.clerk) == told


# How many queries.


def test_saving_while_typing_asks_little(made, month):
    user, one = fresh(made.users.cadre), commitment(made.cadre, month)
    with CaptureQueriesContext(connection) as asked:
        commitments.save_draft(one, rows(of=month), 0, "", user)
    assert len(asked) <= 6


def test_filing_asks_little(made, month):
    user, one = fresh(made.users.cadre), commitment(made.cadre, month)
    kind = WorkKind.objects.create(name="民生实事")
    with CaptureQueriesContext(connection) as asked:
        commitments.file(one, rows(10, month, kind=str(kind.pk)), 0, "", user)
    assert len(asked) <= 15
