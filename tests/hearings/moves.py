"""Everything anybody can do with a hearing, rightly and wrongly, one function for each, driven by numbers.

Each returns whether it was allowed. What is refused changes nothing; anything but a ValidationError is a fault.
"""

from uuid import UUID

from django.utils import timezone

from hearings.domain.draws import draw_under_way
from hearings.domain.lifecycle import feedback, hearings, measures, minutes, notices, representatives, session, topics
from hearings.enums import FeedbackKind, ProblemState, SeatState
from hearings.models import (
    Correction,
    Feedback,
    HearingNoticePage,
    Measure,
    MinutesPage,
    Problem,
    Representative,
    Topic,
)
from suite.draw import domain as draws
from tests.hearings.stage import DAY
from tests.refusals import refusal

NAMES = ("张三丰", "李明", "欧阳修", "赵铁柱")
PLACES = ("镇政府礼堂", "学校", " ")


def pick(rows, number):
    """One of the rows, or None."""
    rows = list(rows)
    return rows[number % len(rows)] if rows else None


class Moves:
    """The hearing ``self.hearing`` of ``self.stage``; ``n``, ``m`` choose among what there is."""

    def works(self, act, *arguments):
        if None in arguments:
            return False
        return refusal(act, *arguments) == ""

    def now(self):
        self.hearing.refresh_from_db()
        return self.hearing

    # Topics

    def report(self, n):
        village = pick((self.stage.upper, self.stage.lower, self.stage.unit), n)
        return self.works(topics.report, self.stage.topic(village=village), self.stage.office)

    def take(self, n):
        return self.works(topics.take, pick(Topic.objects.all(), n), self.hearing, self.stage.office)

    def give_back(self, n):
        return self.works(topics.give_back, pick(Topic.objects.all(), n), "误列", self.stage.office)

    def merge(self, n, m):
        return self.works(topics.merge, pick(Topic.objects.all(), n), pick(Topic.objects.all(), m), self.stage.office)

    def answer(self, n):
        return self.works(topics.answer, pick(Topic.objects.all(), n), "已装。", self.stage.unit, self.stage.office)

    # The hearing before its session

    def plan(self):
        return self.works(hearings.plan, self.hearing, self.stage.office)

    def change_day(self, n, m):
        changes = {"starts_at": self.stage.on(n), "sign_up_until": self.stage.on(m, 12)}
        return self.works(hearings.change, self.hearing, changes, "改期", self.stage.office)

    def change_place(self, n):
        return self.works(hearings.change, self.hearing, {"place": pick(PLACES, n)}, "换地方", self.stage.office)

    def change_topics(self, n):
        chosen = list(Topic.objects.all())[: n % 4]
        return self.works(hearings.change, self.hearing, {"topics": chosen}, "换议题", self.stage.office)

    def change_seats(self, n, m):
        changes = {"quotas": {self.stage.upper: n % 4, self.stage.lower: m % 3}, "invited_seats": m % 3}
        return self.works(hearings.change, self.hearing, changes, "", self.stage.office)

    def postpone(self):
        return self.works(hearings.postpone, self.hearing, "台风", self.stage.office)

    def cancel(self):
        return self.works(hearings.cancel, self.hearing, "并入下次", self.stage.office)

    # Notices

    def publish_notice(self):
        page = HearingNoticePage.objects.filter(hearing=self.hearing).first() or self.stage.page(self.hearing)
        page.title += "。"
        page.save_revision()
        return self.stage.publish(page) == ""

    def take_page_down(self):
        page = HearingNoticePage.objects.filter(hearing=self.hearing, live=True).first()
        if page:
            page.unpublish()
        return page is not None

    def post(self, n, m):
        notice = pick(self.hearing.notices.all(), m)
        posting = notice and self.stage.posting(
            self.hearing, notice=notice, posted_at=self.stage.now + (n - 4) * DAY / 2, signed_by="王" * (n % 5)
        )
        return self.works(notices.record_posting, posting, self.stage.office)

    # Representatives

    def sign_up(self, n, m):
        one = self.stage.volunteer(
            self.hearing, name=pick(NAMES, n), village=pick((self.stage.upper, self.stage.lower, self.stage.far), m)
        )
        if n % 3 == 0:
            one.phone = f"1390013900{m % 10}"
        return self.works(representatives.sign_up, one)

    def invite(self, n):
        return self.works(
            representatives.invite, self.stage.volunteer(self.hearing, name=pick(NAMES, n)), self.stage.office
        )

    def answer_invitation(self, n):
        one = pick(Representative.objects.filter(hearing=self.hearing), n)
        return self.works(representatives.answer_invitation, one, n % 3 > 0)

    def withdraw(self, n):
        return self.works(representatives.withdraw, pick(Representative.objects.filter(hearing=self.hearing), n))

    def draw(self, n):
        """Prepared, frozen, and (mostly) carried out."""
        due = self.stage.now + DAY / 2
        seed = draws.PublicResult("福彩3D第2026310期", "开奖号码依次写下", 6, due)
        if not self.works(representatives.prepare_draw, self.hearing, self.stage.office, seed, "再抽一次"):
            return False
        draw = draws.freeze(draw_under_way(self.hearing), self.stage.office)
        if n % 4 == 0:
            return True
        self.stage.now = due
        draw = draws.enter_result(draw, f"{n:06}", "官网", "李旻", self.stage.witness)
        return self.works(draws.carry_out, draw, ["李旻"], self.stage.office)

    def void_draw(self):
        draw = draw_under_way(self.hearing)
        return self.works(draws.void, draw, "种子泄露", self.stage.office)

    def fix(self):
        return self.works(hearings.fix_representatives, self.hearing, self.stage.office)

    # The session

    def begin(self):
        return self.works(hearings.begin_session, self.hearing, self.stage.office)

    def presence(self, n):
        people = list(self.hearing.representatives.filter(state=SeatState.SEATED))
        return self.works(
            session.set_presence, self.hearing, people[n % 2 :], list(self.hearing.officers.all()), self.stage.office
        )

    def ask(self, n):
        asker = pick(self.hearing.representatives.all(), n)
        return self.works(
            session.add_problem, Problem(hearing=self.hearing, title="水费太高", raised_by=asker), self.stage.office
        )

    def say(self, n):
        values = {"kind": "question", "representative": pick(self.hearing.representatives.all(), n), "text": "几时装？"}
        return self.works(
            session.write_entry, pick(self.hearing.problems.all(), n), UUID(int=n % 5), n % 2, values, self.stage.office
        )

    def assent(self, n, m):
        one = pick(self.hearing.representatives.all(), m)
        return self.works(
            session.record_assent, pick(self.hearing.problems.all(), n), one, m % 4 > 0, self.stage.office
        )

    def declare(self, n):
        return self.works(
            session.declare_conclusion, pick(self.hearing.problems.all(), n), "年底装好。", self.stage.office
        )

    def end_without(self, n):
        day = timezone.localdate() + (n - 1) * DAY
        return self.works(session.end_without_conclusion, pick(self.hearing.problems.all(), n), day, self.stage.office)

    def take_up_again(self, n):
        return self.works(session.take_up_again, pick(self.hearing.problems.all(), n), self.stage.office)

    def close_session(self):
        return self.works(hearings.close_session, self.hearing, self.stage.office)

    # Afterwards

    def draft_minutes(self):
        return self.works(minutes.draft_minutes, self.hearing, self.stage.office)

    def send_for_correction(self):
        return self.works(minutes.send_for_correction, self.hearing, self.stage.office)

    def correct(self, n):
        one = pick(self.hearing.representatives.filter(state=SeatState.SEATED), n)
        return self.works(minutes.correct, Correction(hearing=self.hearing, representative=one, text="不是这样说的。"))

    def settle(self, n):
        open_ones = Correction.objects.filter(hearing=self.hearing)
        return self.works(minutes.settle, pick(open_ones, n), n % 2 > 0, "录音如此", self.stage.office)

    def publish_minutes(self):
        page = MinutesPage.objects.filter(hearing=self.hearing).first()
        return page is not None and self.stage.publish(page) == ""

    def issue(self, n):
        problem, due = pick(self.hearing.problems.all(), n), timezone.localdate() + (n - 1) * DAY
        measure = Measure(problem=problem, text="装路灯", unit=self.stage.unit, due=due) if problem else None
        return self.works(measures.issue_measure, measure, self.stage.office)

    def a_measure(self, n):
        return pick(Measure.objects.filter(problem__hearing=self.hearing), n)

    def move_due(self, n):
        return self.works(
            measures.move_due, self.a_measure(n), timezone.localdate() + n * DAY, "材料未到", self.stage.office
        )

    def done(self, n):
        return self.works(measures.report_done, self.a_measure(n), "已装十盏。", [], self.stage.office)

    def explain(self, n):
        return self.works(measures.explain, self.a_measure(n), "资金未到位。", self.stage.office)

    def tell(self, n, m):
        kind = pick(FeedbackKind, n)
        row = Feedback(hearing=self.hearing, kind=kind, sent_on=timezone.localdate(), how="当面送达")
        if kind == FeedbackKind.LETTER:
            row.topic = pick(Topic.objects.all(), m)
            row.representative = None if row.topic and m % 2 else pick(self.hearing.representatives.all(), m)
            row.topic = None if row.representative else row.topic
        return self.works(feedback.record_feedback, row, self.stage.office)

    def follow_up(self):
        return self.works(hearings.follow_up, self.hearing, self.stage.office)

    def close(self):
        return self.works(hearings.close, self.hearing, self.stage.office)

    # The next thing a diligent office would do; chance alone seldom gets far.

    def go_on(self):
        getattr(self, f"_on_{self.now().state}")()

    def _on_collecting(self):
        if not self.hearing.topics.exists():
            self.works(topics.take, self.stage.reported(), self.hearing, self.stage.office)
        self.change_day(12, 8)
        self.change_place(0)
        self.change_seats(2, 1)
        self.plan()

    _on_postponed = _on_collecting

    def _on_planned(self):
        live = HearingNoticePage.objects.filter(hearing=self.hearing, live=True).exists()
        if not live or self.hearing.notices.last().page_at is None:
            self.publish_notice()
        self.post(4, self.hearing.notices.count() - 1)
        if self.now().state == "planned":
            self.postpone()

    def _on_notified(self):
        for number in (1, 2, 4):
            self.sign_up(number, 0)
        self.stage.now = max(self.stage.now, self.hearing.sign_up_until)
        if not self.fix():
            self.void_draw()
            self.draw(1)
            self.fix()

    def _on_fixed(self):
        if self.hearing.begun_at is None:
            self.stage.now = max(self.stage.now, self.hearing.starts_at)
            self.begin()
            return
        self.presence(0)
        for problem in self.hearing.problems.filter(state=ProblemState.OPEN):
            for one in self.hearing.representatives.filter(state=SeatState.SEATED):
                self.works(session.record_assent, problem, one, problem.pk % 2 == 0, self.stage.office)
            if not self.works(session.declare_conclusion, problem, "年底装好。", self.stage.office):
                self.works(session.end_without_conclusion, problem, timezone.localdate() + 9 * DAY, self.stage.office)
        self.close_session()

    def _on_held(self):
        self.draft_minutes()
        if self.send_for_correction():
            self.stage.go(days=1)
            self.correct(1)
        self.stage.go(days=9)
        for number in range(Correction.objects.filter(hearing=self.hearing).count()):
            self.settle(number)
        self.publish_minutes()

    def _on_published(self):
        self.stage.promised(self.hearing)
        self.follow_up()

    def _on_following(self):
        for number in range(Measure.objects.filter(problem__hearing=self.hearing).count()):
            self.explain(number)
        for kind in range(2):
            self.tell(pick((0, 2), kind), 0)
        for problem in self.hearing.problems.all():
            for row in (problem.raised_by, problem.topic, *(problem.topic.merged.all() if problem.topic else ())):
                if row:
                    letter = Feedback(
                        hearing=self.hearing, kind=FeedbackKind.LETTER, sent_on=timezone.localdate(), how="当面",
                        **{row._meta.model_name: row},
                    )  # fmt: skip
                    self.works(feedback.record_feedback, letter, self.stage.office)
        self.close()

    def _on_closed(self):
        self.hearing = self.stage.collecting()

    _on_cancelled = _on_closed
