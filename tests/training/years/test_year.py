"""What became of a year's learning, of one person."""

import datetime

import pytest

from organisation.enums import UnitKind
from suite.appraisal import Period
from suite.hooks import collect
from suite.roles.domain import group
from tests.training.skills.test_share import at
from tests.training.town import appoint, leave
from tests.training.years.stage import ask_all, attended, held, written
from training.domain.years.told import by_key, told, user_can_print
from training.domain.years.year import years_of
from training.enums import AttendanceState, CourseKind, SessionState, WritingKind, WritingState
from training.models import Answer, Attempt, PersonSkill, Quiz, TrainingSettings, WritingRelease

DATE = datetime.date.fromisoformat


def year(person, number=2026):
    return years_of([person], number)[0]


def lines(person, number=2026):
    return {line.key: (line.said, line.done) for line in told(person, number).lines}


@pytest.fixture
def studied(town):
    """方旭 studied in January (twice), March, and this month; a struck row, a cancelled session do not count."""
    for day in ("2026-01-08", "2026-01-22", "2026-03-05", "2026-11-03"):
        attended(town.cadre, held(day, town.clerk, town.office))
    attended(town.cadre, held("2026-04-02", town.clerk, town.office), AttendanceState.STRUCK)
    attended(town.cadre, held("2026-05-07", town.clerk, town.office, state=SessionState.CANCELLED))
    attended(town.cadre, held("2025-12-04", town.clerk, town.office))
    return town


def test_months_over_are_owed_and_the_present_one_once_it_was_attended(studied):
    assert year(studied.cadre).study == (3, 11)
    assert year(studied.farmer).study == (0, 10)
    assert year(studied.cadre, 2025).study == (1, 12)
    assert year(studied.cadre, 2027).study == (0, 0)


def test_who_came_during_the_year_owes_from_then_on(town):
    late = town.person("新来", "cadre", unit=town.office, since=DATE("2026-06-30"))
    later = town.person("刚来", "cadre", unit=town.office, since=DATE("2026-10-01"))
    assert (year(late).study, year(late).notes, year(late).articles) == ((0, 5), (0, 1), (0, 1))
    assert (year(later).study, year(later).notes, year(later).skilled) == ((0, 1), (0, 0), (0, 1))


def test_who_moved_within_the_township_owes_the_whole_year(town):
    moved = town.person("调动", "cadre", unit=town.office, until=DATE("2026-10-15"))
    appoint(moved, town.team, DATE("2026-10-16"))
    assert (year(moved).study.owed, year(moved).notes.owed) == (10, 1)


def test_who_holds_no_post_here_owes_nothing(town):
    village = town.unit("上塘村", UnitKind.VILLAGE, town.seat)
    publicist = town.person("谭秀芝", "publicist", unit=village)
    attended(publicist, held("2026-03-05", town.clerk, town.office))
    one = year(publicist)
    assert (one.study, one.notes, one.articles, one.skilled) == ((1, 0), (0, 0), (0, 0), (0, 0))


def test_notes_and_articles_are_owed_as_the_office_asks_and_not_by_who_is_let_off(town):
    written(town.cadre)
    written(town.cadre, WritingKind.ARTICLE, WritingState.HANDED_IN)
    assert (year(town.cadre).notes, year(town.cadre).articles) == ((1, 1), (0, 1))
    TrainingSettings.objects.create(notes_a_year=2, articles_a_year=0)
    assert (year(town.cadre).notes, year(town.cadre).articles) == ((1, 2), (0, 0))
    WritingRelease.objects.create(person=town.farmer, year=2026, reason="产假")
    assert year(town.farmer).notes == (0, 0)
    assert lines(town.farmer)["note"] == ("免写：产假", True)


def test_one_skill_is_asked_of_everybody_and_a_second_counts_no_more(town):
    assert year(town.cadre).skilled == (0, 1)
    town.confirmed(at=at("2026-02-01"))
    assert year(town.cadre).skilled == (1, 1)
    assert lines(town.cadre)["skills"] == ("已认定 1 项", True)


def test_the_year_is_told_in_lines_with_what_each_consists_of(studied):
    attended(studied.cadre, held("2026-02-06", studied.clerk, studied.office, CourseKind.COACHING))
    written(studied.cadre, title="走访体会")
    written(studied.cadre, WritingKind.ARTICLE, WritingState.RETURNED, title="谁来种地")
    studied.claim()
    PersonSkill.objects.update(claimed_at=at("2026-10-30"))
    found = told(studied.cadre, 2026)
    assert found.posts == "党政办公室干事"
    assert [(line.key, line.said, line.done, line.entries) for line in found.lines if line.key != "study"] == [
        ("reading", "无要求", True, ()),
        ("quizzes", "无要求", True, ()),
        ("note", "已通过 1 篇，应写 1 篇", True, ("《走访体会》 已通过",)),
        ("article", "已通过 0 篇，应写 1 篇", False, ("《谁来种地》 已退回",)),
        ("skills", "尚无认定，待认定 1 项", False, ()),
        ("shadowing", "本年度没有", True, ()),
    ]
    study = found.lines[0]
    assert (study.said, study.done) == ("已学 3 个月，应学 11 个月；参加业务辅导 1 个季度", False)
    assert study.entries == (
        "1月8日（星期四）上午9:00 每月学习课",
        "1月22日（星期四）上午9:00 每月学习课",
        "2月6日（星期五）上午9:00 季度业务辅导课",
        "3月5日（星期四）上午9:00 每月学习课",
        "11月3日（星期二）上午9:00 每月学习课",
        "未学习的月份：2、4、5、6、7、8、9、10",
    )


