"""Anybody does anything with notes and articles, in any order: who owes one is what an independent count says."""

import datetime
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from wagtail.models import Site

from tests.refusals import refusal
from tests.training.writings.stage import NOW, Stage, typed
from training.domain.lifecycle import study_pages, writings
from training.domain.writings.facts import for_people
from training.domain.writings.owing import owing
from training.models import StudyIndexPage, StudyPage, Writing, WritingRelease

YEARS = (2025, 2026)
KINDS = ("note", "article")
MINE = st.integers(0, 2)
WHICH = st.integers(0, 5)


class AnyOrder(RuleBasedStateMachine):
    """Three who write, one leader, the office. The model: a list of plain rows, told only what was not refused."""

    def __init__(self):
        super().__init__()
        self.database = transaction.atomic()
        self.database.__enter__()
        self.patch = patch("django.utils.timezone.now", lambda: NOW)
        self.patch.start()
        self.town = Stage()
        root = Site.objects.get(is_default_site=True).root_page
        root.add_child(instance=StudyIndexPage(title="学习园地", slug="study"))
        late = self.town.person("方圆", "cadre", unit=self.town.centre, since=datetime.date(2026, 11, 1))
        self.people = [self.town.cadre, self.town.other, late]
        self.users = [*(one.user for one in self.people), self.town.leader.user, self.town.runs.user]
        self.rows = {}  # pk -> what the model believes
        self.released = set()

    def teardown(self):
        self.patch.stop()
        transaction.set_rollback(True)
        self.database.__exit__(None, None, None)

    def some(self, which):
        return Writing.objects.get(pk=sorted(self.rows)[which % len(self.rows)])

    @rule(who=MINE, kind=st.sampled_from(KINDS), year=st.sampled_from((2024, *YEARS, 2027)), user=st.integers(0, 4))
    def begin(self, who, kind, year, user):
        person, account = self.people[who], self.users[user]
        before = set(Writing.objects.values_list("pk", flat=True))
        refused = refusal(writings.begin, person, kind, year, account)
        new = set(Writing.objects.values_list("pk", flat=True)) - before
        assert bool(new) == (refused == "") == (account == person.user and year in YEARS)
        for pk in new:
            self.rows[pk] = {"by": who, "kind": kind, "year": year, "state": "writing", "publish": False}

    @precondition(lambda self: self.rows)
    @rule(which=WHICH, user=st.integers(0, 4), long=st.booleans(), publish=st.booleans(), number=st.booleans())
    def hand_in(self, which, user, long, publish, number):
        one, account = self.some(which), self.users[user]
        row = self.rows[one.pk]
        text = typed()["text"] if long else "太短。"
        changes = {"text": text + ("13912345678" if number else ""), "publish": publish}
        refused = refusal(writings.hand_in, one, typed(**changes), one.version, "", account)
        mine = account == self.people[row["by"]].user and row["state"] in ("writing", "returned")
        assert (refused == "") == (mine and long and not (publish and number))
        if refused == "":
            row |= {"state": "handed_in", "publish": publish, "number": number}

    @precondition(lambda self: self.rows)
    @rule(which=WHICH, user=st.integers(0, 4))
    def take_back(self, which, user):
        one, account = self.some(which), self.users[user]
        row = self.rows[one.pk]
        refused = refusal(writings.take_back, one, account)
        assert (refused == "") == (account == self.people[row["by"]].user and row["state"] == "handed_in")
        if refused == "":
            row["state"] = "writing"

    @precondition(lambda self: self.rows)
    @rule(which=WHICH, user=st.sampled_from([0, 1, 3, 3, 3, 4]), accepts=st.booleans())
    def decide(self, which, user, accepts):
        one, account = self.some(which), self.users[user]
        row = self.rows[one.pk]
        step = writings.accept if accepts else writings.return_with_remark
        refused = refusal(step, one, one.version, "请补数据。", account)
        assert (refused == "") == (account == self.town.leader.user and row["state"] == "handed_in")
        if refused == "":
            row["state"] = "accepted" if accepts else "returned"

    @precondition(lambda self: self.rows)
    @rule(which=WHICH, user=st.integers(0, 4), back=st.booleans())
    def wish(self, which, user, back):
        one, account = self.some(which), self.users[user]
        row = self.rows[one.pk]
        refused = refusal(study_pages.withdraw_wish if back else study_pages.wish, one, account)
        mine = account == self.people[row["by"]].user
        assert (refused == "") == (mine and (back or "13912345678" not in one.text))
        if refused == "":
            row["publish"] = not back

    @rule(who=MINE, year=st.sampled_from(YEARS), user=st.integers(0, 4))
    def let_off_or_ask_again(self, who, year, user):
        person, account = self.people[who], self.users[user]
        found = WritingRelease.objects.filter(person=person, year=year).first()
        if found:
            refused = refusal(writings.ask_again, found, account)
        else:
            refused = refusal(writings.release, person, year, "长期病假。", account)
        assert (refused == "") == (account == self.town.runs.user)
        if refused == "":
            self.released ^= {(who, year)}

    @invariant()
    def states_and_pages_are_those_of_the_model(self):
        stored = {one.pk: one for one in Writing.objects.all()}
        assert {pk: one.state for pk, one in stored.items()} == {pk: row["state"] for pk, row in self.rows.items()}
        drafted = set(StudyPage.objects.values_list("writing_id", flat=True))
        wished = {pk for pk, row in self.rows.items() if row["state"] == "accepted" and row["publish"]}
        assert drafted == wished

    @invariant()
    def who_owes_is_what_the_model_counts(self):
        for year in YEARS:
            found = {one.cadre.person.pk: one for one in owing(year)}
            facts = for_people(self.people, year)
            for who, person in enumerate(self.people):
                done = {kind: self.accepted(who, kind, year) for kind in KINDS}
                assert (facts[person.pk].note, facts[person.pk].article) == (done["note"], done["article"])
                # Who comes in November is not there yet, and was not in the year before.
                if who == len(self.people) - 1:
                    assert person.pk not in found
                    continue
                asked = 0 if (who, year) in self.released else 1
                assert {kind: found[person.pk].owed(kind) for kind in KINDS} == {
                    kind: max(0, asked - done[kind]) for kind in KINDS
                }

    def accepted(self, who, kind, year):
        wanted = {"by": who, "kind": kind, "year": year, "state": "accepted"}
        return sum(row.items() >= wanted.items() for row in self.rows.values())


@pytest.mark.long
def test_in_any_order_who_owes_is_what_was_not_accepted(db):
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=6,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
