"""Anybody does anything with notices, in any order, at any time: what requirement I promises of them holds.

Every call that was accepted is noted beside the product, with who made it and when; what stands in the database is
compared with these notes and with rules written down here once more.
"""

import random
from collections import Counter, defaultdict
from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from wagtail.models import ModelLogEntry

from commitments.domain.lifecycle import notices, objections, results
from commitments.domain.notice_access import approver_of_notice, decider_of, visible_to
from commitments.models import Commitment, Promise, ServedNotice
from organisation.models import Absence
from suite.periodic.domain.lifecycle import tick
from tests.commitments import notice_staging as staging
from tests.refusals import refusal

DAY = timedelta(days=1)
GRADES = ["explain", "talk", "rectify"]
PENDING = {"proposed", "approved", "served", "objected", "answered"}
STANDS = {"served", "objected", "answered", "closed", "escalated"}
# What each move does, from where to where. Nothing else may be seen.
WAYS = {
    "propose": ({""}, "proposed"),
    "approve": ({"proposed"}, "approved"),
    "refuse": ({"proposed"}, "refused"),
    "withdraw": ({"proposed", "approved"}, "withdrawn"),
    "acknowledge": ({"approved"}, "served"),
    "serve_on_paper": ({"approved"}, "served"),
    "object_to": ({"served"}, "objected"),
    "uphold": ({"objected"}, "withdrawn"),
    "dismiss": ({"objected"}, "served"),
    "answer": ({"served"}, "answered"),
    "key_in_answer": ({"served"}, "answered"),
    "ask_again": ({"answered"}, "served"),
    "close": ({"answered"}, "closed"),
    "escalate": ({"served", "answered"}, "escalated"),
}
FITTING = {
    "proposed": ["approve"] * 5 + ["refuse", "withdraw"],
    "approved": ["acknowledge"] * 3 + ["serve_on_paper", "withdraw"],
    "served": ["object_to", "object_to", "answer", "key_in_answer", "record_talk", "escalate", "escalate"],
    "objected": ["uphold", "dismiss"],
    "answered": ["record_talk", "record_talk", "close", "close", "ask_again", "escalate", "object_to"],
}
MOVES = [*WAYS, "record_talk"]
BY_PERSON, BY_OFFICE = {"acknowledge", "object_to", "answer"}, {
    "propose", "withdraw", "serve_on_paper", "key_in_answer", "ask_again", "close", "escalate",
}  # fmt: skip
SECRET = "没有去现场"


