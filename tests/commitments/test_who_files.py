"""Who owes a commitment, for which unit, and who need not file after all."""

import datetime

import pytest
from django.utils import timezone

from commitments.domain.lifecycle import commitments, months
from commitments.domain.who_files import filers
from commitments.enums import CommitmentState
from commitments.models import CommitmentsSettings
from organisation.enums import AbsenceKind, AppointmentKind, UnitKind
from organisation.models import Absence, Appointment, Person
from tests.commitments import staging
from tests.commitments.staging import appoint, commitment, filed, person, unit
from tests.refusals import refusal

TODAY = staging.NOW.date()


def here(*when):
    return timezone.make_aware(datetime.datetime(*when))  # noqa: DTZ001


def names():
    return [one.person.name for one in filers(TODAY)]


def away(who, since, until=None):
    return Absence.objects.create(
        person=who,
        kind=AbsenceKind.LEAVE,
        since=datetime.date(2026, *since),
        until=until and datetime.date(2026, *until),
    )


def ends(who, *day):
    Appointment.objects.filter(person=who).update(until=datetime.date(2026, *day))


# Who.


def test_everybody_with_a_post_in_the_townships_own_units_files_in_the_order_of_the_tree(made):
    appoint(person("王建国"), made.village, "村主任")
    person("赵赟")
    assert names() == ["顾明远", "江海", "苏敏", "沈静", "田野", "白露", "石磊"]


def test_who_is_out_of_service_does_not_file(made):
    Person.objects.filter(pk=made.cadre.pk).update(active=False)
    assert "田野" not in names()


def test_the_office_chooses_the_units_whose_people_file(made):
    appoint(person("王建国"), made.village, "村主任")
    CommitmentsSettings.objects.update(unit_kinds=[UnitKind.VILLAGE])
    assert names() == ["王建国"]


@pytest.mark.parametrize(("since", "until", "files"), [
    ((11, 2), None, True), ((11, 3), None, False), ((1, 1), (11, 2), True), ((1, 1), (11, 1), False),
])  # fmt: skip
def test_the_posts_of_that_day_count(made, since, until, files):
    one = person("任远")
    appoint(one, made.team, "队长", since=datetime.date(2026, *since), until=until and datetime.date(2026, *until))
    assert ("任远" in names()) is files


def test_opened_early_it_asks_who_holds_a_post_when_the_month_begins(made, time):
    """Not who leaves before, and who comes on its first already."""
    time.now = here(2026, 10, 28, 9)
    ends(made.cadre, 10, 31)
    newcomer = person("任远", "newcomer", "cadre")
    appoint(newcomer, made.team, "队长", since=datetime.date(2026, 11, 1))
    month = months.open_month(datetime.date(2026, 11, 1), made.users.clerk)
    asked = [one.person.name for one in month.commitments.select_related("person")]
    assert sorted(asked) == sorted(["顾明远", "江海", "苏敏", "沈静", "白露", "石磊", "任远"])
    assert filed(newcomer, month).late is False


# For which unit.


def only(who):
    return next(one for one in filers(TODAY) if one.person == who)


def test_who_holds_two_posts_in_two_units_files_once_for_the_one_they_were_appointed_to(made):
    appoint(made.third, made.office, "文书", AppointmentKind.CONCURRENT)
    assert names().count("石磊") == 1
    assert (only(made.third).unit, only(made.third).posts) == (made.team, "农业服务队队员、党政办公室文书")


def test_who_is_seconded_files_where_they_work(made):
    appoint(made.third, made.office, "借调", AppointmentKind.SECONDED)
    assert only(made.third).unit == made.office


def test_of_two_full_posts_the_one_that_stands_higher_in_the_tree_counts(made):
    appoint(made.third, made.office, "文书")
    assert only(made.third).unit == made.office


def test_below_its_centre_a_team_stands_before_the_next_centre(made):
    later = unit("平安建设服务中心", UnitKind.CENTRE, made.seat, 3)
    appoint(made.third, later, "调解员")
    assert only(made.third).unit == made.team


def test_a_long_list_of_posts_is_cut_where_the_paper_ends(made):
    for number in range(40):
        appoint(made.third, made.team, f"临时工作专班联络员{number}", AppointmentKind.CONCURRENT)
    assert len(only(made.third).posts) == 300