def test_the_quizzes_of_the_year_are_told_by_title(town):
    ask_all(0, 2)
    role = group("cadre")
    role.user_set.add(town.cadre.user)
    first = Quiz.objects.order_by("pk").first()
    version = first.versions.get()
    made = Attempt.objects.create(quiz=first, quiz_version=version, person=town.cadre, number=1, state="ended")
    Answer.objects.create(attempt=made, question=version.questions.first(), place=1, given=[0], correct=True)
    line = next(line for line in told(town.cadre, 2026).lines if line.key == "quizzes")
    assert (line.said, line.done, line.entries) == (
        "合格 1 次，应考 2 次",
        False,
        ("《测验0》 已通过 100%", "《测验1》 未交卷"),
    )


def test_what_nobody_owes_is_told_where_there_was_any(studied):
    attended(studied.cadre, held("2026-04-09", studied.clerk, studied.office, CourseKind.COURSE))
    held("2026-05-14", studied.clerk, studied.office, trainer=studied.cadre)
    for day in ("2026-06-04", "2026-06-11"):
        held(day, studied.clerk, studied.office, CourseKind.VILLAGERS, trainer=studied.cadre)
    held("2026-06-18", studied.clerk, studied.office, CourseKind.VILLAGERS, trainer=None, guest_trainer="林老师")
    found = {line.key: line for line in told(studied.cadre, 2026).lines}
    assert [(found[key].label, found[key].said, found[key].done, found[key].entries) for key in (
        "others", "taught", "villagers",
    )] == [
        ("其他培训", "1 次", True, ("4月9日（星期四）上午9:00 干部培训课",)),
        ("主讲", "1 次", True, ("5月14日（星期四）上午9:00 每月学习课",)),
        ("办群众培训", "2 次", True, ("6月4日（星期四）上午9:00 群众培训课", "6月11日（星期四）上午9:00 群众培训课")),
    ]  # fmt: skip
    assert "4月9日（星期四）上午9:00 干部培训课" not in found["study"].entries
    assert [line.key for line in told(studied.clerk, 2026).lines if line.key in ("others", "taught", "villagers")] == [
        "villagers"
    ]
    assert year(studied.cadre).study == (3, 11)


def test_a_paper_is_asked_for_by_person_and_year(town):
    assert by_key(f"{town.cadre.pk}-2026") == told(town.cadre, 2026)
    for nonsense in ("", "-", "x-2026", f"{town.cadre.pk}-", "0-2026", f"{town.cadre.pk}-1", f"{'9' * 30}-2026"):
        assert by_key(nonsense) is None


def test_a_paper_is_for_the_person_and_those_who_may_see_their_learning(town):
    found = told(town.cadre, 2026)
    asking = (town.cadre, town.leader, town.head, town.other, town.clerk, town.supervisor, town.farmer)
    may = {one.name for one in asking if user_can_print(one.user, found)}
    assert may == {"方旭", "沈赟", "陆承堃", "柏建民", "鲁守田"}
    assert not user_can_print(None, found)


def facts(person, first, last):
    found = collect("appraisal_facts", person, Period(DATE(first), DATE(last)))
    return {
        fact.key.removeprefix("training."): (fact.value, str(fact.unit_of_measure))
        for fact in found
        if fact.plugin == "training"
    }


def test_the_appraisal_is_told_figures_of_a_year(studied):
    written(studied.cadre)
    studied.confirmed(at=at("2026-02-01"))
    assert facts(studied.cadre, "2026-01-01", "2026-12-31") == {
        "study_owed": (11, "个月"),
        "study": (3, "个月"),
        "sessions": (4, "次"),
        "taught": (0, "次"),
        "villagers": (0, "次"),
        "reading_asked": (0, "件"),
        "reading": (0, "件"),
        "quizzes_asked": (0, "次"),
        "quizzes_passed": (0, "次"),
        "notes_owed": (1, "件"),
        "notes": (1, "件"),
        "articles_owed": (1, "件"),
        "articles": (0, "件"),
        "skills": (1, "件"),
        "shadowing": (0, "次"),
    }


def test_a_quarter_is_told_its_own_months_and_nothing_that_belongs_to_the_year(studied):
    written(studied.cadre)
    found = facts(studied.cadre, "2026-01-01", "2026-03-31")
    assert {key: value for key, (value, _unit) in found.items() if value} == {
        "study_owed": 3,
        "study": 2,
        "sessions": 3,
    }


def test_sessions_that_were_taught_belong_to_the_period_of_their_day(studied):
    held("2026-03-31", studied.clerk, studied.office, trainer=studied.cadre)
    held("2026-04-01", studied.clerk, studied.office, CourseKind.VILLAGERS, trainer=studied.cadre)
    quarters = (("2026-01-01", "2026-03-31"), ("2026-04-01", "2026-06-30"))
    first, second = (facts(studied.cadre, *days) for days in quarters)
    assert [(one["taught"], one["villagers"]) for one in (first, second)] == [
        ((1, "次"), (0, "次")), ((0, "次"), (1, "次")),
    ]  # fmt: skip


def test_skills_are_those_of_the_periods_end(town):
    town.confirmed(at=at("2026-05-01"))
    assert facts(town.cadre, "2026-01-01", "2026-03-31")["skills"] == (0, "件")
    assert facts(town.cadre, "2026-04-01", "2026-06-30")["skills"] == (1, "件")


def test_nothing_is_told_about_whom_nothing_concerns(town):
    visitor = town.person("过客")
    assert facts(visitor, "2026-01-01", "2026-12-31") == {}


def test_who_left_keeps_the_year_they_served(town):
    old = town.person("许松年", "cadre", unit=town.office, until=DATE("2025-12-31"))
    leave(old)
    assert (year(old, 2025).study.owed, year(old).study.owed) == (12, 0)
