"""Sessions that come again by themselves."""

import datetime

from django.urls import reverse

from organisation.models import Absence
from suite.periodic.domain.lifecycle import tick
from tests.training.courses.school import DAY, NOW
from training.domain.courses.own import desk_items
from training.domain.courses.study import without_study
from training.domain.lifecycle import courses
from training.models import Session

# A Friday.
SPRING = datetime.datetime(2026, 3, 20, 9, tzinfo=NOW.tzinfo)


def days():
    """When the sessions of series begin."""
    rows = Session.objects.exclude(series=None)
    return [f"{one.starts_at.astimezone(NOW.tzinfo):%Y-%m-%d %H:%M}" for one in rows]


def ticked(school, *moments):
    for moment in moments:
        school.now = moment
        report = tick(moment)
        assert report.failed == []


def test_the_tick_makes_each_session_once_and_opens_it(school):
    school.rule()
    ticked(school, SPRING, SPRING, SPRING + datetime.timedelta(hours=1))
    assert days() == ["2026-04-03 09:00"]
    session = Session.objects.get()
    assert (session.state, session.trainer, session.moved_from) == ("open", school.trainer, None)
    ticked(school, SPRING + 5 * DAY)
    assert days() == ["2026-04-03 09:00"]


def test_a_day_off_is_moved_to_the_next_working_day_and_that_is_said(school):
    # The first of May 2026 is a Friday; people come back on the sixth.
    school.rule()
    ticked(school, SPRING + 21 * DAY)
    assert days() == ["2026-05-06 09:00"]
    session = Session.objects.get()
    assert session.moved_from == datetime.datetime(2026, 5, 1, 9, tzinfo=NOW.tzinfo)
    assert session.moved_reason == "2026年5月1日不是工作日，顺延到下一个工作日。"


def test_after_a_long_downtime_what_was_missed_is_not_made_up_for_and_nothing_comes_twice(school):
    school.rule()
    ticked(school, SPRING, SPRING + 100 * DAY, SPRING + 100 * DAY)
    assert days() == ["2026-04-03 09:00", "2026-07-03 09:00"]


def test_a_quarterly_series_comes_in_the_first_month_of_each_quarter(school):
    school.rule(school.course("coaching", "业务辅导"), rhythm="quarterly", week=3, weekday=2)
    ticked(school, *(SPRING + number * 20 * DAY for number in range(12)))
    assert days() == ["2026-04-15 09:00", "2026-07-15 09:00", "2026-10-21 09:00"]


def test_a_session_that_was_moved_or_cancelled_is_not_made_again(school):
    school.rule()
    ticked(school, SPRING)
    session = Session.objects.get()
    later = SPRING + 20 * DAY
    courses.move(session, later, later + datetime.timedelta(hours=1), "停电", school.office_user)
    ticked(school, SPRING + DAY)
    courses.cancel(session, "台风", school.office_user)
    ticked(school, SPRING + 2 * DAY)
    assert Session.objects.count() == 1


def test_a_series_begins_and_ends_when_it_says(school):
    school.rule(since=datetime.date(2026, 4, 5), until=datetime.date(2026, 5, 31))
    ticked(school, *(SPRING + number * 10 * DAY for number in range(12)))
    assert days() == ["2026-05-06 09:00"]


def test_the_first_and_the_last_day_of_a_series_belong_to_it(school):
    school.rule(since=datetime.date(2026, 4, 3), until=datetime.date(2026, 5, 1))
    ticked(school, SPRING, SPRING + 21 * DAY, SPRING + 50 * DAY)
    # The first of May is a day off.
    assert days() == ["2026-04-03 09:00", "2026-05-06 09:00"]


def test_where_the_calendar_is_not_known_yet_a_session_waits_until_two_weeks_before(school):
    school.rule()
    far = datetime.datetime(2039, 3, 10, 9, tzinfo=NOW.tzinfo)
    ticked(school, far)
    assert days() == []
    ticked(school, far + 10 * DAY)
    assert days() == ["2039-04-01 09:00"]


def test_a_trainer_who_is_away_leaves_the_session_without_one(school):
    school.rule()
    Absence.objects.create(person=school.trainer, kind="leave", since=SPRING.date(), until=None)
    ticked(school, SPRING)
    assert [session.trainer for session in Session.objects.all()] == [None]


def test_a_month_without_study_is_told_to_who_is_responsible(school):
    course = school.course("study", "每月学习")
    school.rule(course, since=datetime.date(2026, 10, 1))
    told = [(course, datetime.date(2026, 10, 1)), (course, datetime.date(2026, 11, 1))]
    assert without_study(school.head, NOW.date()) == told
    assert without_study(school.trainer, NOW.date()) == []
    # Before the twentieth there is still time for this month.
    assert without_study(school.head, datetime.date(2026, 11, 19)) == told[:1]
    assert without_study(school.head, datetime.date(2026, 11, 20)) == told
    session = school.opened(course, begins=NOW + 4 * DAY)
    assert without_study(school.head, NOW.date()) == told[:1]
    courses.cancel(session, "台风", school.office_user)
    assert without_study(school.head, NOW.date()) == told
    held = school.opened(course, begins=NOW + 5 * DAY)
    school.now = held.ends_at
    # It was to be held, and nobody has said that it was.
    assert without_study(school.head, datetime.date(2026, 12, 1)) == told[1:]
    courses.close_as_held(held, school.office_user, without="停电")
    assert without_study(school.head, datetime.date(2026, 12, 1)) == []


def test_a_month_without_study_leads_who_runs_training_to_where_sessions_are_planned(school):
    course = school.course("study", "每月学习")
    school.rule(course, since=datetime.date(2026, 10, 1))

    def address():
        course.contact.refresh_from_db()
        return next(item.url for item in desk_items(course.contact.user) if "no-study" in item.key)

    assert address() == reverse("training_session_modeladmin_index")
    course.contact = school.trainer
    course.save()
    assert address() == reverse("training_courses")


def test_months_before_a_course_began_are_not_missed(school):
    school.rule(since=datetime.date(2026, 11, 10))
    assert [month for _course, month in without_study(school.head, NOW.date())] == [datetime.date(2026, 11, 1)]
