"""The hearings of the sample township, taken through every step by its people."""

import datetime
import uuid
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import docx
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from suite.body.from_html import blocks_from_html
from suite.publishing.domain import approve, submit

from .domain.circulars import circular_html, draft_circular
from .domain.figures import half_year_of
from .domain.letters import askers
from .domain.lifecycle import feedback, hearings, measures, minutes, notices, representatives, session, topics
from .domain.minutes_text import minutes_blocks
from .domain.notice_period import current_notice
from .domain.queries import PEOPLE, SESSION, whole_hearing
from .enums import FeedbackKind, SeatState
from .models import (
    Correction,
    Evidence,
    Feedback,
    Hearing,
    HearingIndexPage,
    HearingNoticePage,
    HearingTheme,
    Measure,
    Officer,
    Posting,
    Problem,
    Representative,
    SeatQuota,
    Topic,
)
from .sample.passing import let_pass, make_older, settle_clocks
from .sample.pool import ANSWERED, SIMILAR, THEMES, WAITING
from .sample.shapes import Deed, Report, Sitting, Talk
from .sample.sittings import ANNOUNCED, CLOSED, FOLLOWED

# Days between the steps: plan → sign-up over → session; between session, minutes and measures.
_TO_SESSION = 15
_TO_SIGN_UP_END = 11
_FOR_CORRECTIONS = 9
_ANNOUNCED_SINCE = 4
_THURSDAY = 3
_LANDLINE = "8812 {}"
_OFFICE = "efficiency_office"


def build(township: Any) -> None:
    """Hook ``build_demo``: the pool, and three hearings at different stages."""
    for order, name in enumerate(THEMES, 1):
        HearingTheme.objects.get_or_create(name=name, defaults={"order": order})
    index = HearingIndexPage.objects.first() or township.publish(
        HearingIndexPage(
            title="效能听证",
            slug="hearings",
            show_in_menus=True,
            introduction="群众提问题，干部当面答。什么时候开、怎么报名、答应的事办到哪一步，都在这里。",
        ),
        Site.objects.get(is_default_site=True).root_page,
        days_ago=300,
    )
    for sitting in (CLOSED, FOLLOWED, ANNOUNCED):
        _Play(township, index, sitting).run()
    _pool(township)


def _pool(township: Any) -> None:
    """Topics that wait, one put together with another, two answered directly."""
    office = township.user(_OFFICE)
    waiting = {report.key: _report(township, report) for report in WAITING}
    for report in WAITING:
        make_older([waiting[report.key]], report.days)
    for report, into in SIMILAR:
        topic = _report(township, report)
        make_older([topic], report.days)
        topics.merge(topic, waiting[into], office)
    for report, text, unit, after in ANSWERED:
        topic = _report(township, report)
        make_older([topic], after)
        topic = topics.answer(topic, text, township.units[unit], office)
        make_older([topic], report.days - after)


def _report(township: Any, report: Report) -> Topic:
    topic = Topic(
        village=township.units[report.village],
        theme=HearingTheme.objects.get(name=report.theme),
        title=report.title,
        text=report.text,
        wish=report.wish,
        concerned=report.concerned,
        raised_by=report.raised_by,
    )
    return topics.report(topic, township.user(report.by))


