"""The sample township's hearings went through the rules, stand at different stages, and go away again."""

import datetime
import re

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail import hooks

from demo.domain.build import build
from demo.domain.remove import remove
from hearings.domain.figures import figures, half_year_of
from hearings.domain.letters import without_letter
from hearings.domain.notice_period import complete_at
from hearings.domain.printables import hearing_papers
from hearings.domain.seats import shares
from hearings.enums import HearingState, MeasureState, ProblemState, SeatState, TopicState
from hearings.models import DateChange, Feedback, Hearing, HearingPage, Measure, Posting, Representative, Topic
from printing.domain.door import sheet_of
from printing.domain.rendering import PrintingUnavailable
from printing.domain.wording import wording
from suite.clock.domain import whole_days_between
from suite.clock.models import DueDate

PARTS = ("organisation.", "suite.theme.", "hearings.")


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        hooks.search_for_hooks()
        builders = [one for one in hooks._hooks["build_demo"] if one[0].__module__.startswith(PARTS)]
        patch.setitem(hooks._hooks, "build_demo", builders)
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def sample(built, db):
    """The three hearings: closed, followed up, announced."""
    return [Hearing.objects.get(state=state) for state in ("closed", "following", "notified")]


def test_three_hearings_stand_at_three_stages(sample):
    today = timezone.localdate()
    days = [(timezone.localdate(one.starts_at) - today).days for one in sample]
    assert [-196 <= days[0] <= -190, -35 <= days[1] <= -29, 10 <= days[2] <= 16] == [True] * 3
    assert [timezone.localdate(one.starts_at).isoweekday() for one in sample] == [4, 4, 4]
    assert Hearing.objects.count() == 3


def test_every_hearing_was_announced_seven_whole_days_ahead(sample):
    for one in sample:
        notice = one.notices.get()
        assert datetime.datetime.fromisoformat(notice.facts["starts_at"]) == one.starts_at
        assert whole_days_between(complete_at(notice), one.starts_at) >= 7
        assert Posting.objects.filter(notice=notice).count() >= 4


def test_the_order_of_things_is_that_of_the_rules(sample):
    for one in sample[:2]:
        notice, minutes = one.notices.get(), one.minutespages.get()
        entered = [person.entered_at for person in one.representatives.all()]
        topics = [topic.reported_at for topic in one.topics.all()]
        issued = Measure.objects.filter(problem__hearing=one).values_list("issued_at", flat=True)
        steps = [max(topics), notice.made_at, notice.page_at, min(entered), max(entered), one.begun_at, one.held_at]
        assert steps == sorted(steps)
        assert max(entered) <= one.sign_up_until < one.starts_at == one.begun_at
        assert one.held_at < minutes.first_published_at <= timezone.now()
        assert min(issued) > one.held_at
        said = one.problems.values_list("closed_at", flat=True)
        assert all(one.begun_at < moment <= one.held_at for moment in said)


def test_the_closed_one_left_nothing_open(sample):
    closed = sample[0]
    measures = Measure.objects.filter(problem__hearing=closed)
    assert {measure.state for measure in measures} == {MeasureState.DONE, MeasureState.EXPLAINED}
    assert without_letter(closed) == []
    assert {feedback.kind for feedback in Feedback.objects.filter(hearing=closed)} == {"column", "letter", "circular"}
    held = timezone.localdate(closed.held_at)
    assert [(measure.ended_on - held).days for measure in measures.exclude(kind="done").order_by("ended_on")] == [
        26, 28, 40, 52,
    ]  # fmt: skip
    assert closed.circularpages.get().live
    assert closed.problems.filter(state=ProblemState.STUDIED).count() == 1


def test_the_one_followed_up_has_a_late_measure_and_one_that_was_moved(sample):
    measures = Measure.objects.filter(problem__hearing=sample[1])
    today = timezone.localdate()
    assert [measure.text for measure in measures.filter(state="open", due__lt=today)] == [
        "用沥青冷补料填平上坞到下坞村道的坑洼"
    ]
    change = DateChange.objects.get()
    assert (change.measure.due, change.reason) == (change.after, "水泵厂家交货推迟一个月，蓄水池主体已经完工。")
    assert change.before < change.after
    assert change.after > today
    for measure in measures.filter(state="open"):
        clock = DueDate.objects.get(subject_kind="hearings.measure", subject_key=str(measure.pk), stopped_on=None)
        assert clock.due == measure.due


