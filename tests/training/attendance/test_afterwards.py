"""What follows from having been there: feedback, certificates, figures."""

import datetime

import pytest
from wagtail.models import Site

from suite.numbering.enums import NumberState
from suite.numbering.models import DocumentNumber, NumberSeries
from suite.theme.models import OfficeSettings
from tests.refusals import refusal
from tests.training.attendance import staging
from tests.training.attendance.staging import enrol, held
from training.domain.attendance.facts import Row, for_people
from training.domain.lifecycle import attendance, certificates, feedback
from training.domain.lifecycle.attendance import Who
from training.enums import CertificateState, CourseKind
from training.models import Attendance, Feedback


@pytest.fixture
def was_there(here):
    return attendance.tick(here.session, Who(person=here.first), here.users.trainer)


def test_who_was_there_answers_once_and_nothing_says_who(here, was_there):
    given = feedback.give(here.session, 4, " 例子再多一些 ", user=here.users.first)
    assert (given.rating, given.words) == (4, "例子再多一些")
    assert refusal(feedback.give, here.session, 5, "", user=here.users.first) == "您已经评价过，每人只计一次。"
    assert {field.name for field in Feedback._meta.get_fields()} == {"id", "session", "rating", "words"}


def test_who_was_not_there_does_not_answer(here, was_there):
    said = "只有到场的人可以评价。如果您到过场，请主讲人更正名单。"
    assert refusal(feedback.give, here.session, 4, "", user=here.users.second) == said
    attendance.strike(was_there, "不在", here.users.trainer)
    assert refusal(feedback.give, here.session, 4, "", user=here.users.first) == said
    assert refusal(feedback.give, here.session, 4, "", user=staging.account("nobody")) == said


def test_a_villager_answers_by_the_enrolment(here):
    mine, other = (enrol(here.session, name=name, village=here.upper) for name in ("林木森", "石小莲"))
    attendance.tick(here.session, Who(enrolment=mine), here.users.trainer)
    assert feedback.give(here.session, 5, "", enrolment=mine)
    assert "每人只计一次" in refusal(feedback.give, here.session, 5, "", enrolment=mine)
    assert "只有到场的人可以评价" in refusal(feedback.give, here.session, 5, "", enrolment=other)


def test_answers_are_taken_until_midnight_of_the_fourteenth_day_after_the_session(here, was_there, time):
    attendance.tick(here.session, Who(person=here.second), here.users.trainer)
    # The session ends at half past ten on 24 November.
    time.now = datetime.datetime(2026, 12, 8, 23, 59, 59, tzinfo=staging.NINE.tzinfo)
    feedback.give(here.session, 4, "", user=here.users.first)
    time.now += datetime.timedelta(seconds=1)
    assert refusal(feedback.give, here.session, 4, "", user=here.users.second) == (
        "评价到2026年12月8日已经截止。还有意见，请告诉主讲人或者办公室。"
    )
    assert Feedback.objects.count() == 1


def test_an_answer_is_one_of_five_after_the_beginning_without_personal_numbers(here, time):
    time.go(minutes=-10)
    attendance.tick(here.session, Who(person=here.first), here.users.trainer)
    give = lambda rating=4, words="": refusal(feedback.give, here.session, rating, words, user=here.users.first)  # noqa: E731
    assert give() == "培训还没有开始，请结束后再评价。"
    time.go(minutes=1)
    assert give(0) == give(6) == "请从五个答案中选一个。"
    assert give(words="长" * 501) == "请控制在500个字以内。"
    assert give(words="打我电话13800138000") != ""
    assert Feedback.objects.count() == 0


def test_a_certificate_has_a_number_and_a_void_one_keeps_it(here, was_there):
    held(here.session)
    staging.series()
    first = certificates.issue(was_there, here.users.runner)
    assert first.number == "石培证〔2026〕1号"
    assert refusal(certificates.issue, was_there, here.users.runner) == (
        "祁志强已有证书石培证〔2026〕1号。请重新打印那一份，或者先将其作废。"
    )
    assert refusal(certificates.void, first, " ", here.users.runner) == "请说明为什么作废：原因与编号一起保留。"
    assert "手机号" in refusal(certificates.void, first, "电话13800138000写错", here.users.runner)
    void = certificates.void(first, "姓名有误", here.users.runner)
    assert (void.state, void.reason) == (CertificateState.VOIDED, "姓名有误")
    number = DocumentNumber.objects.get(text=first.number)
    assert (number.state, number.void_reason, number.title) == (
        NumberState.VOIDED, "姓名有误", "祁志强培训证书：机关月度学习",
    )  # fmt: skip
    assert "这份证书已经作废。" in refusal(certificates.void, void, "再作废", here.users.runner)
    assert certificates.issue(was_there, here.users.runner).number == "石培证〔2026〕2号"