def test_asking_is_three_queries_however_many_people_there_are(made, django_assert_num_queries):
    with django_assert_num_queries(3):
        filers(TODAY)


# Newcomers.


def test_who_comes_before_filing_closes_is_asked_too(made, month, time):
    time.now = here(2026, 11, 5, 9)
    newcomer = person("任远", "newcomer", "cadre")
    appoint(newcomer, made.team, "队长", since=datetime.date(2026, 11, 5))
    assert [one.person for one in months.add_newcomers(month)] == [newcomer]
    assert months.add_newcomers(month) == []
    one = filed(newcomer, month)
    assert (one.unit, one.posts, one.late) == (made.team, "农业服务队队长", False)


@pytest.mark.parametrize(("since", "asked"), [((11, 6), ["任远"]), ((11, 7), [])])
def test_who_comes_after_filing_closed_begins_with_the_next_month(made, month, time, since, asked):
    """Also where the tick comes days late."""
    appoint(person("任远"), made.team, "队长", since=datetime.date(2026, *since))
    time.now = here(2026, 11, 10, 9)
    assert [one.person.name for one in months.add_newcomers(month)] == asked


def test_nobody_is_added_once_results_are_reported(made, month, time):
    time.now = staging.after_filing(month)
    staging.reporting(made, month)
    appoint(person("任远"), made.team, "队长")
    assert months.add_newcomers(month) == []


# Whose post has ended.


def test_whose_post_ended_yesterday_is_released_and_cannot_file(made, month, time):
    ends(made.cadre, 11, 2)
    time.go(days=1)
    told = "本月不能再填报（党政办公室 干事一职已于2026-11-02结束）。如有出入请联系效能办。"
    assert refusal(filed, made.cadre, month) == told
    assert [one.person for one in months.release_departed(month)] == [made.cadre]
    assert months.release_departed(month) == []
    one = commitment(made.cadre, month)
    assert (one.state, one.release_reason) == (CommitmentState.RELEASED, "党政办公室 干事一职已于2026-11-02结束")
    told = "本月免填（党政办公室 干事一职已于2026-11-02结束）。如有出入请联系效能办。"
    assert refusal(filed, made.cadre, month) == told
    told = "本月不能再填报（党政办公室 干事一职已于2026-11-02结束）。如有出入请联系效能办。"
    assert refusal(commitments.ask_again, one, made.users.clerk) == told


def test_on_the_last_day_of_a_post_one_still_files(made, month):
    ends(made.cadre, 11, 2)
    assert months.release_departed(month) == []
    assert filed(made.cadre, month).state == CommitmentState.FILED


def test_who_left_one_of_two_posts_still_files(made, month, time):
    ends(made.cadre, 11, 2)
    appoint(made.cadre, made.team, "队员", AppointmentKind.CONCURRENT)
    time.go(days=1)
    assert months.release_departed(month) == []


def test_who_went_out_of_service_is_released(made, month):
    Person.objects.filter(pk=made.cadre.pk).update(active=False)
    assert [one.release_reason for one in months.release_departed(month)] == ["已不在职"]


def test_what_was_filed_stays_when_the_post_ends(made, month, time):
    filed(made.cadre, month)
    ends(made.cadre, 11, 2)
    time.go(days=1)
    assert months.release_departed(month) == []


# Who is away.


@pytest.mark.parametrize(("absences", "released"), [
    ([((11, 2), (11, 30))], True),
    ([((11, 2), None)], True),
    ([((11, 2), (11, 29))], False),
    ([((11, 3), (11, 30))], False),
    ([((11, 1), (11, 13)), ((11, 16), (11, 30))], True),
    ([((11, 1), (11, 13)), ((11, 17), (11, 30))], False),
])  # fmt: skip
def test_who_is_away_on_every_working_day_of_the_month_is_released(made, month, absences, released):
    for since, until in absences:
        away(made.cadre, since, until)
    months.release_departed(month)
    one = commitment(made.cadre, month)
    assert (one.state == CommitmentState.RELEASED, one.release_reason) == (
        released, "全月工作日均请假外出" if released else "",
    )  # fmt: skip


