"""Editors and cadres do anything in any order: a try scores what its own version says, worked out anew here."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.training.quizzes.staging import Stage, hand_in, question, save
from training.domain.lifecycle import quiz_tries, quizzes
from training.domain.quizzes.marking import scored
from training.models import Attempt, Quiz

LETTERS = "甲乙丙丁"


def pool(draw):
    """One to four questions; a short text has an accepted answer or is marked by hand."""
    return draw(
        st.lists(
            st.one_of(
                st.integers(0, 3).map(lambda right: question("single", "选一个", LETTERS, [right])),
                st.sets(st.integers(0, 3), min_size=2).map(
                    lambda right: question("multiple", "选几个", LETTERS, sorted(right))
                ),
                st.integers(0, 1).map(lambda right: question("truth", "对吗", right=[right])),
                st.sampled_from(["甲", "乙"]).map(lambda text: question("text", "写一个", accepted=[text])),
            ),
            min_size=1,
            max_size=4,
        )
    )


class AnyOrder(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.database = transaction.atomic()
        self.database.__enter__()
        self.stage = Stage()
        self.people = [self.stage.cadre, self.stage.other]
        self.quiz = self.stage.quiz([question("truth", "对吗", right=[0])], tries=0, pass_mark=60)
        # What each try was asked when it began, and what was given: by try and place.
        self.asked, self.given, self.marks = {}, {}, {}

    def teardown(self):
        transaction.set_rollback(True)
        self.database.__exit__(None, None, None)

    @rule(data=st.data(), mark=st.integers(1, 100))
    def edit(self, data, mark):
        Quiz.objects.filter(pk=self.quiz.pk).update(pass_mark=mark)
        self.stage.write(self.quiz, pool(data.draw))
        quizzes.issue(self.quiz, self.stage.clerk.user)

    @rule(who=st.integers(0, 1))
    def begin(self, who):
        try:
            attempt = quiz_tries.begin(self.quiz, self.people[who].user)
        except ValidationError:
            return
        if attempt.pk not in self.asked:
            rows = attempt.answers.select_related("question").order_by("place")
            self.asked[attempt.pk] = [
                (one.question.kind, list(one.question.right), list(one.question.accepted), list(one.order))
                for one in rows
            ]
            self.given[attempt.pk] = {}
            self.marks[attempt.pk] = attempt.quiz_version.pass_mark, {}

    @rule(who=st.integers(0, 1), chosen=st.lists(st.sets(st.integers(0, 3)), min_size=4, max_size=4), end=st.booleans())
    def answer(self, who, chosen, end):
        attempt = Attempt.objects.filter(person=self.people[who], state="running").first()
        if attempt is None:
            return
        given = {}
        for place, (kind, *_rest) in enumerate(self.asked[attempt.pk], 1):
            numbers = sorted(chosen[place - 1])
            given[place] = [LETTERS[numbers[0]]] if kind == "text" and numbers else [str(one) for one in numbers]
            if kind in ("single", "truth"):
                given[place] = [one for one in given[place] if kind == "single" or one in "01"][:1]
        (hand_in if end else save)(attempt, given)
        self.given[attempt.pk] = given

    @rule(right=st.booleans())
    def mark(self, right):
        attempt = Attempt.objects.filter(state="marking").first()
        if attempt is None:
            return
        one = attempt.answers.filter(correct=None).first()
        quiz_tries.mark(one, right, self.stage.clerk.user)
        self.marks[attempt.pk][1][one.place] = right

    @invariant()
    def every_try_scores_what_its_own_version_says(self):
        for attempt in Attempt.objects.exclude(state="running"):
            worth = [self.worth(attempt.pk, place) for place in range(1, len(self.asked[attempt.pk]) + 1)]
            found = scored(attempt)
            assert (found.asked, found.right, found.unmarked) == (len(worth), worth.count(True), worth.count(None))
            needed = self.marks[attempt.pk][0] * len(worth)
            expected = None if None in worth else worth.count(True) * 100 >= needed
            assert found.passed is expected

    def worth(self, key, place):
        kind, right, accepted, order = self.asked[key][place - 1]
        given = self.given[key].get(place, [])
        if kind == "text":
            if not given:
                return False
            return True if given[0] in accepted else self.marks[key][1].get(place)
        return bool(given) and {order[int(one)] for one in given} == set(right)


@pytest.mark.long
@pytest.mark.django_db
def test_a_try_scores_what_its_own_version_says_in_any_order():
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, derandomize=True, suppress_health_check=checks
        ),
    )
