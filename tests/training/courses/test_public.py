"""What villagers see and do: the list by village and season, signing up, the slip, calendars."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup
from django.core import signing
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from printing.domain.rendering import PrintingUnavailable
from suite.hooks import collect
from suite.publishing.domain import publish_batch
from suite.roles.domain import group
from suite.slips.looking_up import TRIES
from suite.throttle.models import Passage
from tests.reading import EVERYWHERE, Elements, text
from tests.training.courses.school import DAY, HOUR, NOW
from training.domain.courses.papers import season_poster, session_poster
from training.domain.courses.seasons import fits, season_of
from training.domain.lifecycle import attendance, courses, feedback
from training.domain.lifecycle.attendance import Who
from training.models import CoursePage, Enrolment, TrainingIndexPage, TrainingSettings

ID_NUMBER = "11010519491231002X"


@pytest.fixture
def site(school, django_user_model):
    """A public course for villagers with two sessions: one in the first village in ten days, one for all in spring."""
    cache.clear()
    people = []
    for role in ("checker", "approver"):
        people.append(django_user_model.objects.create_user(role))
        people[-1].groups.add(group(role))
    school.tea = school.course("villagers", "茶叶修剪", about="春茶采完怎么剪。")

    def publish(page, parent):
        parent.add_child(instance=page)
        result = publish_batch([page], *people, name=page.slug, file_hash="0" * 64)
        assert result.refused == []
        page.refresh_from_db()
        return page

    root = Site.objects.get(is_default_site=True).root_page
    school.index = publish(TrainingIndexPage(title="群众培训", slug="training"), root)
    school.page = publish(CoursePage(title="茶叶修剪", slug="tea", course=school.tea), school.index)
    school.first = school.for_villagers(course=school.tea, village=school.upper)
    spring = datetime.datetime(2027, 4, 8, 9, tzinfo=NOW.tzinfo)
    school.second = school.for_villagers(
        course=school.tea, begins=spring, trainer=None, guest_trainer="林老师", seats=0
    )
    return school


def address(session):
    return reverse("training_courses_sign_up", args=[session.public_id])


def filled_in(school, number=1, **changes):
    """What somebody sends with the form, some seconds after opening it."""
    return {
        "name": f"王建国{'一二三四五六七八九十'[number % 10]}", "village": str(school.upper.pk),
        "phone": f"1380000{number:04}", "homepage": "",
        "stamp": signing.dumps(timezone.now().timestamp() - 10, salt="suite.throttle.training.sign-up"), **changes,
    }  # fmt: skip


def stamp_in(response):
    (found,) = re.findall(r'name="stamp" value="([^"]+)"', response.content.decode())
    return found


def test_a_form_that_comes_back_with_mistakes_keeps_the_moment_it_was_opened(client, site):
    opened = stamp_in(client.get(address(site.first)))
    site.now += datetime.timedelta(seconds=2)
    wrong = [{"phone": ""}, {"name": "王13800138000"}, {"phone": "12"}, {"homepage": "x"}, {}]
    for changes in wrong:
        answer = client.post(address(site.first), filled_in(site, stamp=opened, **changes))
        assert (answer.status_code, stamp_in(answer)) == (422, opened)
    # Two seconds were too quick; the third is enough, and what was refused meanwhile does not begin them anew.
    site.now += datetime.timedelta(seconds=1)
    assert client.post(address(site.first), filled_in(site, stamp=opened)).status_code == 302
    assert Enrolment.objects.count() == 1


def test_nobody_writes_the_moment_themselves(client, site):
    early = signing.dumps(timezone.now().timestamp() - 60, salt="suite.throttle.hearings.sign-up")
    for forged in (early, f"{int(timezone.now().timestamp()) - 60}", ""):
        answer = client.post(address(site.first), filled_in(site, stamp=forged))
        assert answer.status_code == 422
        assert client.post(address(site.first), filled_in(site, stamp=stamp_in(answer))).status_code == 422
    assert Enrolment.objects.count() == 0


def listed(client, school, query=""):
    """The days that the public list holds."""
    html = client.get(f"{school.index.url}{query}").content.decode()
    return re.findall(r'<dd><time datetime="([\d-]{10})T', html)


def test_the_list_is_narrowed_by_village_and_season_without_a_script(client, site):
    near, far = "2026-12-03", "2027-04-08"
    assert listed(client, site) == [near, far]
    assert listed(client, site, f"?village={site.upper.pk}") == [near, far]
    assert listed(client, site, f"?village={site.lower.pk}") == [far]
    assert listed(client, site, "?season=winter") == [near]
    assert listed(client, site, "?season=spring") == [far]
    assert listed(client, site, "?season=returning") == []
    site.tea.returning = True
    site.tea.save()
    assert listed(client, site, "?season=returning") == [near, far]
    assert listed(client, site, "?season=nonsense&village=x") == [near, far]
    empty = text(client.get(f"{site.index.url}?season=summer"))
    assert "这个村这个季节没有安排。" in empty
    assert "0场" in empty


@pytest.mark.parametrize(
    ("day", "season"), [("2026-02-28", "winter"), ("2026-03-01", "spring"), ("2026-08-31", "summer"),
        ("2026-11-30", "autumn"), ("2026-12-01", "winter")],
)  # fmt: skip
def test_seasons_are_three_months_each(day, season):
    assert season_of(datetime.date.fromisoformat(day)) == season


def test_returning_workers_are_at_home_around_spring_festival():
    days = [
        datetime.date(2027, 1, 16),
        datetime.date(2027, 1, 17),
        datetime.date(2027, 2, 25),
        datetime.date(2027, 2, 26),
    ]
    assert [fits(day, False, "returning") for day in days] == [False, True, True, False]


def test_the_number_of_queries_does_not_grow_with_the_sessions(client, site, django_assert_max_num_queries):
    listed(client, site)
    with django_assert_max_num_queries(40) as few:
        listed(client, site)
    for number in range(6):
        site.for_villagers(course=site.tea, begins=NOW + (20 + number) * DAY, village=site.lower)
    with django_assert_max_num_queries(len(few)):
        listed(client, site)


def test_who_signs_up_gets_a_slip_and_finds_it_again_with_code_and_phone(client, site):
    answer = client.post(address(site.first), filled_in(site), follow=True)
    one = Enrolment.objects.get()
    assert (one.name, one.phone, one.village, one.way) == ("王建国二", "13800000001", site.upper, "web")
    words = text(answer)
    assert "您已录取" in words
    assert one.code in words
    # How many seats are free is of no use on a slip that is kept; it was "None" there once.
    assert "名额" not in words
    assert "2个名额，还剩1个" in text(client.get(address(site.first)))
    found = client.post(reverse("training_courses_own"), {"code": one.code.upper(), "digits": "０００1"}, follow=True)
    assert "您已录取" in text(found)
    wrong = client.post(reverse("training_courses_own"), {"code": one.code, "digits": "9999"})
    assert wrong.status_code == 422
    assert "没有查到。" in text(wrong)


def test_the_third_waits_is_told_their_place_and_moves_up_when_somebody_withdraws(client, site):
    for number in range(2):
        client.post(address(site.first), filled_in(site, number))
    assert "名额已满，可以候补" in text(client.get(address(site.first)))
    slip = client.post(address(site.first), filled_in(site, 2), follow=True)
    assert "您是候补第1位。" in text(slip)
    first = client.post(
        reverse("training_courses_own"),
        {"code": Enrolment.objects.order_by("pk").first().code, "digits": "0000"}, follow=True,
    )  # fmt: skip
    opened = first.redirect_chain[-1][0]
    assert "要退出这一场吗？" in text(client.get(f"{opened}withdraw/"))
    gone = client.post(f"{opened}withdraw/", follow=True)
    assert "您已退出" in text(gone)
    assert list(Enrolment.objects.order_by("pk").values_list("state", "tell")) == [
        ("withdrawn", ""), ("enrolled", ""), ("enrolled", "seat"),
    ]  # fmt: skip


def test_the_slip_of_who_withdrew_is_nothing_to_keep_and_no_day_for_a_calendar(client, site):
    slip = client.post(address(site.first), filled_in(site), follow=True)
    opened = slip.redirect_chain[-1][0]
    told = ("报名回执（请保存）", "把编码抄下来。", "加到我的日历", "已取消报名")

    def said(answer):
        return [one for one in told if one in text(answer)]

    assert said(slip) == list(told[:3])
    assert said(client.post(f"{opened}withdraw/", follow=True)) == ["已取消报名"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": ""}, "请填写姓名。"),
        ({"phone": "12345"}, "请填写十一位手机号"),
        ({"name": f"王建国{ID_NUMBER}"}, "这段文字里有身份证号"),
        ({"village": "0"}, "选择一个有效的选项"),
    ],
)
def test_every_error_is_named_at_the_top_and_beside_its_field_and_no_number_is_repeated(client, site, changes, told):
    answer = client.post(address(site.first), filled_in(site, **changes))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert html.count(told) == 2
    assert ID_NUMBER not in html
    assert Enrolment.objects.count() == 0


def test_guessing_the_code_of_a_slip_is_stopped(client, site):
    client.post(address(site.first), filled_in(site))
    right = {"code": Enrolment.objects.get().code, "digits": "0001"}
    own = reverse("training_courses_own")
    for number in range(TRIES):
        assert client.post(own, {**right, "digits": f"9{number:03}"}).status_code == 422
    Passage.objects.update(at=site.now)
    stopped = client.post(own, right)
    assert (stopped.status_code, "Location" in stopped) == (429, False)
    # Whoever signs up from there is not hindered by it, and an hour later the slip is found again.
    assert client.post(address(site.second), filled_in(site, 2)).status_code == 302
    site.now += datetime.timedelta(hours=1, seconds=1)
    assert client.post(own, right).status_code == 302


def test_the_help_at_the_form_speaks_of_no_public_list(client, site):
    shown = text(client.get(address(site.first)))
    assert "与身份证上一致。" in shown
    assert "名单" not in shown


def test_the_slip_of_a_session_that_is_over_leads_to_what_one_thought_of_it(client, site):
    slip = client.post(address(site.first), filled_in(site), follow=True)
    one = Enrolment.objects.get()
    feedback_page = reverse("training_attend_enrolment", args=[one.code])
    assert feedback_page not in slip.content.decode()
    site.now = site.first.ends_at

    def look_up():
        return client.post(reverse("training_courses_own"), {"code": one.code, "digits": "0001"}, follow=True)

    absent = look_up()
    assert "这一场已结束" in text(absent)
    assert "到场名单上没有您" in text(absent)
    assert feedback_page not in absent.content.decode()
    attendance.tick(site.first, Who(enrolment=one), site.office_user)
    assert feedback_page in look_up().content.decode()
    site.now += datetime.timedelta(days=15)
    assert feedback_page not in look_up().content.decode()
    site.now -= datetime.timedelta(days=15)
    feedback.give(site.first, 5, "", enrolment=one)
    there = look_up()
    assert "您已评价，谢谢。" in text(there)
    assert feedback_page not in there.content.decode()


def test_more_than_the_set_number_from_one_address_have_to_wait(client, site):
    TrainingSettings.objects.create(sign_ups_an_hour=1)
    assert client.post(address(site.second), filled_in(site, 1)).status_code == 302
    # The stopped clock does not reach a field's default.
    Passage.objects.update(at=site.now)
    assert client.post(address(site.second), filled_in(site, 2)).status_code == 429
    assert Enrolment.objects.count() == 1


def test_a_robot_is_refused(client, site):
    answer = client.post(address(site.first), filled_in(site, homepage="http://example.com"))
    assert answer.status_code == 422
    assert Enrolment.objects.count() == 0


def test_a_cancelled_session_says_so_instead_of_a_form(client, site):
    client.post(address(site.first), filled_in(site))
    opened = reverse("training_courses_own")
    courses.cancel(site.first, "台风", site.office_user)
    refused = client.post(address(site.first), filled_in(site, 2))
    assert refused.status_code == 409
    assert "这一场已取消：台风。" in text(refused)
    slip = client.post(opened, {"code": Enrolment.objects.get().code, "digits": "0001"}, follow=True)
    assert "这一场已取消 台风" in text(slip)
    assert "我来不了" not in text(slip)


def test_a_session_without_a_public_page_or_for_staff_is_not_found(client, site):
    site.page.unpublish()
    assert client.get(address(site.first)).status_code == 404
    assert client.get(address(site.opened(begins=NOW + 40 * DAY))).status_code == 404


def test_the_calendar_says_which_were_moved_and_cancelled(client, site):
    courses.move(
        site.second, NOW + 90 * DAY, NOW + 91 * DAY - 20 * datetime.timedelta(hours=1), "下雨", site.office_user
    )
    courses.cancel(site.first, "台风", site.office_user)
    answer = client.get(reverse("training_courses_calendar"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = answer.content.decode().replace("\r\n ", "").split("\r\n")
    assert [line for line in lines if line.startswith(("SUMMARY", "STATUS", "SEQUENCE", "DTSTART", "DESCRIPTION"))] == [
        "SEQUENCE:1", "STATUS:CANCELLED", "DTSTART:20261203T010000Z", "SUMMARY:【已取消】茶叶修剪",
        "DESCRIPTION:已取消：台风\\n春茶采完怎么剪。",
        "SEQUENCE:1", "STATUS:CONFIRMED", "DTSTART:20270221T010000Z", "SUMMARY:茶叶修剪",
        "DESCRIPTION:已改时间：下雨\\n春茶采完怎么剪。",
    ]  # fmt: skip
    one = client.get(reverse("training_courses_day", args=[site.second.public_id])).content.decode()
    assert f"UID:{site.second.public_id}@training.bianmin" in one
    assert one.count("BEGIN:VEVENT") == 1


def test_the_pages_are_well_formed_for_a_screen_reader(client, site):
    slip = client.post(address(site.first), filled_in(site), follow=True)
    for answer in (client.get(site.index.url), client.get(site.page.url), client.get(address(site.second)), slip):
        tree = Elements(answer.content.decode())
        assert tree.left_open == []
        assert tree.scripts() == EVERYWHERE


def test_the_next_session_is_a_tile_of_the_home_page(rf, site):
    tiles = [tile for tile in collect("home_tiles", rf.get("/")) if "培训" in str(tile.title)]
    assert [str(tile.title) for tile in tiles] == ["12月3日（星期四）上午9:00培训：茶叶修剪"]


@pytest.mark.pdf
@pytest.mark.parametrize("size", ["a3", "a4"])
def test_a_poster_is_printed_for_a_session_and_for_a_season(client, site, size):
    for kind, key in (("training-session", site.first.public_id), ("training-season", "winter")):
        answer = client.get(reverse("printing:document", args=[kind, key]), {"size": size})
        assert answer.status_code == 200, answer.content.decode()[:500]
        assert answer["Content-Type"] == "application/pdf"


@pytest.mark.pdf
def test_no_poster_is_printed_of_what_is_cancelled_or_of_an_empty_season(client, site):
    courses.cancel(site.first, "台风", site.office_user)
    for kind, key, told in (
        ("training-session", site.first.public_id, "这一场已取消：请打印其他场次的海报。"),
        ("training-season", "winter", "这个季节没有正在报名的场次：请先开放报名。"),
    ):
        answer = client.get(reverse("printing:document", args=[kind, key]), {"size": "a4"})
        assert told in answer.content.decode()


def test_no_poster_is_made_of_a_session_that_is_over(site):
    site.now = site.first.ends_at
    with pytest.raises(PrintingUnavailable) as refused:
        session_poster(site.first, "a4")
    assert refused.value.messages == ["这一场已结束：请打印后面场次的海报。"]


def test_the_poster_of_a_session_that_was_moved_says_from_when(site):
    assert "原定时间" not in dict(session_poster(site.first, "a4").context["facts"])
    moved = courses.move(site.first, NOW + 17 * DAY, NOW + 17 * DAY + HOUR, "下雨", site.office_user)
    facts = dict(session_poster(moved, "a4").context["facts"])
    assert (facts["时间"], facts["原定时间"]) == ("12月10日（星期四）上午9:00", "12月3日（星期四）上午9:00")


def test_the_poster_of_a_season_names_each_course_once_with_its_days(site):
    site.for_villagers(course=site.tea, begins=NOW + 16 * DAY, place="下塘村委会")
    body = season_poster((site.index, "winter"), "a4").context["body"]
    assert body.count("<h2>茶叶修剪</h2>") == 1
    assert [one.get_text() for one in BeautifulSoup(body, "html.parser").select("li")] == [
        "12月3日（星期四）上午9:00，镇政府三楼会议室", "12月9日（星期三）上午9:00，下塘村委会",
    ]  # fmt: skip