def test_certificates_come_after_the_session_for_who_was_there_from_the_office(here, was_there):
    assert "证书在培训结束后发放：请先将本场次结束为“已举办”。" in refusal(
        certificates.issue, was_there, here.users.runner
    )
    held(here.session)
    staging.series()
    assert refusal(certificates.issue, was_there, here.users.trainer) != ""
    struck = attendance.strike(was_there, "不在会场", here.users.runner)
    assert refusal(certificates.issue, struck, here.users.runner) == (
        "祁志强已被划去（不在会场）：证书只发给到场的人。"
    )
    assert DocumentNumber.objects.count() == 0


def test_the_first_certificate_makes_its_series_of_the_offices_prefix(here, was_there):
    OfficeSettings.objects.create(site=Site.objects.get(is_default_site=True), document_prefix="石政发")
    attendance.tick(here.session, Who(person=here.second), here.users.trainer)
    held(here.session)
    assert [one.number for one in certificates.issue_all(here.session, here.users.runner)] == [
        "石政培证〔2026〕1号", "石政培证〔2026〕2号",
    ]  # fmt: skip
    made = NumberSeries.objects.get(prefix="石政培证")
    assert (made.purpose, made.first_year, made.first_number) == ("培训证书", 2026, 1)
    # Closed, it is not opened again behind the administrator's back.
    made.active = False
    made.save()
    third = attendance.tick(here.session, Who(name="王大妈", of="上塘村"), here.users.runner)
    assert refusal(certificates.issue, third, here.users.runner) == "石政培证（培训证书）不再取号，请选择其他字号序列。"
    staging.series()
    assert certificates.issue(third, here.users.runner).number == "石培证〔2026〕1号"


def test_an_office_whose_prefix_is_none_is_asked_to_choose_a_series(here, was_there):
    OfficeSettings.objects.create(site=Site.objects.get(is_default_site=True), document_prefix="石政发〔")
    held(here.session)
    assert refusal(certificates.issue, was_there, here.users.runner) == "请先在培训设置中选择证书字号序列，再发放证书。"
    assert NumberSeries.objects.filter(prefix__contains="培证").count() == 0


def test_an_office_without_a_prefix_issues_certificates_as_well(here, was_there):
    held(here.session)
    assert certificates.issue(was_there, here.users.runner).number == "培证〔2026〕1号"


def test_all_who_were_there_get_one_at_once(here, was_there):
    attendance.tick(here.session, Who(name="王大妈", of="上塘村"), here.users.trainer)
    held(here.session)
    staging.series()
    certificates.issue(was_there, here.users.runner)
    assert [one.number for one in certificates.issue_all(here.session, here.users.runner)] == ["石培证〔2026〕2号"]
    assert refusal(certificates.issue_all, here.session, here.users.runner) == "到场的人都已有证书。"
    certificates.void(was_there.certificates.get(), "姓名有误", here.users.runner)
    assert [one.number for one in certificates.issue_all(here.session, here.users.runner)] == ["石培证〔2026〕3号"]


def test_a_year_counts_what_was_held_and_not_struck_out(here, django_assert_num_queries):
    coaching = staging.course(here, CourseKind.COACHING, "业务辅导")
    writing = staging.course(here, CourseKind.COURSE, "公文写作")
    months = [
        (here.course, 1), (here.course, 1), (here.course, 3), (coaching, 3), (coaching, 4), (coaching, 12),
        (writing, 5),
    ]  # fmt: skip
    for of, month in months:
        one = staging.session(here, of, datetime.datetime(2026, month, 20, 9, tzinfo=staging.NINE.tzinfo))
        Attendance.objects.create(session=one, person=here.first, name="祁志强", way="trainer")
        held(one)
    # On New Year's Eve by the clock of London, in January here.
    last = staging.session(here, here.course, datetime.datetime(2027, 1, 1, 0, 30, tzinfo=staging.NINE.tzinfo))
    Attendance.objects.create(session=last, person=here.first, name="祁志强", way="trainer")
    held(last)
    attendance.tick(here.session, Who(person=here.first), here.users.trainer)
    struck = attendance.tick(here.session, Who(person=here.second), here.users.trainer)
    attendance.strike(struck, "不在", here.users.trainer)
    with django_assert_num_queries(1):
        found = for_people([here.first, here.second], 2026)
    assert found == {here.first.pk: Row({1, 3}, {1, 2, 4}, 7, 1), here.second.pk: Row()}
    held(here.session)
    found = for_people([here.first, here.second], 2026)
    assert found == {here.first.pk: Row({1, 3, 11}, {1, 2, 4}, 8, 1), here.second.pk: Row()}
    assert for_people([here.first], 2027)[here.first.pk] == Row({1}, set(), 1)
