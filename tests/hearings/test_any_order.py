"""Anybody does anything with a hearing, in any order, at any time: what requirement H promises holds."""

import random
from collections import Counter, defaultdict

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from wagtail.models import ModelLogEntry

from hearings.enums import TAKING_PART
from hearings.models import (
    Assent,
    Correction,
    Feedback,
    Hearing,
    HearingNoticePage,
    Measure,
    Notice,
    Posting,
    Problem,
    Representative,
    Topic,
)
from suite.state import states
from tests.hearings.moves import Moves
from tests.hearings.stage import DAY, Stage

N = st.integers(0, 12)
AFTER = ("held", "published", "following", "closed")
RECORDS = (Hearing, Topic, Representative, Problem, Measure, Correction)
LABELS = {str(label) for model in RECORDS for _value, label in states(model)}
# Without an account: a villager at home, or a page that was taken down.
BY_ANYBODY = {
    "hearings.sign_up", "hearings.accept", "hearings.decline", "hearings.withdraw", "hearings.move_up",
    "hearings.notice_ended", "hearings.page_down", "hearings.correct",
}  # fmt: skip


SEATS = ["sign_up", "sign_up", "invite", "answer_invitation", "withdraw", "change_seats"]
NOTICE = ["publish_notice", "post", "take_page_down", "change_day", "change_place", "change_topics", "postpone"]
MOVES = {*SEATS, *NOTICE, "report", "take", "give_back", "merge", "answer", "plan", "draw", "fix", "begin", "presence"}
MOVES |= {"assent", "say", "ask", "end_without", "issue", "done", "explain", "move_due", "tell", "cancel"}
# What may succeed in a state: without it nearly everything that is tried is refused.
FITTING = {
    "collecting": ["report", "take", "give_back", "merge", "answer", "change_day", "change_seats", "plan", "invite"],
    "postponed": ["take", "give_back", "change_day", "change_place", "plan", "withdraw", "cancel"],
    "planned": [*NOTICE, "take", "give_back", "invite"],
    "notified": [*SEATS, *SEATS, *NOTICE, "draw", "void_draw", "fix"],
    "fixed": [*SEATS, *NOTICE, "begin"],
    "begun": ["presence", "ask", "say", "assent", "assent", "declare", "end_without", "take_up_again", "close_session"],
    "held": ["draft_minutes", "send_for_correction", "correct", "settle", "publish_minutes", "issue", "merge"],
    "published": ["issue", "issue", "done", "explain", "move_due", "tell", "follow_up"],
    "following": ["issue", "done", "explain", "move_due", "tell", "tell", "close"],
    "closed": ["report", "give_back", "issue", "tell"],
    "cancelled": ["report", "take", "sign_up"],
}


