"""Half a year of the sample township's commitments: through the rules, believable, gone again on request."""

import datetime
from collections import Counter

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from commitments.domain.notice_record import running_clocks
from commitments.domain.papers.meeting import meeting_sheet
from commitments.domain.promise_evidence import evidence_by_promise
from commitments.domain.responsibility import approver_of
from commitments.enums import CommitmentState, MonthState, Outcome
from commitments.models import (
    Amendment,
    Commitment,
    CommitmentsSettings,
    MeetingReport,
    Month,
    Promise,
    ReportMeeting,
    ServedNotice,
    Verification,
    WorkKind,
)
from demo.domain.remove import remove
from suite.draw.models import Draw
from suite.evidence.models import Evidence
from suite.privacy import find
from tests.commitments.sample_parts import build_parts


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The sample on a working day in the last week of a month."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        moment = datetime.datetime(2026, 11, 24, 10, 0, tzinfo=timezone.get_current_timezone())
        patch.setattr(timezone, "now", lambda: moment)
        yield build_parts()
        transaction.set_rollback(True)


@pytest.fixture
def sample(built, db, monkeypatch):
    """Its months, the oldest first; the clock stands where it stood when they were built."""
    moment = datetime.datetime(2026, 11, 24, 10, 0, tzinfo=timezone.get_current_timezone())
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return list(Month.objects.order_by("first"))


def outcomes(month):
    return Counter(month.commitments.values_list("outcome", flat=True))


def states(month):
    return Counter(month.commitments.values_list("state", flat=True))


def test_four_months_are_closed_one_is_being_decided_and_one_runs(sample):
    assert [month.code for month in sample] == ["2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"]
    assert [month.state for month in sample] == [MonthState.CLOSED] * 4 + [MonthState.REPORTING, MonthState.OPEN]
    assert [month.commitments.count() for month in sample] == [26] * 6


def test_there_is_one_of_everything_that_can_happen(sample):
    paper = Commitment.objects.filter(source="paper").values_list("person__name", flat=True)
    assert {"翟宇辰", "冯玉洁", "苗春生", "唐怀瑾"} <= set(paper)
    assert [month.commitments.filter(late=True).count() for month in sample] == [1] * 6
    assert [row.person.name for row in Commitment.objects.filter(state=CommitmentState.RELEASED)] == ["熊飞燕"]
    missing = Promise.objects.get(missing=True)
    assert (missing.commitment.person.name, missing.outcome) == ("唐怀瑾", Outcome.NOT)
    changes = {one.state: one.promise.commitment.person.name for one in Amendment.objects.all()}
    assert changes == {"accepted": "祁志强", "proposed": "田野"}
    assert Promise.objects.exclude(carried_from=None).exists()


def test_what_waits_stands_on_the_desk_of_who_does_it(sample):
    last, present = sample[4:]
    assert states(last) == {"ended": 22, "reported": 2, "verified": 1, "approved": 1}
    assert states(present) == {"approved": 19, "filed": 4, "owed": 2, "returned": 1}
    waiting = {one.person.name: one for one in present.commitments.filter(state="filed")}
    approvers = {name: approver_of(one).person.user.username for name, one in waiting.items()}
    assert approvers == {
        "陆承堃": "shenyun", "尉迟岚": "head", "白山": "leader", "柳依依": "shenyun",
    }  # fmt: skip
    drafts = present.commitments.filter(state="owed").exclude(draft=[]).values_list("person__name", flat=True)
    assert list(drafts) == ["方旭"]


def test_the_order_of_things_is_that_of_the_rules(sample):
    for one in Commitment.objects.select_related("month").exclude(filed_at=None):
        steps = [one.month.opened_at, one.filed_at, one.approved_at, one.reported_at, one.ended_at]
        taken = [step for step in steps if step]
        assert taken == sorted(taken), one
        assert taken[-1] <= timezone.now()
        assert one.late is (one.filed_at > one.month.files_until)
        if one.reported_at:
            assert timezone.localdate(one.reported_at) > one.month.last
            assert one.reported_at <= one.month.results_until
    for found in Verification.objects.select_related("promise__commitment"):
        commitment = found.promise.commitment
        assert commitment.reported_at < found.at
        assert commitment.ended_at is None or found.at < commitment.ended_at
    for month in sample[:4]:
        assert month.results_until < month.closed_at
        assert not month.commitments.filter(ended_at__gt=month.closed_at).exists()


