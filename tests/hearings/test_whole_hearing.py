"""A hearing with 200 questions is read, drafted and shown in a fixed number of queries."""

import datetime
import uuid

import pytest

from hearings.domain.letters import askers
from hearings.domain.lifecycle import hearings, minutes, session
from hearings.domain.queries import EVERYTHING, MEASURES, PEOPLE, SESSION, whole_hearing
from hearings.enums import EntryKind, MeasureKind, ProblemState
from hearings.models import Assent, Entry, Measure, Problem

QUESTIONS = 200


@pytest.fixture
def long(room):
    """200 problems with three contributions each, all agreed by everybody, with a measure each."""
    now = datetime.datetime(2026, 11, 24, 10, tzinfo=datetime.UTC)
    Problem.objects.bulk_create(
        Problem(
            hearing=room.hearing, number=number, title=f"问题{number}", village=room.upper, raised_by=room.people[0],
            state=ProblemState.AGREED, conclusion="照办。", closed_at=now,
        )
        for number in range(2, QUESTIONS + 1)
    )  # fmt: skip
    session.end_without_conclusion(room.problem, datetime.date(2026, 12, 31), room.clerk)
    problems = list(room.hearing.problems.all())
    said = ((EntryKind.QUESTION, 0, None), (EntryKind.ANSWER, None, 1), (EntryKind.DISCUSSION, 2, None))
    Entry.objects.bulk_create(
        Entry(
            problem=problem, kind=kind, position=place, text=f"张三丰说：{problem.title}。" * 5, key=uuid.uuid4(),
            representative=None if person is None else room.people[person],
            officer=None if officer is None else room.officers[officer],
        )
        for problem in problems
        for place, (kind, person, officer) in enumerate(said, 1)
    )  # fmt: skip
    Assent.objects.bulk_create(
        Assent(problem=problem, representative=one, agrees=True) for problem in problems[1:] for one in room.people
    )
    Measure.objects.bulk_create(
        Measure(problem=problem, kind=MeasureKind.PLANNED, text=problem.title, unit=room.team, due=now.date())
        for problem in problems
    )
    return room


def everything_in(hearing):
    """What a screen or paper with all parts would touch."""
    return [
        [
            (problem, problem.topic, problem.raised_by, problem.village, problem.theme, problem.hearing)
            for problem in hearing.problems.all()
        ],
        [
            (entry.text, entry.representative and entry.representative.village, entry.officer and entry.officer.person)
            for problem in hearing.problems.all()
            for entry in problem.entries.all()
        ],
        [
            (assent.agrees, assent.representative.name)
            for problem in hearing.problems.all()
            for assent in problem.assents.all()
        ],
        [
            (measure.unit, measure.handler, measure.issued_by, list(measure.evidence.all()),
             list(measure.date_changes.all()))
            for problem in hearing.problems.all()
            for measure in problem.measures.all()
        ],
        [(one.name, one.village) for one in hearing.seated],
        [one.person.name for one in hearing.officers.all()],
        [quota.village for quota in hearing.quotas.all()],
        [(posting.place, posting.village) for notice in hearing.notices.all() for posting in notice.postings.all()],
        [(topic.title, list(topic.merged.all())) for topic in hearing.topics.all()],
        [row.representative for row in hearing.feedback.all()],
        [row.text for row in hearing.corrections.all()],
        hearing.host.name,
    ]  # fmt: skip


def test_a_whole_hearing_takes_at_most_sixteen_queries(long, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        parts = everything_in(whole_hearing(long.hearing.pk))
    assert [len(part) for part in parts[:4]] == [200, 600, 597, 200]


@pytest.mark.parametrize(("parts", "most"), [((SESSION,), 4), ((PEOPLE,), 4), ((MEASURES,), 5), (EVERYTHING, 16)])
def test_each_part_costs_what_it_says(long, django_assert_max_num_queries, parts, most):
    with django_assert_max_num_queries(most):
        whole_hearing(long.hearing.pk, parts)


def test_the_minutes_of_200_questions_are_drafted_in_a_fixed_number_of_queries(long, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        hearings.close_session(long.hearing, long.user)
    with django_assert_max_num_queries(90):
        page = minutes.draft_minutes(long.hearing, long.user)
    assert (len(page.body), "张三丰" in str(page.body)) == (201, False)


def test_attendance_asks_for_the_assent_to_all_conclusions_at_once(long, django_assert_max_num_queries):
    Entry.objects.all().delete()
    with django_assert_max_num_queries(20):
        session.set_presence(long.hearing, long.people, long.officers[:1], long.clerk)


def test_who_raised_what_is_a_fixed_number_of_queries(long, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        found = [(str(one), one.may_be_told, len(one.problems)) for one in askers(long.hearing)]
    assert found == [("赵铁柱", False, 1), ("张三丰", False, 199)]
