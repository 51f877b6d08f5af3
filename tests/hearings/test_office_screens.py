"""The screens of the efficiency office: a hearing from the pool to closed, refusals on the forms, who sees what."""

import datetime
import io
import re

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.log_actions import registry

from hearings.domain.draws import DRAW_KIND
from hearings.domain.lifecycle import minutes
from hearings.enums import HearingState, SeatState, TopicState
from hearings.models import Correction, Hearing, Measure, MinutesPage, Posting, Representative, Topic
from hearings.viewsets import HearingsGroup
from organisation.enums import ResponsibilityKind
from organisation.models import Person, Responsibility
from suite.draw import domain as draws
from suite.draw.domain import draws_of
from suite.hooks import collect
from suite.roles.domain import group
from tests.hearings.stage import DAY, Stage, account


@pytest.fixture
def stage(db):
    stage = Stage()
    yield stage
    stage.close()


@pytest.fixture
def office(stage, client):
    return Office(stage, client)


class Office:
    """The office's account in the admin: ``do`` fills in the form of a step, ``page`` reads the work page."""

    def __init__(self, stage, client):
        self.stage, self._client = stage, client

    @property
    def client(self):
        """Logged in at this moment: weeks pass in these tests, and logins end."""
        self._client.force_login(self.stage.office)
        return self._client

    def post(self, record, key, pk, **data):
        return self.client.post(reverse(f"hearings_{record}_modeladmin_{key}", args=[pk]), data)

    def do(self, key, hearing, **data):
        answer = self.post("hearing", key, hearing.pk, **data)
        assert answer.status_code == 302, (key, errors(answer))
        hearing.refresh_from_db()

    def told(self, key, hearing, **data):
        """What the form says that refused."""
        answer = self.post("hearing", key, hearing.pk, **data)
        assert answer.status_code == 200, key
        return errors(answer)

    def page(self, hearing):
        html = self.client.get(reverse("hearings_hearing_modeladmin_inspect", args=[hearing.pk])).content.decode()
        return BeautifulSoup(html, "html.parser")

    def now(self, hearing):
        """The step to do: its title, its first button."""
        step = self.page(hearing).select_one(".hearing-step-now")
        return step.h2.contents[0].strip(), step.select_one(".hearing-doors a.button:not(.button-secondary)").get_text()

    def missing(self, hearing):
        return [line.get_text() for line in self.page(hearing).select(".hearing-step-now .hearing-missing li")]

    def arrangement(self, hearing, **changes):
        form = BeautifulSoup(
            self.client.get(reverse("hearings_hearing_modeladmin_arrange", args=[hearing.pk])).content, "html.parser"
        )
        data = {}
        for field in form.select("main form [name]"):
            if field.name == "select":
                chosen = field.select_one("option[selected]")
                data[field["name"]] = chosen["value"] if chosen else ""
            elif field.get("type") in {"checkbox", "radio"}:
                if field.has_attr("checked"):
                    data.setdefault(field["name"], []).append(field["value"])
            else:
                data[field["name"]] = field.get("value", field.get_text().strip())
        return {**data, **changes}


def errors(answer):
    html = BeautifulSoup(answer.content, "html.parser")
    return [line.get_text(" ", strip=True) for line in html.select(".messages li, .error-message, .w-field__errors p")]


def moment(when):
    return timezone.localtime(when).strftime("%Y-%m-%dT%H:%M")


def picture(name="灯.png"):
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, "PNG")
    return SimpleUploadedFile(name, data.getvalue(), "image/png")


def collect_and_plan(stage, office):
    topic = {
        "village": stage.upper.pk,
        "title": "路灯不亮",
        "text": "夜里看不见。",
        "concerned": 40,
        "raised_by": "赵铁柱",
    }
    office.client.post(reverse("hearings_topic_modeladmin_create"), topic)
    made = {"title": "第一次听证", "about": "路灯。", "host": stage.unit.pk}
    answer = office.client.post(reverse("hearings_hearing_modeladmin_create"), made)
    hearing = Hearing.objects.get()
    assert answer["Location"] == reverse("hearings_hearing_modeladmin_inspect", args=[hearing.pk])
    assert office.now(hearing) == ("议题与方案", "安排议题、时间、地点、席位")
    assert len(office.missing(hearing)) == 6
    arranged = {
        "starts_at": moment(stage.on(12)), "place": "镇政府礼堂", "sign_up_until": moment(stage.on(9)),
        "topics": [Topic.objects.get().pk], f"seats_{stage.upper.pk}": 2, "invited_seats": 1, "chair": stage.chair.pk,
        "officers": [Person.objects.create(name="祁志强").pk],
    }  # fmt: skip
    office.do("arrange", hearing, **office.arrangement(hearing, **arranged))
    assert office.now(hearing) == ("议题与方案", "确定方案")
    office.do("plan", hearing)
    assert hearing.state == HearingState.PLANNED
    return hearing