class _Play:
    """One hearing, step by step. Counted from the real day, not the township's: the rules know no other."""

    def __init__(self, township: Any, index: HearingIndexPage, sitting: Sitting) -> None:
        self.township, self.index, self.sitting = township, index, sitting
        self.office = township.user(_OFFICE)
        self.topics: dict[str, Topic] = {}
        self.hearing = Hearing()

    def run(self) -> None:
        self.plan()
        self.announce()
        if not self.sitting.talks:
            return self.wait_for_sign_ups()
        self.sign_up()
        self.pass_days(_TO_SIGN_UP_END)
        self.hearing = hearings.fix_representatives(self.hearing, self.office)
        self.pass_days(_TO_SESSION - _TO_SIGN_UP_END)
        self.hold()
        self.write_minutes()
        self.follow_up()
        return None

    def pass_days(self, days: int) -> None:
        self.hearing = let_pass(self.hearing, days)

    def plan(self) -> None:
        """Collect the topics, then fix day, place, seats and people."""
        today, sitting = timezone.localdate(), self.sitting
        held = half_year_of(today - datetime.timedelta(days=max(0, sitting.held)))
        names = {"year": held.year, "half": "上半年" if held.half == 1 else "下半年"}
        self.hearing = hearings.open_hearing(
            Hearing(
                title=sitting.title.format(**names),
                about=sitting.about,
                host=self.township.units["dangzheng"],
                place=sitting.place,
                starts_at=_at(self._session_day(), sitting.hour),
                sign_up_until=_at(self._session_day() - datetime.timedelta(days=5), 17),
                invited_seats=sitting.invited,
            ),
            self.office,
        )
        for village, seats in sitting.quotas.items():
            SeatQuota.objects.create(hearing=self.hearing, village=self.township.units[village], seats=seats)
        for person, role in sitting.officers.items():
            Officer.objects.create(hearing=self.hearing, person=self.township.people[person], role=role)
        for report in sitting.reports:
            topic = self.topics[report.key] = _report(self.township, report)
            make_older([topic], report.days)
            topics.take(topic, self.hearing, self.office)
        self.hearing = hearings.plan(self.hearing, self.office)

    def announce(self) -> None:
        """On the page and on paper, on one day."""
        page = HearingNoticePage(title=f"关于召开{self.hearing.title}的公告", hearing=self.hearing)
        self.township.publish(page, self.index)
        for kind, village, place, signed_by, by in self.sitting.postings:
            posting = Posting(
                notice=current_notice(self.hearing),
                kind=kind,
                village=self.township.units[village],
                place=place,
                signed_by=signed_by,
                posted_at=timezone.now(),
            )
            notices.record_posting(posting, self.township.user(by))
        self.hearing.refresh_from_db()

    def wait_for_sign_ups(self) -> None:
        """Announced some days ago; people sign up since."""
        self.pass_days(_ANNOUNCED_SINCE)
        self.sign_up()

    def sign_up(self) -> None:
        """Volunteers of the villages, on the web and on paper; those invited answer, or have not yet."""
        for number, one in enumerate(self.sitting.people):
            phone, unit = _LANDLINE.format(one.line), self.township.units.get(one.village)
            person = Representative(
                hearing=self.hearing, name=one.name, phone=phone, problem=one.problem, village=unit,
                represents=one.represents,
            )  # fmt: skip
            if not unit:
                person = representatives.invite(person, self.office)
                if one.accepts is not None:
                    representatives.answer_invitation(person, one.accepts, self.office)
            else:
                representatives.sign_up(person, self.office if number % 3 == 1 else None)

    def hold(self) -> None:
        """The session: everybody comes; each problem is heard to the end."""
        self.hearing = hearings.begin_session(self.hearing, self.office)
        self.hearing = session.set_presence(self.hearing, self._people(), self.hearing.officers.all(), self.office)
        people = self._people()
        officers = {one.person_id: one for one in self.hearing.officers.all()}
        sitting_there = {key: officers[self.township.people[key].pk] for key in self.sitting.officers}
        for talk in self.sitting.talks:
            self._hear(talk, people, sitting_there)
        self.hearing = hearings.close_session(self.hearing, self.office)
        self._in_daylight()

    def write_minutes(self) -> None:
        """Drafted, corrected by a representative, published by the office's people after the days for corrections."""
        page = minutes.draft_minutes(self.hearing, self.office)
        self.hearing = minutes.send_for_correction(self.hearing, self.office)
        wish = Correction(
            hearing=self.hearing,
            representative=self._people()[0],
            text="第一个问题里我问的是“什么时候能装好”，请照原话写。",
        )
        if self.sitting.closed:
            wish = minutes.correct(wish)
            minutes.settle(wish, False, "已对照现场记录，纪要与原话意思一致。", self.office)
        self.pass_days(_FOR_CORRECTIONS)
        self._publish(page)

    def follow_up(self) -> None:
        """Measures are issued, done, moved or explained, each on its day after the session; then people are told."""
        since = _FOR_CORRECTIONS
        issued: list[tuple[Deed, Measure]] = []
        self.hearing.refresh_from_db()
        for number, talk in enumerate(self.sitting.talks, 1):
            problem = self.hearing.problems.get(number=number)
            issued += [(deed, self._issue(deed, problem, since)) for deed in talk.deeds if deed.kind != "study"]
        self.hearing = hearings.follow_up(self.hearing, self.office)
        for number, talk in enumerate(self.sitting.talks, 1):
            studies = [deed for deed in talk.deeds if deed.kind == "study"]
            issued += [(deed, Measure.objects.get(problem__hearing=self.hearing, problem__number=number))
                       for deed in studies]  # fmt: skip
        for deed, measure in sorted(issued, key=lambda row: row[0].ended or 0):
            if deed.moved:
                self._move(deed, measure)
            if deed.ended is not None:
                self.pass_days(deed.ended - since)
                since = deed.ended
                self._end(deed, measure)
        if self.sitting.closed:
            self._tell()
        self.pass_days(self._final_age() - since)
        settle_clocks(self.hearing)
        self._write_again()

    def _hear(self, talk: Talk, people: list[Representative], officers: Mapping[str, Officer]) -> None:
        if talk.topic:
            problem = self.hearing.problems.get(topic=self.topics[talk.topic])
        else:
            asker = people[int(talk.said[0][1])]
            problem = session.add_problem(
                Problem(
                    hearing=self.hearing, title=talk.title, raised_by=asker, village=asker.village,
                    theme=HearingTheme.objects.get(name=talk.theme),
                ),
                self.office,
            )  # fmt: skip
        for kind, who, text in talk.said:
            speaker = {"representative": people[who]} if isinstance(who, int) else {"officer": officers[who]}
            session.write_entry(problem, uuid.uuid4(), 0, {"kind": kind, "text": text, **speaker}, self.office)
        for number, one in enumerate(people):
            # Where nobody proposed a conclusion, nobody was asked.
            if talk.conclusion or talk.against:
                session.record_assent(problem, one, number not in talk.against, self.office)
        if talk.study:
            day = timezone.localdate() + datetime.timedelta(days=talk.study)
            session.end_without_conclusion(problem, day, self.office)
            return
        session.declare_conclusion(problem, talk.conclusion, self.office)

    def _people(self) -> list[Representative]:
        """The representatives in the order in which the sample names them."""
        seated = {one.name: one for one in self.hearing.representatives.filter(state=SeatState.SEATED)}
        return [seated[one.name] for one in self.sitting.people if one.name in seated]

    def _issue(self, deed: Deed, problem: Problem, since: int) -> Measure:
        due = timezone.localdate() + datetime.timedelta(days=deed.due - since) if deed.due else None
        handler = self.township.people[deed.handler] if deed.handler else None
        unit = self.township.units[deed.unit]
        return measures.issue_measure(
            Measure(problem=problem, kind=deed.kind, text=deed.text, unit=unit, handler=handler, due=due), self.office
        )

    def _move(self, deed: Deed, measure: Measure) -> None:
        assert deed.moved  # noqa: S101 - asked for by the caller
        days, reason = deed.moved
        measure.refresh_from_db()
        assert measure.due  # noqa: S101 - what is moved is due some day
        measures.move_due(measure, measure.due + datetime.timedelta(days=days), reason, self.office)

    def _end(self, deed: Deed, measure: Measure) -> None:
        if deed.explained:
            measures.explain(measure, deed.result, self.office)
            return
        paper, content = docx.Document(), BytesIO()
        paper.add_heading("验收单", level=1)
        paper.add_paragraph(f"措施：{measure.text}")
        paper.add_paragraph(f"验收意见：{deed.result}")
        paper.save(content)
        title = f"验收单：{measure.text}"
        document = get_document_model().objects.create(
            title=title[:255], file=ContentFile(content.getvalue(), name=f"acceptance-{measure.pk}.docx")
        )
        shown = Evidence(document=document, title="验收单")
        measures.report_done(measure, deed.result, [shown], self.office)

    def _tell(self) -> None:
        """Column, circular, and a letter to each who raised a problem; then nothing is left."""
        told = timezone.localdate()
        page = draft_circular(self.hearing, self.office)
        self._publish(page)
        for kind, how in (
            (FeedbackKind.COLUMN, "镇政务公开栏和九个村（社区）公告栏张贴"),
            (FeedbackKind.CIRCULAR, "通报印发各村、各单位，并在网站公布"),
        ):
            feedback.record_feedback(Feedback(hearing=self.hearing, kind=kind, sent_on=told, how=how), self.office)
        for asker in askers(self.hearing):
            letter = Feedback(
                hearing=self.hearing, kind=FeedbackKind.LETTER, representative=asker.representative, topic=asker.topic,
                sent_on=told, how="驻村干部当面送达，本人签收",
            )  # fmt: skip
            feedback.record_feedback(letter, self.office)
        self.hearing = hearings.close(self.hearing, self.office)

    def _write_again(self) -> None:
        """What the pages say of days was written when those days were others: once more, from the record as it is."""
        told = self.hearing.circularpages.first()
        pages: list[tuple[Any, Any]] = [
            (self.hearing.minutespages.get(), minutes_blocks(whole_hearing(self.hearing.pk, (SESSION, PEOPLE))))
        ]
        if told:
            day = timezone.localdate(told.first_published_at)
            pages.append((told, blocks_from_html(circular_html(self.hearing, day))))
        for page, body in pages:
            appeared = page.first_published_at
            page.body = body
            self._publish(page)
            Page.objects.filter(pk=page.pk).update(first_published_at=appeared, last_published_at=appeared)

    def _publish(self, page: Any) -> None:
        """A draft that the record made, through the hands of the office."""
        editor = self.township.user("editor")
        page.save_revision(user=editor, log_action=True)
        submit(page, editor)
        approve(page, self.township.user("checker"))
        approve(page, self.township.user("approver"))
        self.hearing.refresh_from_db()

    def _session_day(self) -> datetime.date:
        """For one to come: the day itself, as long as it is announced; for others the first that can be planned."""
        if self.sitting.held >= 0:
            return timezone.localdate() + datetime.timedelta(days=_TO_SESSION)
        day = timezone.localdate() - datetime.timedelta(days=self.sitting.held)
        return day + datetime.timedelta(days=(_THURSDAY - day.weekday()) % 7 + _ANNOUNCED_SINCE)

    def _final_age(self) -> int:
        """How long ago the session was in the end: on a Thursday."""
        wanted = timezone.localdate() - datetime.timedelta(days=self.sitting.held)
        return self.sitting.held + (wanted.weekday() - _THURSDAY) % 7

    def _in_daylight(self) -> None:
        """The session was held at its hour, whatever the hour of whoever builds the sample."""
        begins = self.hearing.starts_at
        assert begins is not None  # noqa: S101 - it has been held
        moments = {"begun_at": begins, "held_at": begins + datetime.timedelta(minutes=140)}
        Hearing.objects.filter(pk=self.hearing.pk).update(**moments)
        self.hearing.problems.update(closed_at=begins + datetime.timedelta(minutes=120))
        self.hearing.refresh_from_db()


def _at(day: datetime.date, hour: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, 30 if hour < 17 else 0)))  # noqa: PLR2004
