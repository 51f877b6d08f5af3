"""Courses on the desk, and the registers of the office."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import reverse
from wagtail.models import ModelLogEntry

from organisation.enums import ResponsibilityKind
from organisation.models import Responsibility
from tests.reading import text
from tests.training.courses.school import DAY, HOUR, NOW, states
from tests.training.town import LONG_AGO, leave
from training.domain.courses import seasons
from training.domain.courses.own import desk_items, taught_by
from training.domain.lifecycle import attendance, attendance_window, courses, enrolments, feedback
from training.domain.lifecycle.attendance import Who
from training.models import Course, Enrolment, Session


@pytest.fixture
def desk(school, client):
    cache.clear()
    client.force_login(school.cadre.user)
    return client


def told(user):
    return [item.title for item in desk_items(user)]


def test_one_tap_enrols_and_another_withdraws(desk, school):
    session = school.opened()
    assert "公文写作" in text(desk.get(reverse("training_courses")))
    answer = desk.post(reverse("training_courses_enrol", args=[session.pk]), follow=True)
    assert "已列入名单。" in answer.content.decode()
    assert states(session) == [("田野", "enrolled")]
    twice = desk.post(reverse("training_courses_enrol", args=[session.pk]), follow=True)
    assert "田野已经报了这一场" in twice.content.decode()
    desk.post(reverse("training_courses_withdraw", args=[session.pk]))
    assert states(session) == [("田野", "withdrawn")]


def test_the_day_before_it_stands_on_the_desks_of_who_comes_and_who_teaches(school):
    session = school.opened()
    enrolments.enrol(session, school.cadre, school.cadre.user)
    line = "12月3日（星期四）上午9:00培训：公文写作，镇政府三楼会议室"
    school.now = session.starts_at - 2 * DAY
    assert (told(school.cadre.user), told(school.trainer.user)) == ([], [])
    school.now = session.starts_at - DAY
    assert told(school.cadre.user) == told(school.trainer.user) == [line]
    assert told(school.liaison.user) == []


def test_news_stay_on_the_desk_until_they_were_seen(desk, school):
    session = school.opened()
    enrolments.enrol(session, school.cadre, school.cadre.user)
    courses.move(session, NOW + 17 * DAY, NOW + 17 * DAY + HOUR, "停电", school.office_user)
    assert told(school.cadre.user) == ["改到12月10日（星期四）上午9:00：公文写作"]
    assert "停电" in text(desk.get(reverse("training_courses_session", args=[session.pk])))
    desk.post(reverse("training_courses_seen", args=[session.pk]))
    assert told(school.cadre.user) == []
    courses.cancel(session, "台风", school.office_user)
    assert told(school.cadre.user) == ["已取消（原定12月10日（星期四）上午9:00）：公文写作"]


def test_who_moved_up_is_told(school):
    session = school.opened(seats=1)
    first = school.enrolled(session, 1)[0]
    enrolments.enrol(session, school.cadre, school.cadre.user)
    enrolments.withdraw(first, first.person.user)
    assert told(school.cadre.user) == ["候补转为录取（12月3日（星期四）上午9:00）：公文写作"]


def test_the_office_calls_villagers_and_ticks_them_off(school, client):
    session = school.for_villagers()
    enrolments.sign_up(school.villager(session))
    courses.move(session, NOW + 17 * DAY, NOW + 17 * DAY + HOUR, "下雨", school.office_user)
    assert told(school.office_user) == ["打电话通知1名群众培训变动"]
    client.force_login(school.office_user)
    address = reverse("training_courses_calls")
    words = text(client.get(address))
    assert "王建国（上塘村）" in words
    assert "13900139000" in words.replace(" ", "")
    # What who calls is asked.
    assert "改时间原因：下雨" in words
    courses.cancel(Session.objects.get(), "讲师住院", school.office_user)
    assert "已取消：讲师住院" in text(client.get(address))
    client.post(address, {"one": Enrolment.objects.get().pk})
    assert told(school.office_user) == []
    client.force_login(school.cadre.user)
    assert client.get(address).status_code == 403


def test_who_withdraws_before_they_were_called_or_saw_the_news_is_not_called(school):
    session, staff = school.for_villagers(), school.opened(begins=NOW + 20 * DAY)
    one = enrolments.sign_up(school.villager(session))
    mine = enrolments.enrol(staff, school.cadre, school.cadre.user)
    for each in (session, staff):
        courses.move(each, each.starts_at + DAY, each.ends_at + DAY, "下雨", school.office_user)
    enrolments.withdraw(one)
    enrolments.withdraw(mine, school.cadre.user)
    assert (told(school.office_user), told(school.cadre.user)) == ([], [])


def test_villagers_are_called_until_the_moment_they_would_have_come(school):
    session = school.for_villagers()
    enrolments.sign_up(school.villager(session))
    before = session.starts_at
    courses.move(session, NOW + DAY, NOW + DAY + HOUR, "老师只有这一天", school.office_user)
    school.now = before - HOUR
    assert told(school.office_user) == ["打电话通知1名群众培训变动"]
    school.now = before
    assert told(school.office_user) == []


def test_a_session_leaves_the_desk_when_it_ends_and_what_one_teaches_after_three_months(school):
    session = school.opened()
    school.now = session.ends_at - HOUR
    assert len(told(school.trainer.user)) == 1
    school.now = session.ends_at
    assert told(school.trainer.user) == []
    school.now = session.ends_at + 90 * DAY - HOUR
    assert list(taught_by(school.trainer)) == [session]
    school.now = session.ends_at + 90 * DAY
    assert list(taught_by(school.trainer)) == []


def test_where_a_guest_teaches_nobody_is_asked_to_name_a_trainer(school):
    school.opened(trainer=None, guest_trainer="县职业中专 郑师傅")
    assert told(school.office_user) == []


def test_a_month_without_study_and_a_missing_trainer_are_on_the_desk_of_who_is_responsible(school):
    school.rule(trainer=school.trainer, since=datetime.date(2026, 11, 1))
    assert told(school.office_user) == ["2026年11月没有组织学习：每月学习"]
    Session.objects.create(
        course=Course.objects.get(), starts_at=NOW + 8 * DAY, ends_at=NOW + 8 * DAY + HOUR, place="礼堂"
    )
    assert told(school.office_user)[0] == "请安排主讲人：每月学习 2026-12-01 09:00"
    assert told(school.cadre.user) == []


def test_the_page_of_a_session_says_what_one_can_do_there(desk, school):
    session = school.opened()
    address = reverse("training_courses_session", args=[session.pk])
    acts = ("我参加", "我来不了：退出报名", "本场签到", "评价这一场", "您已评价，谢谢。", "签到名单")

    def offered(person):
        desk.force_login(person.user)
        words = text(desk.get(address))
        return [act for act in acts if act in words]

    everybody = (school.cadre, school.trainer, school.liaison)
    assert tuple(map(offered, everybody)) == (["我参加"], ["签到名单"], ["我参加"])
    enrolments.enrol(session, school.cadre, school.cadre.user)
    assert offered(school.cadre) == ["我来不了：退出报名"]
    school.now = session.starts_at
    assert offered(school.cadre) == []
    attendance_window.open_window(session, 15, school.trainer.user)
    assert (offered(school.cadre), offered(school.trainer)) == (["本场签到"], ["签到名单"])
    attendance.tick(session, Who(person=school.cadre), school.trainer.user)
    assert offered(school.cadre) == []
    school.now = session.ends_at
    assert offered(school.cadre) == ["评价这一场"]
    school.now = session.ends_at + datetime.timedelta(days=15)
    assert offered(school.cadre) == []
    school.now = session.ends_at
    feedback.give(session, 5, "", user=school.cadre.user)
    assert offered(school.cadre) == ["您已评价，谢谢。"]


def test_the_office_is_told_in_time_that_the_days_of_spring_festival_end(school, monkeypatch):
    line = "“春节返乡”季只收录到2028年春节"
    monkeypatch.setattr(seasons, "NEW_YEARS", [datetime.date(2027, 2, 6), datetime.date(2028, 11, 23)])
    assert told(school.office_user) == []
    monkeypatch.setattr(seasons, "NEW_YEARS", [datetime.date(2027, 2, 6), datetime.date(2028, 11, 21)])
    assert (told(school.office_user), told(school.cadre.user)) == ([line], [])
    # Long after: what is marked as for returning workers is still listed, and nothing fails.
    monkeypatch.setattr(seasons, "NEW_YEARS", [datetime.date(2020, 1, 25)])
    assert [seasons.fits(datetime.date(2027, 2, 6), marked, "returning") for marked in (True, False)] == [True, False]


def test_names_and_phones_are_for_who_holds_the_session(desk, school):
    session = school.for_villagers()
    enrolments.sign_up(school.villager(session))
    address = reverse("training_courses_session", args=[session.pk])
    assert "王建国" not in text(desk.get(address))
    desk.force_login(school.trainer.user)
    assert "王建国" in text(desk.get(address))


def test_a_liaison_enters_a_villager_and_reads_out_the_code(school, client):
    session = school.for_villagers()
    client.force_login(school.liaison.user)
    address = reverse("training_courses_key_in", args=[session.pk])
    sent = {"name": "王建国", "village": str(school.upper.pk), "phone": "88120001"}
    answer = client.post(address, sent, follow=True)
    one = Enrolment.objects.get()
    assert f"王建国：已录取。回执上的报名编码是{one.code}。" in answer.content.decode()
    (slip,) = re.findall(r'href="(/training/own/[^"]+)"', answer.content.decode())
    assert one.code in text(client.get(slip))
    assert "/training/own/" not in client.get(f"{address}?slip=nonsense").content.decode()
    other = client.post(address, {**sent, "name": "李秀英", "village": str(school.far.pk)})
    assert (other.status_code, Enrolment.objects.count()) == (422, 1)
    client.force_login(school.cadre.user)
    assert client.get(address).status_code == 403


def ways_out(client, session):
    """The sign-ups that the page of the session lets this account withdraw, by their keys."""
    page = client.get(reverse("training_courses_session", args=[session.pk])).content.decode()
    return [int(key) for key in re.findall(rf'href="/desk/training/courses/{session.pk}/withdraw/(\d+)/"', page)]


def way_out(one):
    return reverse("training_courses_withdraw_villager", args=[one.session_id, one.pk])


def test_a_villager_who_lost_the_slip_is_withdrawn_by_telephone_and_the_next_moves_up(desk, school):
    session = school.for_villagers(seats=1)
    first, second = school.enrolled(session, 2)
    desk.force_login(school.office_user)
    assert ways_out(desk, session) == [first.pk, second.pk]
    asked = text(desk.get(way_out(first)))
    assert "替李一退出" in asked
    assert "尾号9100" in asked
    assert "13900139100" not in asked
    assert states(session) == [("李一", "enrolled"), ("李二", "waiting")]
    assert "李一已退出。" in text(desk.post(way_out(first), follow=True))
    assert states(session) == [("李一", "withdrawn"), ("李二", "enrolled")]
    second.refresh_from_db()
    assert second.tell == "seat"
    logged = ModelLogEntry.objects.get(action="training.withdraw")
    assert (logged.user, logged.object_id) == (school.office_user, str(first.pk))
    # Sent twice, or the page was left open.
    assert "这条报名已不在名单上。" in text(desk.post(way_out(first), follow=True))
    assert states(session) == [("李一", "withdrawn"), ("李二", "enrolled")]


def test_a_liaison_withdraws_people_of_their_own_villages_and_sees_no_others(desk, school):
    session = school.for_villagers(seats=1)
    own, merged = (
        enrolments.sign_up(school.villager(session, name, phone, village=village))
        for name, phone, village in (("王建国", "13900139000", school.upper), ("李秀英", "13900139001", school.lower))
    )
    stranger = enrolments.sign_up(school.villager(session, "赵大娘", "13900139002", village=school.far))
    school.lower.merged_into, school.lower.until = school.upper, (NOW - DAY).date()
    school.lower.save()
    desk.force_login(school.liaison.user)
    assert ways_out(desk, session) == [own.pk, merged.pk]
    shown = text(desk.get(reverse("training_courses_session", args=[session.pk])))
    assert ("王建国" in shown, "尾号9000" in shown, "13900139000" in shown, "赵大娘" in shown) == (
        True,
        True,
        False,
        False,
    )
    assert (desk.get(way_out(stranger)).status_code, desk.post(way_out(stranger)).status_code) == (403, 403)
    desk.post(way_out(own))
    assert states(session) == [("王建国", "withdrawn"), ("李秀英", "enrolled"), ("赵大娘", "waiting")]
    desk.post(way_out(merged))
    assert states(session) == [("王建国", "withdrawn"), ("李秀英", "withdrawn"), ("赵大娘", "enrolled")]


def test_who_teaches_or_serves_no_village_withdraws_nobody(desk, school):
    session = school.for_villagers()
    one = enrolments.sign_up(school.villager(session))
    clerk = school.person("许印", "publicist", unit=school.office)
    # Responsible for the village, but nobody's role lets them enter people.
    Responsibility.objects.create(
        person=school.cadre, unit=school.upper, kind=ResponsibilityKind.STATIONED, since=LONG_AGO
    )
    for person in (school.cadre, school.trainer, clerk):
        desk.force_login(person.user)
        assert ways_out(desk, session) == []
        assert (desk.get(way_out(one)).status_code, desk.post(way_out(one)).status_code) == (403, 403)
    assert states(session) == [("王建国", "enrolled")]
    desk.force_login(school.office_user)
    other = school.for_villagers(course=school.course("villagers", "电商"), begins=NOW + 11 * DAY)
    wrong = reverse("training_courses_withdraw_villager", args=[other.pk, one.pk])
    assert "这条报名已不在名单上。" in text(desk.post(wrong, follow=True))
    assert states(session) == [("王建国", "enrolled")]


def test_nobody_is_withdrawn_by_telephone_once_it_has_begun(desk, school):
    session = school.for_villagers()
    one = enrolments.sign_up(school.villager(session))
    desk.force_login(school.office_user)
    school.now = session.starts_at
    assert ways_out(desk, session) == []
    assert "这一场已经开始：请告诉主讲人" in text(desk.post(way_out(one), follow=True))
    courses.close_as_held(session, school.office_user, without="停电")
    assert "这一场已经结束或者取消，不能再退出。" in text(desk.post(way_out(one), follow=True))
    assert states(session) == [("王建国", "enrolled")]


def test_where_sign_up_has_ended_a_liaison_still_finds_the_session_to_withdraw_from(desk, school):
    session = school.for_villagers(sign_up_until=NOW + DAY)
    one = enrolments.sign_up(school.villager(session))
    school.now += 2 * DAY
    desk.force_login(school.liaison.user)
    page = desk.get(reverse("training_courses"))
    assert "报名已于2026-11-24 09:00截止。" in text(page)
    assert reverse("training_courses_session", args=[session.pk]) in page.content.decode()
    desk.post(way_out(one))
    assert states(session) == [("王建国", "withdrawn")]
    school.now = session.starts_at
    desk.force_login(school.liaison.user)
    assert "茶叶修剪" not in text(desk.get(reverse("training_courses")))


def test_a_liaison_finds_the_open_sessions_for_villagers_two_taps_from_their_study(desk, school):
    session = school.for_villagers()
    full = school.for_villagers(
        course=school.course("villagers", "电商"), begins=NOW + 11 * DAY, seats=1, waiting_list=False
    )
    school.enrolled(full, 1)
    school.planned(school.course("villagers", "急救"), begins=NOW + 12 * DAY)
    rooms, button = reverse("training_courses"), re.compile(r'href="(/desk/training/courses/\d+/key-in/)"')
    expected = [reverse("training_courses_key_in", args=[session.pk])]

    def offered(person):
        desk.force_login(person.user)
        assert f'href="{rooms}"' in desk.get(reverse("training_own")).content.decode()
        return button.findall(desk.get(rooms).content.decode())

    clerk = school.person("许印", "publicist", unit=school.office)
    assert [offered(one) for one in (school.liaison, school.head, clerk, school.cadre)] == [expected, expected, [], []]
    for one in (session, full):
        courses.cancel(one, "台风", school.office_user)
    assert offered(school.liaison) == []
    assert "现在没有正在报名的群众培训。" in text(desk.get(rooms))


def test_who_signs_up_others_chooses_among_the_villages_they_serve(desk, school):
    session = school.for_villagers()
    address = reverse("training_courses_key_in", args=[session.pk])

    def offered(person):
        desk.force_login(person.user)
        page = BeautifulSoup(desk.get(address).content, "html.parser")
        return [(int(one["value"]), one.has_attr("checked")) for one in page.select("input[name=village]")]

    upper, lower, far = school.upper.pk, school.lower.pk, school.far.pk
    assert offered(school.head) == [(upper, False), (lower, False), (far, False)]
    assert offered(school.liaison) == [(upper, True)]
    Responsibility.objects.create(
        person=school.liaison, unit=school.far, kind=ResponsibilityKind.STATIONED, since=LONG_AGO
    )
    assert offered(school.liaison) == [(upper, False), (far, False)]
    page = desk.get(address).content.decode()
    assert ("所在的村（社区）" in page, "您所在" in page, "您的" in page) == (True, False, False)
    clerk = school.person("许印", "publicist", unit=school.office)
    assert offered(clerk) == []
    assert "还没有登记您服务的村：请办公室在通讯录里登记。" in text(desk.get(address))
    assert "代群众报名" not in text(desk.get(reverse("training_courses_session", args=[session.pk])))


def test_the_office_plans_opens_changes_moves_and_closes_a_session_in_the_register(school, client):
    client.force_login(school.office_user)
    course = school.course()
    values = {
        "course": course.pk, "starts_at": "2026-12-03T09:00", "ends_at": "2026-12-03T11:00", "place": "礼堂",
        "village": "", "trainer": school.trainer.pk, "guest_trainer": "", "seats": "5", "waiting_list": "on",
        "sign_up_until": "",
    }  # fmt: skip
    refused = client.post(reverse("training_session_modeladmin_create"), {**values, "trainer": ""})
    assert "请选主讲人，或者在下面填写外请的主讲人。" in refused.content.decode()
    client.post(reverse("training_session_modeladmin_create"), values)
    session = Session.objects.get()

    def act(key, **data):
        return client.post(reverse(f"training_session_modeladmin_{key}", args=[session.pk]), data)

    act("open")
    assert act("move", starts_at="2026-12-10T09:00", ends_at="2026-12-10T11:00", reason="").status_code == 200
    act("move", starts_at="2026-12-10T09:00", ends_at="2026-12-10T11:00", reason="停电")
    act("change", **{**values, "place": "三楼会议室"})
    session.refresh_from_db()
    assert (session.state, session.starts_at, session.place, session.revision) == (
        "open", NOW + 17 * DAY, "三楼会议室", 2,
    )  # fmt: skip
    school.now = session.starts_at
    # One is logged out after two weeks.
    client.force_login(school.office_user)
    told = "还没有登记任何人：请组织签到、录入纸质签到表，或者说明为什么没有签到。"
    assert told in act("hold").content.decode()
    act("hold", without="停电，签到表由县里收存。")
    session.refresh_from_db()
    assert session.state == "held"
    page = client.get(reverse("training_session_modeladmin_inspect", args=[session.pk])).content.decode()
    assert "已举办" in page
    for name in ("course", "seriesrule", "session"):
        assert client.get(reverse(f"training_{name}_modeladmin_index")).status_code == 200


def test_a_new_session_is_offered_villages_and_who_is_in_service(school, client):
    gone = school.person("已离职", "cadre", unit=school.team)
    leave(gone)
    client.force_login(school.office_user)
    page = BeautifulSoup(client.get(reverse("training_session_modeladmin_create")).content, "html.parser")
    villages = [one.get_text(strip=True) for one in page.select("select[name=village] option[value]") if one["value"]]
    trainers = {one.get_text(strip=True) for one in page.select("select[name=trainer] option[value]") if one["value"]}
    assert villages == ["上塘村", "下塘村", "柳岸村"]
    assert (school.trainer.name in trainers, gone.name in trainers) == (True, False)
