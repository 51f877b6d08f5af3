"""Anybody does anything with commitments, in any order, at any time: what requirement I promises holds."""

import random
from collections import Counter, defaultdict
from unittest.mock import patch

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from wagtail.models import ModelLogEntry

from commitments.domain.lifecycle import amendments, commitments, months, results
from commitments.domain.outcomes import outcome_of
from commitments.enums import HANDED_IN, SETTLED
from commitments.models import Amendment, Commitment, Month, Promise
from organisation.models import Absence, Appointment
from suite.evidence import Link
from suite.evidence.domain import evidence_of
from suite.periodic.domain.lifecycle import tick
from suite.state import states
from tests.commitments import staging
from tests.commitments.staging import DAY
from tests.refusals import refusal

OUTCOMES = ("fulfilled", "partly", "not")
RECORDS = (Month, Commitment, Amendment)
LABELS = {str(label) for model in RECORDS for _value, label in states(model)}


class AnyOrder(RuleBasedStateMachine):
    """One month and its people; what is tried is chosen evenly, mostly by who may do it."""

    reached = Counter()
    next = None

    def __init__(self):
        super().__init__()
        self.database = transaction.atomic()
        self.database.__enter__()
        self.time = staging.Time()
        self.patch = patch("django.utils.timezone.now", lambda: self.time.now)
        self.patch.start()
        self.made = staging.township()
        self.month = staging.month(self.made)
        self.users = list(vars(self.made.users).values())
        self.was = {}
        self.note_states()

    def teardown(self):
        self.patch.stop()
        transaction.set_rollback(True)
        self.database.__exit__(None, None, None)

    @initialize(rounds=st.integers(0, 6), seed=st.integers(0, 2**64))
    def the_month_has_begun(self, rounds, seed):
        """Chance alone seldom gets to the end: begin anywhere on the way, with a busy day between the steps."""
        for number in range(rounds):
            self.everybody_does_their_work()
            self.a_busy_day(seed + number)
            self.time_passes(10)

    @rule(seed=st.integers(0, 2**64))
    def a_busy_day(self, seed):
        self.chance = random.Random(seed)  # noqa: S311
        for _move in range(16):
            self.month.refresh_from_db()
            move = self.chance.choice(FITTING[self.month.state] if self.chance.random() < 0.9 else sorted(MOVES))
            done = getattr(self, move)() == ""
            AnyOrder.reached[f"{move} {'done' if done else 'refused'}"] += 1

    @rule()
    def everybody_does_their_work(self):
        """The next step of every commitment, by whose it is."""
        self.chance = random.Random(1)  # noqa: S311
        for one in self.month.commitments.select_related("person__user"):
            self.next = one
            for move in NEXT.get(self.next.state, ()):
                getattr(self, move)()
        self.next = None
        self.close()

    @rule(days=st.sampled_from([1, 4, 10, 28]))
    def time_passes(self, days):
        self.time.go(days=days, hours=1)
        assert tick(timezone.now()).failed == []

    # What is tried: by the one who may in three of four, by anybody else in the fourth.

    def some(self, *states):
        if self.next:
            return self.next
        found = [one for one in self.month.commitments.all() if not states or one.state in states]
        return self.chance.choice(found or list(self.month.commitments.all()))

    def by(self, user):
        return user if user and (self.next or self.chance.random() < 0.75) else self.chance.choice(self.users)

    def approver(self, one):
        found = staging.approver_of(one)
        return self.by(found and found.person.user)

    def save(self):
        one = self.some("owed", "returned")
        return refusal(commitments.save_draft, one, [{"work": "写一半"}], one.version, "", self.by(one.person.user))

    def file(self):
        one = self.some("owed", "returned")
        typed = staging.rows(self.chance.choice([1, 2, 11]), self.month)
        # Every other row has until the month's end, so that a change of it comes in time.
        typed[::2] = [{**row, "due": self.month.last.isoformat()} for row in typed[::2]]
        return refusal(commitments.file, one, typed, one.version, "", self.by(one.person.user))

    def key_in(self):
        day = timezone.localdate() - self.chance.choice([0, 0, 3]) * DAY
        user = self.by(self.made.users.clerk)
        return refusal(commitments.key_in, self.some("owed", "returned"), staging.rows(1, self.month), day, user)

    def take_back(self):
        one = self.some("filed")
        return refusal(commitments.take_back, one, self.by(one.person.user))

    def approve(self):
        one = self.some("filed")
        return refusal(commitments.approve, one, self.approver(one))

    def give_back(self):
        one = self.some("filed")
        return refusal(commitments.return_with_remark, one, "目标要可量化。", self.approver(one))

    def release(self):
        return refusal(commitments.release, self.some(), "支援外县", self.by(self.made.users.clerk))

    def ask_again(self):
        return refusal(commitments.ask_again, self.some("released"), self.by(self.made.users.clerk))

    def go_away(self):
        one, deputy = self.chance.choice(self.users[:3]).person, self.chance.choice(self.users[:7]).person
        if one != deputy:
            Absence.objects.create(person=one, kind="trip", since=timezone.localdate(), deputy=deputy)
        return ""

    def come_back(self):
        Absence.objects.all().delete()
        return ""

    def leave_post(self):
        yesterday = timezone.localdate() - DAY
        Appointment.objects.filter(person=self.made.third, until=None).update(until=yesterday)
        return ""

    def propose(self):
        row = self.some("approved").promises.order_by("-due").first()
        return row and refusal(amendments.propose, row, {"goal": "5盏。"}, "变了", self.by(row.commitment.person.user))

    def accept(self):
        one = Amendment.objects.order_by("state", "-pk").filter(state="proposed").first()
        return one and refusal(amendments.accept, one, self.approver(one.promise.commitment))

    def refuse(self):
        one = Amendment.objects.filter(state="proposed").first()
        return one and refusal(amendments.refuse, one, "不变。", self.approver(one.promise.commitment))

    def begin(self):
        return refusal(months.begin_reporting, self.month, self.by(self.made.users.clerk))

    def show(self):
        row = Promise.objects.filter(commitment=self.some("approved")).first()
        user = row and self.by(row.commitment.person.user)
        return row and refusal(results.attach_evidence, row, [], [Link("/photos/", "照片")], user)

    def report(self):
        one = self.some("approved")
        said = {row.pk: (self.chance.choice(OUTCOMES), "办了。") for row in one.promises.all()}
        return refusal(results.report, one, said, self.by(one.person.user))

    def send_back(self):
        return refusal(results.send_back, self.some("reported"), "没有附件。", self.by(self.made.users.supervisor))

    def verify(self):
        row = self.some("reported").promises.order_by("-due").first()
        agrees, remark = self.chance.random() < 0.7, self.chance.choice(["", "看过。", "看过。"])
        return row and refusal(results.verify, row, "visit", agrees, remark, self.by(self.made.users.supervisor))

    def finish(self):
        return refusal(results.finish_verification, self.some("reported"), self.by(self.made.users.supervisor))

    def decide(self):
        one = self.some("verified")
        said = {row.pk: (self.chance.choice(OUTCOMES), "核过。") for row in one.promises.all()}
        clerks = self.made.users.leader if one.unit == self.made.office else self.made.users.clerk
        return refusal(results.decide, one, said, self.by(clerks))

    def close(self):
        return refusal(months.close_month, self.month, self.by(self.made.users.clerk))

    # What holds.

    @invariant()
    def check(self):
        self.nobody_decides_on_their_own()
        self.promises_stand_while_they_are_handed_in()
        self.nothing_is_verified_without_evidence_or_remark()
        self.outcomes_follow_from_their_rows()
        self.every_change_of_state_is_in_the_log()

    def nobody_decides_on_their_own(self):
        decided = ("commitments.approve", "commitments.return", "commitments.decide", "commitments.verify_promise")
        own = {str(one.pk): one.person.user_id for one in self.rows()}
        for entry in ModelLogEntry.objects.filter(action__in=decided):
            assert entry.user_id is not None
            assert entry.user_id != own[entry.object_id], entry.action
        for one in Amendment.objects.exclude(state="proposed").select_related("promise__commitment__person"):
            assert one.decided_by_id != one.promise.commitment.person.user_id

    def promises_stand_while_they_are_handed_in(self):
        for one in self.rows():
            if one.state in HANDED_IN:
                assert one.promises.count() > 0
            elif one.state != "released":
                assert one.promises.count() == 0
        for row in Promise.objects.select_related("commitment__month"):
            month = row.commitment.month
            assert row.missing or (row.measures and row.goal and month.first <= row.due <= month.last)
        for one in Amendment.objects.filter(state="accepted").order_by("decided_at", "pk"):
            assert one.promise.goal == one.after["goal"]

    def nothing_is_verified_without_evidence_or_remark(self):
        for row in Promise.objects.filter(commitment__state__in=("verified", "ended"), missing=False):
            if row.outcome_remark == "未报结果":
                continue
            assert row.verification.remark or evidence_of(("commitments.promise", row.pk))
            assert row.verification.by_id != row.commitment.person.user_id

    def outcomes_follow_from_their_rows(self):
        for one in self.rows():
            AnyOrder.reached[one.state] += 1
            if one.state == "ended":
                assert one.outcome == outcome_of(row.outcome for row in one.promises.all())
            else:
                assert one.outcome == ""
            if one.month.state == "closed":
                assert one.state in SETTLED

    def every_change_of_state_is_in_the_log(self):
        """Its last entry names the state it is in, and who brought it there, or the clock."""
        was = dict(self.was)
        for key, state in self.note_states().items():
            if key in was and was[key] != state and key in self.log:
                assert state in self.log[key], (key, was[key], state)

    def rows(self):
        return Commitment.objects.select_related("person", "month").prefetch_related("promises")

    def note_states(self):
        """Every record's state in words, and what the log says it came to."""
        self.log = defaultdict(list)
        for model in (Month, Commitment):
            kind = ContentType.objects.get_for_model(model)
            for row in model.objects.all():
                self.was[kind.pk, str(row.pk)] = str(row.get_state_display())
        for entry in ModelLogEntry.objects.order_by("pk"):
            self.log[entry.content_type_id, entry.object_id].append(entry.data.get("after"))
        return dict(self.was)