def announce(stage, office, hearing):
    assert office.now(hearing) == ("公告：网页与张贴", "起草听证公告")
    assert "还剩4天" in "".join(office.missing(hearing))
    office.do("notice_page", hearing)
    assert office.now(hearing) == ("公告：网页与张贴", "打开页面")
    assert stage.publish(hearing.hearingnoticepages.get()) == ""
    posted = {"kind": "poster", "village": stage.upper.pk, "place": "村口", "posted_at": moment(stage.now)}
    office.do("posting", hearing, **posted, signed_by="王建国")
    assert hearing.state == HearingState.NOTIFIED


def seat(stage, office, hearing):
    office.do("key_in", hearing, village=stage.upper.pk, name="张芳", phone="13912345678", problem="")
    office.do("invite", hearing, name="李校长", phone="13912345679", village="", represents="中心小学")
    office.post("representative", "accept", Representative.objects.get(name="李校长").pk)
    assert office.missing(hearing) == [f"报名到{stage.on(9):%Y-%m-%d} 14:00截止，目前仍可报名。"]
    stage.now = stage.on(10)
    assert office.now(hearing) == ("听证代表", "确定听证代表")
    office.do("fix", hearing)
    assert hearing.state == HearingState.FIXED


def sit(stage, office, hearing):
    assert office.now(hearing) == ("听证会现场", "进入听证会现场")
    stage.now = hearing.starts_at
    session = f"/desk/hearings/{hearing.pk}/session/"
    office.client.post(f"{session}begin/")
    people = [one.pk for one in hearing.representatives.all()]
    there = [*(f"r{pk}" for pk in people), *(f"o{one.pk}" for one in hearing.officers.all())]
    office.client.post(f"{session}presence/", {"was": [], "present": there})
    office.client.post(f"{session}1/assent/", {"all": "1", "listed": people})
    office.client.post(f"{session}1/outcome/", {"conclude": "1", "text": "十二月底前装六盏灯。"})
    office.client.post(f"{session}close/")
    hearing.refresh_from_db()
    assert hearing.state == HearingState.HELD


def write_up(stage, office, hearing):
    assert office.now(hearing) == ("纪要", "起草纪要")
    office.do("minutes", hearing)
    assert office.now(hearing) == ("纪要", "送核对")
    office.do("send", hearing)
    representative = hearing.representatives.get(name="张芳")
    asked = minutes.correct(Correction(hearing=hearing, representative=representative, text="是七盏。"))
    assert office.now(hearing) == ("纪要", "处理修改意见")
    assert office.told("settle", hearing, correction=asked.pk, taken_over="no", reply="")
    office.do("settle", hearing, correction=asked.pk, taken_over="no", reply="会上说的是六盏。")
    stage.go(days=10)
    assert stage.publish(MinutesPage.objects.get()) == ""
    hearing.refresh_from_db()
    assert hearing.state == HearingState.PUBLISHED


def follow(stage, office, hearing):
    assert office.missing(hearing) == ["还没有措施：1. 路灯不亮"]
    today = timezone.localdate()
    promise = {"problem": hearing.problems.get().pk, "kind": "commitment", "text": "装六盏灯", "unit": stage.unit.pk}
    office.do("measure", hearing, **promise, handler="", due=str(today + 20 * DAY), result="")
    assert office.now(hearing) == ("措施", "转入跟踪落实")
    office.do("follow_up", hearing)
    measure = Measure.objects.get()
    assert office.missing(hearing)[0].startswith("未落实")
    moved = office.post("measure", "move", measure.pk, day=str(today + 30 * DAY), reason="灯杆晚到")
    assert moved.status_code == 302, errors(moved)
    done = office.post("measure", "done", measure.pk, result="六盏灯已亮。", evidence=[picture()])
    assert done.status_code == 302, errors(done)
    assert measure.evidence.count() == 1
    for kind in ("column", "circular"):
        office.do("feedback", hearing, kind=kind, to="", sent_on=str(today), how="村务公开栏")
    assert len(office.missing(hearing)) == 1
    office.do("feedback", hearing, kind="letter", to="0", sent_on=str(today), how="驻村干部当面送达")
    assert office.now(hearing) == ("落实与反馈", "办结")
    office.do("close", hearing)
    assert hearing.state == HearingState.CLOSED
    assert office.page(hearing).select(".hearing-step-now") == []


