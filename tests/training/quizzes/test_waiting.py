"""What waits on whose desk, and what ends by itself."""

from suite.hooks import collect
from tests.training.quizzes.staging import begin, short, take, truth
from training.domain.lifecycle import quiz_tries, quizzes
from training.domain.quizzes.own import own_quiz
from training.domain.quizzes.waiting import to_mark, to_take
from training.models import Attempt, Quiz


def waits(person):
    return [item.title for item in to_take(person)]


def test_a_quiz_waits_until_it_is_passed_marked_used_up_or_closed(stage):
    stage.quiz([truth()], title="没做")
    take(stage.quiz([truth()], title="通过"), stage.cadre)
    take(stage.quiz([short()], title="待阅"), stage.cadre, wrong=[1])
    take(stage.quiz([truth()], title="用完", tries=1), stage.cadre, wrong=[1])
    quizzes.close_quiz(stage.quiz([truth()], title="关闭"), stage.clerk.user)
    assert waits(stage.cadre) == ["测验：没做"]
    closed = Quiz.objects.get(title="关闭")
    assert own_quiz(closed, stage.cadre).open is False


def test_what_is_done_is_not_late(stage, time):
    quiz = stage.quiz([truth()], due_on=time.now.date())
    take(quiz, stage.cadre)
    time.go(days=1)
    assert (own_quiz(quiz, stage.cadre).late, own_quiz(quiz, stage.other).late) == (False, True)


def test_ones_own_answers_wait_for_somebody_else(stage):
    quiz = stage.quiz([short()], people=[stage.clerk, stage.cadre])
    take(quiz, stage.clerk, wrong=[1])
    running = begin(quiz, stage.cadre)
    assert list(to_mark(stage.clerk.user)) == []
    quiz_tries.finish(running, {1: ["忘了"]}, [running.version], stage.cadre.user)
    assert [item.title for item in to_mark(stage.clerk.user)] == ["批阅1道简答题"]


def test_the_tick_ends_what_ran_out_of_time_and_nothing_else(stage, time):
    attempt, other = begin(stage.quiz([truth()], minutes=5), stage.cadre), begin(stage.quiz([truth()]), stage.cadre)
    time.go(minutes=5, seconds=16)
    for job in collect("periodic_jobs", time.now):
        if job.key.startswith("training.quiz_over"):
            job.run()
    states = {one.pk: one.state for one in Attempt.objects.all()}
    assert states == {attempt.pk: "ended", other.pk: "running"}