def test_nothing_was_verified_without_evidence_or_a_finding(sample):
    rows = list(Promise.objects.exclude(verification=None).select_related("verification"))
    shown = evidence_by_promise(rows)
    assert [row for row in rows if not shown[row.pk] and not row.verification.remark] == []
    assert Evidence.objects.exclude(name="").count() >= 50
    assert Evidence.objects.exclude(link="").count() >= 50


def test_most_promises_are_kept_and_some_are_not(sample):
    for month in sample[:4]:
        kept = outcomes(month)
        assert kept["fulfilled"] >= 15, month
        assert kept["partly"] >= 1, month
    assert [outcomes(month)["not"] for month in sample] == [1, 0, 0, 1, 1, 0]


def test_every_month_has_its_meeting_with_a_draw_anybody_can_check(sample, client):
    held = list(ReportMeeting.objects.order_by("month__first"))
    assert [one.state for one in held] == ["held"] * 6
    assert Draw.objects.filter(subject_kind="commitments.meeting", state="drawn").count() == 6
    for one in held:
        draw = Draw.objects.get(subject_key=one.month.code)
        steps = [one.month.files_until, draw.prepared_at, draw.frozen_at, draw.committed_at, draw.seeded_at,
                 draw.drawn_at, one.starts_at, one.held_at]  # fmt: skip
        assert steps == sorted(steps)
        page = client.get(reverse("commitments_month", args=[one.month.first])).content.decode()
        assert draw.get_absolute_url() in page
        assert ("抽签编号", draw.public_id) in meeting_sheet(one).context["facts"]
    absent = MeetingReport.objects.filter(present=False)
    assert 3 <= absent.count() <= 12
    assert not absent.exclude(said="").exists()


def test_one_notice_is_closed_and_a_second_one_waits_for_its_answer(sample):
    first, second = ServedNotice.objects.order_by("proposed_at")
    assert (first.state, first.grade, first.repeats, first.number) == ("closed", "explain", 0, "石效责〔2026〕1号")
    assert (second.state, second.grade, second.repeats, second.number) == ("served", "talk", 1, "石效责〔2026〕2号")
    assert {first.commitment.person.user.username, second.commitment.person.user.username} == {"cadre"}
    for one in (first, second):
        steps = [one.commitment.ended_at, one.proposed_at, one.approved_at, one.served_at, one.answered_at,
                 one.ended_at]  # fmt: skip
        taken = [step for step in steps if step]
        assert taken == sorted(taken)
        assert taken[-1] <= timezone.now()
    assert timezone.localdate(first.answered_at) <= first.answer_until
    assert running_clocks(first) == []
    assert second.answer_until >= timezone.localdate() < timezone.localdate(second.talk_at)


def test_texts_differ_and_hold_no_personal_number(sample):
    works = Counter(Promise.objects.filter(carried_from=None).values_list("work", flat=True))
    assert len(works) >= 180
    assert max(works.values()) <= 4
    for row in Promise.objects.all():
        text = f"{row.work}{row.measures}{row.goal}{row.result}{row.outcome_remark}"
        assert "{" not in text
        assert find(text) == []
        assert row.missing or row.commitment.month.first <= row.due <= row.commitment.month.last


def test_the_sample_goes_away_again(sample):
    stored = [one.file.storage.path(one.file.name) for one in Evidence.objects.exclude(file="")]
    assert stored
    remove()
    models = (Month, Commitment, Promise, ReportMeeting, ServedNotice, Draw, WorkKind, CommitmentsSettings, Evidence)
    assert [model.objects.count() for model in models] == [0] * len(models)