def test_the_office_takes_a_hearing_from_the_pool_to_closed_on_its_screens(stage, office):
    hearing = collect_and_plan(stage, office)
    for part in (announce, seat, sit, write_up, follow):
        part(stage, office, hearing)


def test_a_day_that_is_too_near_is_refused_at_its_field_with_the_earliest_day(stage, office):
    hearing = stage.collecting(starts_at=None, sign_up_until=None)
    office.do("arrange", hearing, **office.arrangement(hearing, starts_at=moment(stage.on(5))))
    told = office.told("plan", hearing)
    assert any("2026年12月1日" in line for line in told)
    hearing.refresh_from_db()
    assert hearing.state == HearingState.COLLECTING


def test_changing_what_was_announced_warns_and_needs_a_reason(stage, office):
    hearing = stage.notified()
    page = office.client.get(reverse("hearings_hearing_modeladmin_arrange", args=[hearing.pk])).content.decode()
    assert "七天重新计算" in page
    changed = office.arrangement(hearing, place="村文化礼堂")
    assert office.told("arrange", hearing, **changed)
    hearing.refresh_from_db()
    assert hearing.place == "镇政府礼堂"
    office.do("arrange", hearing, **{**changed, "reason": "礼堂在修"})
    assert (hearing.place, hearing.state) == ("村文化礼堂", HearingState.PLANNED)


def test_what_is_saved_unchanged_changes_nothing(stage, office):
    hearing = stage.notified()
    before = {field.name: getattr(hearing, field.name) for field in hearing._meta.concrete_fields}
    office.do("arrange", hearing, **office.arrangement(hearing))
    assert {field.name: getattr(hearing, field.name) for field in hearing._meta.concrete_fields} == before


def test_postponing_and_cancelling_need_a_reason(stage, office):
    hearing = stage.notified()
    assert office.told("postpone", hearing, reason="")
    office.do("postpone", hearing, reason="台风")
    assert (hearing.state, hearing.reason) == (HearingState.POSTPONED, "台风")
    office.do("cancel", hearing, reason="并入下次")
    assert hearing.state == HearingState.CANCELLED
    assert "并入下次" in office.page(hearing).get_text()


def test_a_posting_by_somebody_who_signed_nothing_is_refused_and_kept_out(stage, office):
    hearing = stage.planned()
    values = {"kind": "poster", "village": "", "place": "村口", "posted_at": moment(stage.now)}
    assert office.told("posting", hearing, **values, signed_by="")
    assert not Posting.objects.exists()
    office.do("posting", hearing, **values, signed_by="王建国")
    assert Posting.objects.get().signed_by == "王建国"


def test_more_volunteers_than_seats_lead_to_the_draw(stage, office):
    hearing = stage.notified()
    for _number in range(3):
        stage.signed_up(hearing)
    stage.now = hearing.sign_up_until + DAY / 24
    assert office.now(hearing) == ("听证代表", "准备抽签")
    assert office.told("fix", hearing)
    due = timezone.localtime(stage.now + DAY)
    office.do(
        "draw", hearing, mode="strings", due_0=f"{due:%Y-%m-%d}", due_1="20:30", source="", form="", digits="",
        reason="",
    )  # fmt: skip
    assert office.now(hearing) == ("听证代表", "查看抽签")
    draws.void(draws_of(DRAW_KIND, hearing.pk).get(), "改用福彩", stage.office)
    stage.drawn(hearing)
    assert office.now(hearing)[1] == "确定听证代表"
    office.do("fix", hearing)
    assert hearing.state == HearingState.FIXED


def test_the_pool_shows_similar_topics_and_what_can_be_done(stage, office):
    first = stage.reported(title="水塘边的路没有路灯")
    second = stage.reported(title="水塘边路灯不亮", village=stage.lower)
    page = office.client.get(reverse("hearings_topic_modeladmin_inspect", args=[second.pk])).content.decode()
    assert reverse("hearings_topic_modeladmin_inspect", args=[first.pk]) in page
    form = office.client.get(reverse("hearings_topic_modeladmin_merge", args=[second.pk])).content.decode()
    assert re.findall(r'<option value="(\d+)"', form)[0] == str(first.pk)
    office.post("topic", "merge", second.pk, into=first.pk)
    office.post("topic", "answer", first.pk, text="月底修好。", unit=stage.unit.pk)
    assert set(Topic.objects.values_list("state", flat=True)) == {TopicState.MERGED, TopicState.ANSWERED}


