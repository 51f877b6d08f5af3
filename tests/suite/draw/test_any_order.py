"""Every function in any order, legal or not: the order of requirement I is never broken, and nothing public changes."""

import datetime
from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from suite.draw import domain
from suite.draw.algorithm import sha256
from suite.draw.domain import PublicResult, Strings
from suite.draw.domain.file import as_file
from suite.draw.domain.lifecycle import void_overdue
from suite.draw.models import Draw
from suite.draw.verification import verify
from tests.suite.draw.conftest import FREEZE, PEOPLE, RESULT, VALUE, prepared

WHICH = st.integers(0, 3)
PERSON = st.integers(1, 4)
STEPS = ("prepared", "frozen", "committed", "seeded", "drawn")


class AnyOrder(RuleBasedStateMachine):
    """Tries moves on a few draws and remembers what each list read and came to when it was published."""

    happened = Counter()

    def __init__(self):
        super().__init__()
        self.database = transaction.atomic()
        self.database.__enter__()
        self.now = FREEZE
        self.published, self.results, self.reached = {}, {}, {}
        self.prepare_one("1", by_result=True, days=1)
        self.prepare_one("2", by_result=False, days=1)

    def teardown(self):
        transaction.set_rollback(True)
        self.database.__exit__(None, None, None)

    def attempt(self, name, function, *arguments, **named):
        """Try a move; what is refused changes nothing."""
        try:
            with transaction.atomic():
                done = function(*arguments, **named)
        except ValidationError:
            return None
        AnyOrder.happened[name] += 1
        return done

    def one(self, which):
        draws = [*Draw.objects.order_by("pk")]
        return draws[which % len(draws)] if draws else None

    def seed(self, by_result, days):
        due = self.now + datetime.timedelta(days=days)
        return PublicResult(RESULT.source, RESULT.form, 14, due) if by_result else Strings(due)

    @rule(key=st.sampled_from("12"), by_result=st.booleans(), days=st.integers(0, 3))
    def prepare(self, key, by_result, days):
        self.prepare_one(key, by_result, days)

    def prepare_one(self, key, by_result, days):
        self.attempt("prepare", prepared, key=key, seed=self.seed(by_result, days))

    @rule(which=WHICH, people=st.integers(3, 6))
    def amend(self, which, people):
        if draw := self.one(which):
            self.attempt("amend", domain.amend, draw, None, candidates=PEOPLE[-people:] + PEOPLE[:1])

    @rule(which=WHICH)
    def freeze(self, which):
        if (draw := self.one(which)) and (frozen := self.attempt("freeze", domain.freeze, draw, None, at=self.now)):
            self.published[frozen.pk] = frozen.list_text

    @rule(which=WHICH, person=PERSON)
    def commit(self, which, person):
        if draw := self.one(which):
            text = sha256(f"{draw.pk}-{person}")
            self.attempt("commit", domain.commit, draw, f"第{person}人", text, None, at=self.now)

    def everybody_commits(self, which):
        for person in (1, 2, 3):
            self.commit(which, person)

    @rule(which=WHICH)
    def close(self, which):
        if draw := self.one(which):
            self.attempt("close", domain.close_hashes, draw, None, at=self.now)

    @rule(which=WHICH, number=PERSON)
    def reveal(self, which, number):
        draw = self.one(which)
        if draw and (secret := draw.secrets.filter(number=number).first()):
            text = f"{draw.pk}-{secret.name[1]}"
            self.attempt("reveal", domain.reveal, draw, number, text, None, at=self.now)

    def everybody_reveals(self, which):
        for number in (1, 2, 3, 4):
            self.reveal(which, number)

    @rule(which=WHICH)
    def enter_result(self, which):
        if draw := self.one(which):
            self.attempt("enter", domain.enter_result, draw, VALUE, "官网", "陈", None, at=self.now)

    @rule(which=WHICH)
    def carry_out(self, which):
        if (draw := self.one(which)) and (
            drawn := self.attempt("draw", domain.carry_out, draw, ["陈"], None, at=self.now)
        ):
            self.results[drawn.pk] = drawn.result

    @rule(which=WHICH, reason=st.sampled_from(["名单有误", ""]))
    def void(self, which, reason):
        if draw := self.one(which):
            self.attempt("void", domain.void, draw, reason, None, at=self.now)

    @rule(which=WHICH, reason=st.sampled_from(["重抽", ""]), by_result=st.booleans())
    def again(self, which, reason, by_result):
        if draw := self.one(which):
            self.attempt("again", domain.draw_again, draw, reason, None, seed=self.seed(by_result, 1))

    @rule(which=WHICH)
    def as_it_should_be(self, which):
        self.next_move(which)

    @rule(which=WHICH, hours=st.integers(0, 30))
    def as_it_should_be_until_the_end(self, which, hours):
        for _move in range(4):
            self.next_move(which)
            self.time_passes_by(hours)

    def next_move(self, which):
        """The legal next move, so that chance gets far."""
        draw = self.one(which)
        if draw.state == "prepared":
            self.freeze(which)
        elif draw.state == "frozen" and draw.mode == "strings":
            self.everybody_commits(which)
            self.close(which)
        elif draw.state == "committed":
            self.everybody_reveals(which)
        elif draw.state == "frozen" and self.now >= draw.due_at:
            self.enter_result(which)
        else:
            self.carry_out(which)

    @rule(hours=st.integers(1, 20))
    def time_passes(self, hours):
        self.time_passes_by(hours)

    def time_passes_by(self, hours):
        self.now += datetime.timedelta(hours=hours)
        for draw in Draw.objects.all():
            if void_overdue(draw, self.now):
                AnyOrder.happened["overdue"] += 1

    @invariant()
    def nothing_published_ever_changes(self):
        draws = {draw.pk: draw for draw in Draw.objects.all()}
        for pk, text in self.published.items():
            assert (draws[pk].list_text, draws[pk].list_sha256) == (text, sha256(text))
        for pk, result in self.results.items():
            assert (draws[pk].result, draws[pk].state) == (result, "drawn")

    @invariant()
    def the_seed_comes_after_the_list_and_the_result_after_the_seed(self):
        for draw in Draw.objects.prefetch_related("secrets"):
            secrets = [*draw.secrets.all()]
            if not draw.frozen_at:
                assert (draw.value, secrets, draw.result) == ("", [], None)
                continue
            assert draw.frozen_at < draw.due_at
            assert not draw.value or draw.seeded_at >= draw.due_at
            shown = [secret.revealed_at for secret in secrets if secret.revealed_at]
            assert not shown or (draw.committed_at <= min(shown) and max(shown) <= draw.due_at)
            assert not shown or max(secret.recorded_at for secret in secrets) <= draw.committed_at
            assert draw.seeded_at is None or draw.value or (len(shown) == len(secrets) >= 3)
            assert draw.result is None or (draw.seeded_at and draw.witnesses)
            assert False not in [check.agrees for check in verify(as_file(draw))]

    @invariant()
    def a_subject_has_one_open_draw_and_every_further_one_a_reason(self):
        for key in "12":
            draws = [*Draw.objects.of("hearings.hearing", key)]
            assert sum(draw.state in STEPS[:4] for draw in draws) <= 1
            public = [draw for draw in draws if draw.frozen_at]
            assert [draw.again_of_id for draw in public] == [None, *(draw.pk for draw in public)][: len(public)]
            assert all(draw.again_reason for draw in public[1:])

    @invariant()
    def no_draw_goes_back(self):
        for draw in Draw.objects.all():
            if draw.state != "void":
                assert STEPS.index(draw.state) >= self.reached.get(draw.pk, 0)
                self.reached[draw.pk] = STEPS.index(draw.state)
            else:
                self.reached[draw.pk] = len(STEPS)


@pytest.mark.long
@pytest.mark.django_db
def test_in_any_order_nothing_public_changes_and_no_step_comes_before_its_time():
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=60,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],  # to shrink moves on a database takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
    moves = ("prepare", "amend", "freeze", "commit", "close", "reveal", "enter", "draw", "void", "again", "overdue")
    assert {name: AnyOrder.happened[name] >= 3 for name in moves} == dict.fromkeys(moves, True)