def test_who_comes_into_a_post_and_is_away_from_then_on_is_released(made, month, time):
    newcomer = person("任远")
    appoint(newcomer, made.team, "队长", since=datetime.date(2026, 11, 4))
    away(newcomer, (11, 4))
    time.now = here(2026, 11, 4, 9)
    months.add_newcomers(month)
    assert [one.person for one in months.release_departed(month)] == [newcomer]


def test_who_went_away_after_filing_keeps_the_commitment(made, month):
    filed(made.cadre, month)
    away(made.cadre, (11, 2))
    assert months.release_departed(month) == []


def test_looking_whom_to_release_asks_the_same_for_one_and_for_all(made, month, django_assert_num_queries):
    with django_assert_num_queries(10):
        months.release_departed(month)


# What the office decides.


def test_the_office_releases_with_a_reason_and_takes_it_back(made, month):
    clerk = made.users.clerk
    one = commitment(made.cadre, month)
    assert refusal(commitments.release, one, " ", clerk) == "请写明免填理由。"
    assert refusal(commitments.release, one, "忙" * 301, clerk) == "请控制在300个字以内。"
    assert refusal(commitments.release, one, "电话13800001234", clerk).startswith("这段文字里有身份证号")
    assert refusal(commitments.ask_again, one, clerk) == "只有免填的月承诺可以恢复填报。（目前：未提交。）"
    one = commitments.release(one, "在县委党校学习", clerk)
    assert (one.state, one.release_reason) == (CommitmentState.RELEASED, "在县委党校学习")
    assert refusal(commitments.release, one, "事假", clerk) == "已报结果或已经免填，不能再办免填。（目前：免填。）"
    one = commitments.ask_again(one, clerk)
    assert (one.state, one.release_reason) == (CommitmentState.OWED, "")


def test_what_was_filed_before_a_release_is_in_the_form_again(made, month):
    one = staging.approved(made.cadre, month)
    one = commitments.ask_again(commitments.release(one, "支援外县", made.users.clerk), made.users.clerk)
    assert ([row["work"] for row in one.draft], one.promises.count()) == (["修好1组的路灯", "修好2组的路灯"], 0)
    assert staging.approved(made.cadre, month).promises.count() == 2


def test_who_runs_the_months_does_not_release_or_move_themselves(made, month):
    told = "这是您本人的月承诺，请由效能办其他同事办理。"
    one = commitment(made.clerk, month)
    appoint(made.clerk, made.team, "队员", AppointmentKind.CONCURRENT)
    assert refusal(commitments.release, one, "忙", made.users.clerk) == told
    assert refusal(commitments.move_unit, one, made.team, "在那里上班", made.users.clerk) == told
    assert refusal(commitments.key_in, one, staging.rows(), TODAY, made.users.clerk) == told
    assert refusal(commitments.ask_again, one, made.users.clerk) == told


def test_only_the_office_releases_asks_again_and_moves(made, month):
    told = "您的账号没有这项权限，请联系效能办。"
    one = commitment(made.cadre, month)
    for who in (made.users.leader, made.users.other):
        assert refusal(commitments.release, one, "忙", who) == told
        assert refusal(commitments.ask_again, one, who) == told
        assert refusal(commitments.move_unit, one, made.team, "在那里上班", who) == told


def test_a_commitment_goes_to_another_unit_where_the_person_holds_a_post(made, month):
    clerk, one = made.users.clerk, commitment(made.third, month)
    told = "请选择石磊任职的另一个单位。"
    for wrong in (made.team, made.office):
        assert refusal(commitments.move_unit, one, wrong, "在那里上班", clerk) == told
    appoint(made.third, made.office, "文书", AppointmentKind.CONCURRENT)
    assert refusal(commitments.move_unit, one, made.office, "", clerk) == "请写明调整填报单位的理由。"
    assert commitments.move_unit(one, made.office, "在那里上班", clerk).unit == made.office
    one = staging.approved(made.third, month)
    assert one.approved_by == made.users.leader
    told = "只有未批准的月承诺可以调整填报单位。（目前：已批准公示。）"
    assert refusal(commitments.move_unit, one, made.team, "搞错了", clerk) == told