def test_a_unit_reports_its_measure_on_the_desk_with_a_picture(stage, client):
    hearing = stage.held()
    stage.promised(hearing)
    measure = Measure.objects.get()
    cadre = account("someone", "cadre")
    address = reverse("hearings_measure", args=[measure.pk])
    client.force_login(cadre)
    assert client.get(address).status_code == 403
    assert client.get(reverse("hearings_measures")).content.decode().count(address) == 0
    person = Person.objects.create(name="路遥", user=cadre)
    Responsibility.objects.create(
        person=person, unit=stage.unit, kind=ResponsibilityKind.IN_CHARGE, since=datetime.date(2020, 1, 1)
    )
    assert client.get(reverse("hearings_measures")).content.decode().count(address) == 1
    refused = client.post(address, {"result": "装好了。"})
    assert refused.status_code == 422
    assert "装好了。</textarea>" in refused.content.decode()
    fake = SimpleUploadedFile("灯.png", b"MZ not a picture", "image/png")
    assert client.post(address, {"result": "装好了。", "evidence": [fake]}).status_code == 422
    assert client.post(address, {"result": "装好了。", "evidence": [picture()]}).status_code == 302
    measure.refresh_from_db()
    assert (measure.state, measure.result) == ("done", "装好了。")


def test_every_form_of_every_register_opens(stage, office):
    hearing = stage.held()
    stage.promised(hearing)
    rows = {
        "hearing": hearing,
        "topic": stage.reported(),
        "representative": hearing.representatives.first(),
        "measure": Measure.objects.first(),
    }
    for register in HearingsGroup().register_instances:
        name = register.opts.model_name
        for view in ("index", "create") if name in {"hearing", "topic"} else ("index",):
            assert office.client.get(reverse(f"hearings_{name}_modeladmin_{view}")).status_code == 200, (name, view)
        for view in ("inspect", "history", *(a.key for a in register.actions if a.possible(rows[name]))):
            address = reverse(f"hearings_{name}_modeladmin_{view}", args=[rows[name].pk])
            assert office.client.get(address).status_code == 200, (name, view)


def test_who_does_not_run_hearings_sees_no_buttons_and_no_names(stage, client):
    hearing = stage.notified()
    client.force_login(account("boss", "leader"))
    page = client.get(reverse("hearings_hearing_modeladmin_inspect", args=[hearing.pk]))
    assert page.status_code == 200
    assert "hearing-doors" not in page.content.decode().replace("代表名单", "")
    assert client.get(reverse("hearings_hearing_modeladmin_plan", args=[hearing.pk])).status_code in {302, 403}
    assert client.get(reverse("hearings_representative_modeladmin_index")).status_code in {302, 403}


def test_who_looks_on_reads_masked_who_still_gets_a_letter(stage, client):
    hearing = stage.held()
    Topic.objects.update(raised_by="诸葛小莲")
    stage.promised(hearing)
    hearing.to_published()
    hearing.save()
    hearing.to_following()
    hearing.save()
    address = reverse("hearings_hearing_modeladmin_inspect", args=[hearing.pk])
    shown = []
    for user in (account("boss", "leader"), stage.office):
        client.force_login(user)
        page = client.get(address).content.decode()
        shown.append(("诸葛小莲" in page, "诸葛**" in page))
    assert shown == [(False, True), (True, False)]


def test_who_serves_a_village_sees_its_people_alone_also_with_a_desk_in_the_admin(stage, client):
    hearing = stage.notified()
    mine, other = (stage.signed_up(hearing, village=village) for village in (stage.upper, stage.lower))
    topics = [stage.reported(village=village) for village in (stage.upper, stage.lower)]
    stage.liaison.groups.add(group("editor"))
    client.force_login(stage.liaison)
    listed = client.get(reverse("hearings_representative_modeladmin_index")).content.decode()
    assert (mine.name in listed, other.name in listed) == (True, False)
    for name, rows in (("representative", (mine, other)), ("topic", topics)):
        for view in ("inspect", "history"):
            answers = [client.get(reverse(f"hearings_{name}_modeladmin_{view}", args=[row.pk])) for row in rows]
            assert [answer.status_code for answer in answers] == [200, 302], (name, view)
    for row, state in ((mine, SeatState.WITHDRAWN), (other, SeatState.APPLIED)):
        client.post(reverse("hearings_representative_modeladmin_withdraw", args=[row.pk]), {})
        row.refresh_from_db()
        assert row.state == state


def test_every_screen_has_a_line_in_the_permission_matrix():
    rows = {row.url_name for row in collect("permission_rows")}
    from hearings import desk_urls

    assert {str(one.name) for one in desk_urls.urlpatterns} <= rows
    for register in HearingsGroup().register_instances:
        assert {row.url_name for row in register.permission_rows()} <= rows


def test_what_the_office_does_reads_in_the_log():
    assert registry.action_exists("hearings.draft_notice")