def test_minutes_and_circular_tell_the_days_that_are_on_record(sample):
    for hearing in sample[:2]:
        page = hearing.minutespages.get()
        begun, until = (
            timezone.localtime(hearing.begun_at),
            hearing.problems.exclude(study_until=None).get().study_until,
        )
        text = "".join(str(block.render()) for block in page.body)
        assert f"{begun.year}年{begun.month}月{begun.day}日{begun:%H:%M}" in text
        assert f"{until.year}年{until.month}月{until.day}日前答复" in text
        assert page.first_published_at == page.last_published_at
        assert (page.live, page.has_unpublished_changes) == (True, False)
    circular = sample[0].circularpages.get()
    text = "".join(str(block.render()) for block in circular.body)
    day = timezone.localdate(circular.first_published_at)
    assert f"截至{day.year}年{day.month}月{day.day}日" in text
    done = Measure.objects.get(problem__hearing=sample[0], kind="commitment").ended_on
    assert f"已于{done.year}年{done.month}月{done.day}日落实" in text


def test_the_announced_one_takes_sign_ups_and_will_need_a_draw(sample):
    announced = sample[2]
    assert announced.sign_up_until > timezone.now()
    assert {share.village.name: (share.seats, len(share.applied)) for share in shares(announced)} == {
        "下塘村": (2, 4), "茶溪村": (2, 1), "石桥社区": (2, 2),
    }  # fmt: skip
    invited = announced.representatives.filter(way="invited").values_list("state", flat=True)
    assert sorted(invited) == [SeatState.INVITED, SeatState.SEATED]
    assert announced.hearingnoticepages.get().live


def test_the_pool_has_topics_in_every_state_from_many_villages(sample):
    states = {state: Topic.objects.filter(state=state).count() for state in TopicState}
    assert states == {"reported": 4, "merged": 1, "answered": 2, "taken": 10}
    assert Topic.objects.values("village").distinct().count() >= 9
    assert not Topic.objects.filter(theme=None).exists()


def test_nobody_in_the_sample_has_a_mobile(sample):
    assert [line for line in Representative.objects.values_list("phone", flat=True) if re.match(r"1[3-9]", line)] == []


def test_no_public_page_or_paper_names_a_representative(sample):
    names = {*Representative.objects.values_list("name", flat=True), *Topic.objects.values_list("raised_by", flat=True)}
    names -= {""}
    for model in HearingPage.__subclasses__():
        for page in model.objects.live():
            body = "".join(str(block.render()) for block in page.body)
            assert [name for name in names if name in body] == []
    for printable in hearing_papers():
        if printable.model is None or not issubclass(printable.model, HearingPage):
            continue
        for key in printable.keys():  # noqa: SIM118 - a function of the printable
            found = printable.find(key)
            if not printable.user_can_print(None, found) or printable.refusal(found):
                continue
            text = "".join(wording(sheet_of(printable, found, printable.sizes[0])).paragraphs)
            assert [name for name in names if name in text] == []


def test_every_hearing_has_the_papers_of_its_stage(sample):
    printed = []
    for hearing in sample:
        page, count = hearing.hearingnoticepages.get(), 0
        for printable in hearing_papers():
            if printable.model is type(page) and not printable.refusal(page) and printable.user_can_print(None, page):
                try:
                    sheet_of(printable, page, printable.sizes[0])
                except PrintingUnavailable:
                    continue
                count += 1
        printed.append(count)
    assert printed == [6, 6, 4]


def test_the_figures_tell_of_both_that_were_held(sample):
    told = [figures(half_year_of(timezone.localdate(one.held_at))).total for one in sample[:2]]
    assert [(one.problems >= 4, one.measures >= 4) for one in told] == [(True, True)] * 2


def test_the_sample_goes_away_again(sample):
    remove()
    assert [Hearing.objects.count(), Topic.objects.count(), Measure.objects.count(), Posting.objects.count()] == [0] * 4
    assert HearingState.CLOSED not in Hearing.objects.values_list("state", flat=True)