FILING = ["save", "file", "file", "key_in", "take_back", "approve", "approve", "give_back"]
CHANGES = ["propose", "accept", "refuse", "go_away", "come_back", "leave_post", "release", "ask_again"]
RESULTS = ["show", "show", "report", "report", "send_back", *["verify"] * 6, "finish", "finish", "decide"]
# What may succeed in a month of that state; by and by everything else is tried, too.
FITTING = {
    "open": [*FILING, *CHANGES, "begin"],
    "reporting": [*FILING, *RESULTS, *RESULTS, "close"],
    "closed": ["file", "release", "ask_again", "report"],
}
MOVES = {*FILING, *CHANGES, *RESULTS, "begin", "close"}
NEXT = {
    "owed": ["file"],
    "returned": ["file"],
    "filed": ["approve"],
    "approved": ["show", "report"],
    "reported": ["verify"] * 4 + ["finish"],
    "verified": ["decide"],
}


@pytest.mark.long
@pytest.mark.django_db
def test_whatever_is_tried_in_any_order_the_promises_hold():
    AnyOrder.reached.clear()
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=14,
            stateful_step_count=8,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    wanted = {"owed", "filed", "approved", "reported", "verified", "ended", "propose done", "verify done"}
    assert wanted - set(AnyOrder.reached) == set(), AnyOrder.reached
