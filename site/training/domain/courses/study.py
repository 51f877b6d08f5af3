"""Whether there was study every month (requirement Q: at least once a month). Computed whenever it is asked."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils import timezone

from organisation.models import Person
from suite.clock.calendar import DAY
from training.domain.courses.checks import ON_THE_PLAN
from training.enums import CourseKind, SessionState
from training.models import Course, Session

# From this day of a month on, a month with nothing planned is a month that passes without study.
LATE_IN_THE_MONTH = 20


def months_without_study(courses: Iterable[Course], today: datetime.date) -> list[tuple[Course, datetime.date]]:
    """Courses of monthly study with the first day of each month that has none: the last month where nothing was held,
    and this one, late, where nothing was held or is planned. Two queries, however many courses.

    A course counts from its first series or session on.
    """
    courses = [course for course in courses if course.kind == CourseKind.STUDY]
    this = today.replace(day=1)
    before = (this - DAY).replace(day=1)
    began: dict[int, datetime.date] = {}
    had: set[tuple[int, datetime.date]] = set()
    for key, state, starts_at in (
        Session.objects.filter(course__in=courses).order_by().values_list("course", "state", "starts_at")
    ):
        day = timezone.localdate(starts_at)
        began[key] = min(day, began.get(key, day))
        if state == SessionState.HELD or (state in ON_THE_PLAN and day >= today):
            had.add((key, day.replace(day=1)))
    for course in courses:
        for rule in course.series.all():
            began[course.pk] = min(rule.since, began.get(course.pk, rule.since))
    months = [before, this] if today.day >= LATE_IN_THE_MONTH else [before]
    return [
        (course, month)
        for course in courses
        for month in months
        if course.pk in began and began[course.pk].replace(day=1) <= month and (course.pk, month) not in had
    ]


def without_study(person: Person, today: datetime.date) -> list[tuple[Course, datetime.date]]:
    """As `months_without_study`, of the courses this person is responsible for."""
    own = Course.objects.filter(contact=person, kind=CourseKind.STUDY).prefetch_related("series")
    return months_without_study(own, today)