class NoticesInAnyOrder(RuleBasedStateMachine):
    """Three people with failed rows in three months each, one of them of the office that proposes the notices."""

    reached = Counter()

    def __init__(self):
        super().__init__()
        self.database = transaction.atomic()
        self.database.__enter__()
        self.now = staging.NOW
        self.patch = patch("django.utils.timezone.now", lambda: self.now)
        self.patch.start()
        made = self.made = staging.township()
        november = staging.month().first
        for one in (made.cadre, made.colleague, made.office):
            for month in (november.replace(month=9), november.replace(month=10), november):
                staging.failed(one, made.office_unit if one == made.office else made.economy, month)
        self.people = [one for one in vars(made).values() if getattr(one, "user", None)]
        self.outcomes = dict(Promise.objects.values_list("pk", "outcome"))
        self.notes = defaultdict(list)

    def teardown(self):
        self.patch.stop()
        transaction.set_rollback(True)
        self.database.__exit__(None, None, None)

    @initialize(moves=st.sampled_from([0, 30, 60, 90]))
    def something_has_happened(self, moves):
        self.chance = random.Random(moves)  # noqa: S311
        for _move in range(moves):
            self.move(1.0)

    @rule(seed=st.integers(0, 2**64))
    def a_busy_week(self, seed):
        self.chance = random.Random(seed)  # noqa: S311
        for _move in range(20):
            self.move(0.8)

    @rule(days=st.sampled_from([1, 3, 8, 40]))
    def time_passes(self, days):
        self.now += days * DAY
        assert tick(timezone.now()).failed == []

    @rule(away=st.integers(-3, 3))
    def somebody_goes_away_or_all_come_back(self, away):
        if away <= 0:
            Absence.objects.all().delete()
        else:
            Absence.objects.create(person=self.people[away], kind="trip", since=timezone.localdate())

    @rule(seed=st.integers(0, 2**64), outcome=st.sampled_from(["not", "partly", "fulfilled"]))
    def an_outcome_is_corrected(self, seed, outcome):
        row = random.Random(seed).choice(list(Promise.objects.order_by("pk")))  # noqa: S311
        if refusal(results.revise_outcome, row, outcome, "重新核实过。", None) == "":
            self.outcomes[row.pk] = outcome

    def move(self, order):
        """One thing that may fit (as often as ``order`` says), mostly by who may do it."""
        found = list(ServedNotice.objects.order_by("pk"))
        going = [one for one in found if one.state not in ("refused", "closed", "escalated", "withdrawn")]
        notice = self.chance.choice(going if going and self.chance.random() < 0.9 else found) if found else None
        if self.chance.random() < 0.1:
            self.now += self.chance.choice([1, 1, 9]) * DAY
        if notice is None or self.chance.random() < (0.1 if going else 0.6):
            self.propose()
            return
        move = self.chance.choice(FITTING.get(notice.state, MOVES) if self.chance.random() < order else MOVES)
        if move == "propose" or (move in ("uphold", "dismiss") and not hasattr(notice, "objection")):
            self.propose()
            return
        user, before = self.somebody(move, notice), notice.state
        act, arguments = self.calls(move, notice)
        refused = refusal(act, *arguments, user, **self.asked(move))
        notice.refresh_from_db()
        self.reached[f"{move} {'refused' if refused else 'done'}"] += 1
        if refused:
            assert notice.state == before
        elif move in WAYS:
            assert before in WAYS[move][0], (move, before)
            assert notice.state == WAYS[move][1], (move, before)
        if not refused:
            self.note(notice, move, user)
        if not refused and move == "escalate":
            self.note(notice.successor, "propose", user)

    def propose(self):
        fits = (
            Commitment.objects.filter(notices=None, state="ended") if self.chance.random() < 0.7 else Commitment.objects
        )
        commitment = self.chance.choice(list(fits.order_by("pk")) or list(Commitment.objects.order_by("pk")))
        rows = list(commitment.promises.order_by("number"))
        rows = self.chance.sample(rows, min(len(rows), self.chance.choice([0, 1, 1, 1, 1, 2])))
        grave = self.chance.random() < 0.2
        lightest = self.lightest(commitment, grave)
        grade = self.chance.choice(GRADES[lightest:] if self.chance.random() < 0.9 else GRADES)
        fresh = staging.fresh(commitment, grade, grave=grave, facts=f"{SECRET}，请说明情况。")
        for name, value in self.asked("propose").items():
            setattr(fresh, name, value)
        user = self.somebody("propose", fresh)
        if refusal(notices.propose, fresh, rows, user):
            self.reached["propose refused"] += 1
            return
        self.reached["propose done"] += 1
        assert rows
        assert GRADES.index(grade) >= lightest, (grade, lightest)
        self.note(fresh, "propose", user)

    def calls(self, move, notice):
        today = timezone.localdate()
        if move in ("uphold", "dismiss"):
            return objections.decide_objection, [notice.objection, move == "uphold", f"{SECRET}。"]
        if move == "record_talk":
            return notices.record_talk, [notice, timezone.now(), self.made.leader, f"{SECRET}，谈过。"]
        day = today - self.chance.choice([0, 0, 2]) * DAY
        given = {"approve": [], "acknowledge": [], "serve_on_paper": [day], "key_in_answer": [f"{SECRET}。", day]}
        act = objections.object_to if move == "object_to" else getattr(notices, move)
        return act, [notice, *given.get(move, [f"{SECRET}。"])]

    def asked(self, move):
        """What a grade may need, on a day that is still to come."""
        if move not in ("propose", "escalate"):
            return {}
        later = self.now + 9 * DAY
        return {"talk_at": later, "talk_by": self.made.leader, "rectify_until": timezone.localdate(later)}

    def somebody(self, move, notice):
        """Who may do it in seven of ten; else anybody, mostly who has had a part in it."""
        person = notice.commitment.person
        if move in BY_PERSON:
            right = person
        elif move in ("approve", "refuse"):
            right = approver_of_notice(notice)
        elif move in ("uphold", "dismiss"):
            right = decider_of(notice)
        else:
            right = self.made.second_office if person == self.made.office else self.made.office
        if right and self.chance.random() < 0.7:
            return right.user
        involved = [one for one in (person.user, notice.proposed_by, notice.approved_by) if one]
        return self.chance.choice([*involved, *involved, *(one.user for one in self.people)])

    def note(self, notice, move, user):
        self.notes[notice.pk].append(SimpleNamespace(move=move, user=user.pk, day=timezone.localdate()))
        if move in ("propose", "approve", "acknowledge", "serve_on_paper"):
            rows = notice.promises.values_list("pk", flat=True)
            assert {self.outcomes[pk] for pk in rows} == {"not"}, move

    def lightest(self, commitment, grave):
        """The place on the ladder that the rule asks for: how many other months came to a notice within a year."""
        served = defaultdict(list)
        for one in ServedNotice.objects.filter(commitment__person=commitment.person, state__in=STANDS):
            if one.commitment_id != commitment.pk:
                served[one.commitment_id].append(timezone.localdate(one.served_at))
        year = [
            max(days) for days in served.values() if max(days).replace(year=max(days).year + 1) > timezone.localdate()
        ]
        return 2 if grave else min(len(year), 2)

    # What holds.

    @invariant()
    def check(self):
        found = list(ServedNotice.objects.select_related("commitment__person").prefetch_related("promises"))
        pending = Counter(one.commitment_id for one in found if one.state in PENDING)
        assert [pk for pk, number in pending.items() if number > 1] == []
        numbers = [one.number for one in found if one.number]
        assert len(set(numbers)) == len(numbers)
        assert sorted(self.notes) == sorted(one.pk for one in found)
        for one in found:
            self.reached[one.state] += 1
            self.rests_on_failed_rows(one)
            self.was_done_by_the_right_ones(one)
            self.ended_as_it_should(one)
        self.nobody_else_sees_it(found)
        assert [entry for entry in ModelLogEntry.objects.all() if SECRET in f"{entry.data} {entry.label}"] == []

    def rests_on_failed_rows(self, one):
        rows = list(one.promises.all())
        assert rows
        assert {row.commitment_id for row in rows} == {one.commitment_id}

    def was_done_by_the_right_ones(self, one):
        person, made = one.commitment.person.user_id, self.notes[one.pk]
        offices = {self.made.office.user_id, self.made.second_office.user_id}
        proposers = {note.user for note in made if note.move == "propose"}
        deciders = [note.user for note in made if note.move in ("approve", "refuse")]
        for note in made:
            assert note.move in BY_PERSON or note.user != person, note
            assert note.move not in BY_PERSON or note.user == person, note
            assert note.move not in BY_OFFICE or note.user in offices, note
        assert not proposers & set(deciders)
        judges = [note.user for note in made if note.move in ("uphold", "dismiss")]
        raised = [note for note in made if note.move == "object_to"]
        assert len(judges) <= len(raised) <= 1
        assert not set(judges) & {*proposers, *deciders, person}
        assert bool(one.number) == any(note.move == "approve" for note in made)

    def ended_as_it_should(self, one):
        moves = [note.move for note in self.notes[one.pk]]
        way = [move for move in moves if move in WAYS]
        assert one.state == WAYS[way[-1]][1]
        if one.state == "closed":
            last = way[-2]
            assert last in ("answer", "key_in_answer"), way
            assert one.answer
            assert one.grade != "talk" or "record_talk" in moves
        if "served" in {WAYS[move][1] for move in way}:
            assert "approve" in way
        assert one.state != "objected" or (one.objection.upheld is None and one.objection.decided_by_id is None)

    def nobody_else_sees_it(self, found):
        mine = {one.pk for one in found if one.commitment.person == self.made.colleague}
        assert set(visible_to(self.made.colleague.user).values_list("pk", flat=True)) == mine
        assert not visible_to(self.made.supervisor.user).exists()


@pytest.mark.long
@pytest.mark.django_db
def test_whatever_is_tried_with_notices_in_any_order_the_promises_hold():
    NoticesInAnyOrder.reached.clear()
    run_state_machine_as_test(
        NoticesInAnyOrder,
        settings=settings(
            max_examples=16,
            stateful_step_count=8,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    done = {f"{move} done" for move in MOVES} | {"closed", "escalated", "withdrawn", "refused"}
    assert done - set(NoticesInAnyOrder.reached) == set(), NoticesInAnyOrder.reached