class AnyOrder(Moves, RuleBasedStateMachine):
    """Keeps beside the product what was public when; everything else is read from the rows."""

    reached = Counter()

    def __init__(self):
        super().__init__()
        self.database = transaction.atomic()
        self.database.__enter__()
        self.stage = Stage()
        self.hearing = self.stage.collecting()
        self.states = {}
        # hearing -> what villagers could read: since when on the page and on paper, and what.
        self.page, self.paper = {}, {}
        self.note_states()
        self.last_entry = ModelLogEntry.objects.order_by("pk").last().pk

    def teardown(self):
        self.stage.close()
        transaction.set_rollback(True)
        self.database.__exit__(None, None, None)

    @initialize(steps=st.integers(0, 9))
    def the_office_has_begun(self, steps):
        """Chance alone seldom gets far: begin anywhere on the way."""
        for _step in range(steps):
            self.watch(self.go_on)

    @rule(n=st.sampled_from([1, 1, 2, 3]))
    def the_office_goes_on(self, n):
        for _step in range(n):
            self.watch(self.go_on)

    @rule(seed=st.integers(0, 2**64))
    def a_busy_day(self, seed):
        """Several moves evenly spread, most of them such as may succeed; Hypothesis likes to repeat itself."""
        chance = random.Random(seed)  # noqa: S311
        for _move in range(6):
            hearing = self.now()
            begun = hearing.state == "fixed" and hearing.begun_at
            fitting = FITTING["begun" if begun else hearing.state]
            self.do(chance.choice(fitting if chance.random() < 0.8 else sorted(MOVES)), *chance.choices(range(13), k=2))
            self.check()

    @rule(hours=st.sampled_from([1, 10, 24, 48, 24 * 5, 24 * 8]))
    def time_passes(self, hours):
        self.stage.go(hours=hours)

    @rule(n=N, m=N, what=st.sampled_from(["report", "take", "give_back", "merge", "answer"]))
    def topics_move(self, n, m, what):
        self.do(what, n, m)

    @rule(n=N, m=N, what=st.sampled_from(["change_day", "change_place", "change_topics", "change_seats"]))
    def the_hearing_is_changed(self, n, m, what):
        self.do(what, n, m)

    @rule(what=st.sampled_from(["plan", "fix", "begin", "close_session", "follow_up", "close", "postpone"]))
    def the_hearing_is_pushed(self, what):
        self.do(what)

    @rule(sure=st.integers(0, 5))
    def the_hearing_is_cancelled(self, sure):
        if not sure:
            self.do("cancel")

    @rule(n=N, m=N, what=st.sampled_from(["publish_notice", "take_page_down", "post", "post"]))
    def notices_come_and_go(self, n, m, what):
        self.do(what, n, m)

    @rule(n=N, m=N, what=st.sampled_from(["sign_up", "sign_up", "invite", "answer_invitation", "withdraw"]))
    def people_come_and_go(self, n, m, what):
        self.do(what, n, m)

    @rule(n=N, m=N, what=st.sampled_from(["draw", "draw", "void_draw"]))
    def lots_are_drawn(self, n, m, what):
        self.do(what, n, m)

    @rule(
        n=N,
        m=N,
        what=st.sampled_from(["presence", "ask", "say", "assent", "declare", "end_without", "take_up_again"]),
    )
    def the_session_is_recorded(self, n, m, what):
        self.do(what, n, m)

    @rule(
        n=N, m=N, what=st.sampled_from(["draft_minutes", "send_for_correction", "correct", "settle", "publish_minutes"])
    )
    def minutes_are_written(self, n, m, what):
        self.do(what, n, m)

    @rule(n=N, m=N, what=st.sampled_from(["issue", "move_due", "done", "explain", "tell"]))
    def promises_are_kept(self, n, m, what):
        self.do(what, n, m)

    def check(self):
        self.never_held_with_less_than_seven_days_notice()
        self.never_concluded_without_assent()
        self.never_closed_with_an_open_measure_or_somebody_not_told()
        self.no_representative_twice_and_seats_never_exceeded()
        self.every_change_of_state_is_in_the_log()

    def do(self, what, *numbers):
        act = getattr(self, what)
        count = act.__func__.__code__.co_argcount - 1
        AnyOrder.reached[f"{what} {'done' if self.watch(act, *numbers[:count]) else 'refused'}"] += 1

    def watch(self, act, *numbers):
        """Make a move, and note what became public by it, from the outside: pages, postings, facts."""
        hearing = self.now()
        before = self.readable(hearing)
        done = act(*numbers)
        for one in {hearing, self.now()}:
            one.refresh_from_db()
            self.note_public(one, before if one == hearing else None)
        AnyOrder.reached[self.hearing.state] += 1
        return done

    def readable(self, hearing):
        """Day, hour, place and topics that the notice in force names."""
        notice = Notice.objects.filter(hearing=hearing, replaced_at=None).first()
        return notice and (notice.pk, hearing.starts_at, hearing.place, frozenset(hearing.topics.values_list("pk")))

    def note_public(self, hearing, before):
        notice = Notice.objects.filter(hearing=hearing, replaced_at=None).first()
        live = HearingNoticePage.objects.filter(hearing=hearing, live=True).first()
        if notice is None or (before and before[0] != notice.pk):
            self.page.pop(hearing.pk, None)
        if not live and not hearing.begun_at:
            self.page.pop(hearing.pk, None)
        if notice and live and live.last_published_at >= notice.made_at:
            self.page.setdefault(hearing.pk, live.last_published_at)
        papers = Posting.objects.filter(notice=notice).order_by("posted_at") if notice else Posting.objects.none()
        self.paper[hearing.pk] = papers.first().posted_at if papers.exists() else None

    @invariant()
    def never_held_with_less_than_seven_days_notice(self):
        for hearing in Hearing.objects.filter(state__in=["notified", "fixed", *AFTER]):
            since = max(self.page[hearing.pk], self.paper[hearing.pk])
            day = timezone.localtime(since).date()
            assert (timezone.localtime(hearing.starts_at).date() - day).days - 1 >= 7
            assert hearing.begun_at is None or timezone.localtime(hearing.begun_at).date() - day > 7 * DAY

    @invariant()
    def never_concluded_without_assent(self):
        for problem in Problem.objects.filter(state="agreed"):
            there = problem.hearing.representatives.filter(state="seated", present=True)
            agreed = Assent.objects.filter(problem=problem, agrees=True, representative__in=there).count()
            assert agreed == there.count() > 0
        assert not Problem.objects.filter(state="open", hearing__state__in=AFTER).exists()

    @invariant()
    def never_closed_with_an_open_measure_or_somebody_not_told(self):
        for hearing in Hearing.objects.filter(state="closed"):
            told = Feedback.objects.filter(hearing=hearing)
            assert {"column", "circular"} <= set(told.values_list("kind", flat=True))
            for problem in hearing.problems.all():
                assert {measure.state for measure in problem.measures.all()} in (
                    {"done"}, {"explained"}, {"done", "explained"},
                )  # fmt: skip
                assert problem.topic is None or told.filter(kind="letter", topic=problem.topic).exists()
                assert problem.raised_by is None or told.filter(representative=problem.raised_by).exists()

    @invariant()
    def no_representative_twice_and_seats_never_exceeded(self):
        for hearing in Hearing.objects.all():
            people = list(hearing.representatives.filter(state__in=TAKING_PART))
            assert len({(one.village_id, one.name_key) for one in people}) == len(people)
            assert len({one.phone for one in people}) == len(people)
            seated = Counter(one.village_id for one in people if one.way == "volunteer" and one.state == "seated")
            seats = dict(hearing.quotas.values_list("village", "seats"))
            assert all(number <= seats.get(village, 0) for village, number in seated.items())
            invited = [one for one in people if one.way == "invited"]
            assert len(invited) <= hearing.invited_seats

    @invariant()
    def every_change_of_state_is_in_the_log(self):
        """From what each record was to what it is, step by step, with who did it."""
        was = dict(self.states)
        for key, state in self.note_states().items():
            if key in was and was[key] != state:
                entries = [entry for entry in self.log[key] if entry.pk > self.last_entry]
                steps = [
                    (entry.data.get("before"), entry.data["after"])
                    for entry in entries
                    if entry.data.get("before") in LABELS and entry.data["before"] != entry.data["after"]
                ]
                assert steps, key
                assert [was[key], *(after for _before, after in steps)] == [
                    *(before for before, _after in steps),
                    state,
                ]
                assert all(entry.user for entry in entries if entry.action not in BY_ANYBODY)
        self.last_entry = ModelLogEntry.objects.order_by("pk").last().pk

    def note_states(self):
        """Every record's state in words, and the log about it."""
        self.log = defaultdict(list)
        for model in RECORDS:
            kind = ContentType.objects.get_for_model(model)
            for row in model.objects.all():
                self.states[kind.pk, str(row.pk)] = str(row.get_state_display())
        for entry in ModelLogEntry.objects.order_by("pk"):
            self.log[entry.content_type_id, entry.object_id].append(entry)
        return dict(self.states)


@pytest.mark.long
@pytest.mark.django_db
def test_whatever_is_tried_in_any_order_the_promises_hold():
    AnyOrder.reached.clear()
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=25,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            # Shrinking takes minutes here; the steps that failed are printed as they were.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    missing = {*("cancelled", "postponed", "fixed", "closed", *AFTER)} - set(AnyOrder.reached)
    assert missing == set(), AnyOrder.reached
