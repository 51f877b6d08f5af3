"""What everybody reads of hearings: the list, the notice, what was promised."""

import datetime
import itertools

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hearings.domain.lifecycle import hearings, representatives
from hearings.enums import HearingState, MeasureKind, MeasureState, ProblemState, SeatState
from hearings.models import (
    CircularPage,
    DateChange,
    Hearing,
    HearingTheme,
    Measure,
    Problem,
    Representative,
)
from organisation.models import Unit
from tests.hearings.staging import announced, publish, township
from tests.reading import EVERYWHERE, Elements, text

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def in_days(days):
    return timezone.localdate() + datetime.timedelta(days=days)


@pytest.fixture
def made():
    cache.clear()
    return township()


@pytest.fixture
def hearing(made):
    return announced(made)


def seat(hearing, count=3):
    """Volunteers of the first village: two with a seat, the rest waiting."""
    village = hearing.quotas.first().village
    for number in range(count):
        one = Representative(
            hearing=hearing, name=f"欧阳{'一二三四五六七八九'[number % 9]}{number // 9 or ''}".replace("1", "甲"),
            phone=f"1380000{number:04}", village=village,
        )  # fmt: skip
        representatives.sign_up(one)
    people = list(hearing.representatives.order_by("pk"))
    for place, one in enumerate(people):
        seated = place < 2
        Representative.objects.filter(pk=one.pk).update(
            state=SeatState.SEATED if seated else SeatState.WAITING, place_in_line=None if seated else place - 1
        )


def held(hearing, made, state=HearingState.FOLLOWING, problems=2):
    """The hearing as it stands after its session: one problem agreed, the others studied; a measure to each."""
    Hearing.objects.filter(pk=hearing.pk).update(state=state, begun_at=timezone.now(), held_at=timezone.now())
    theme = HearingTheme.objects.get_or_create(name="道路")[0]
    first = []
    for number in range(1, problems + 1):
        agreed = number == 1
        problem = Problem.objects.create(
            hearing=hearing, number=number, title=f"问题{number}", village=made.villages[0], theme=theme,
            state=ProblemState.AGREED if agreed else ProblemState.STUDIED,
            conclusion="年底前装好两盏灯。" if agreed else "",
            study_until=None if agreed else in_days(9),
        )  # fmt: skip
        first.append(
            Measure.objects.create(
                problem=problem, kind=MeasureKind.PLANNED, text=f"措施{number}", unit=made.unit, due=in_days(-3)
            )
        )
    return first


def test_the_list_names_the_next_hearing_first_and_those_called_off_with_their_reason(client, hearing, made):
    later = announced(
        made, title="第三次听证会", topic="垃圾", starts_at=hearing.starts_at + datetime.timedelta(days=9)
    )
    off = announced(made, title="第二次听证会", topic="道路")
    hearings.postpone(off, "防汛", made.people.office)
    words = text(client.get(made.index.url))
    assert words.index("下一次听证会 2026年下半年第一次效能听证会") < words.index(later.title)
    assert "第二次听证会 已延期 原因：防汛" in words


def test_an_empty_list_says_how_one_will_hear_of_a_hearing(client, made):
    assert "目前没有已公告的听证会。每次听证会都会至少提前七天公告" in text(client.get(made.index.url))


def test_the_notice_says_when_where_what_and_how_to_sign_up(client, hearing):
    answer = client.get(hearing.page.url)
    words = text(answer)
    for part in ("已公告", "下午2:30", "镇政府三楼会议室", "水塘边的路没有路灯 （上塘村）", "已在1处张贴或广播"):
        assert part in words
    address = reverse("hearings_sign_up", args=[hearing.public_id])
    assert ("a", {"class": "button button-primary", "href": address}) in Elements(answer.content.decode()).all("a")


def test_the_notice_follows_the_record_and_not_what_was_published(client, hearing, made):
    hearings.cancel(hearing, "议题已经解决", made.people.office)
    words = text(client.get(hearing.page.url))
    assert "这次听证会已取消。 原因：议题已经解决" in words
    assert "报名当听证代表" not in words


def test_representatives_and_waiting_list_are_masked(client, hearing):
    seat(hearing)
    answer = client.get(hearing.page.url)
    words = text(answer)
    assert "欧阳*、欧阳*" in words
    assert "候补名单" in words
    assert "1. 欧阳*" in words
    html = answer.content.decode()
    assert [one.name for one in Representative.objects.all() if one.name in html or one.phone in html] == []


def test_what_was_promised_is_public_with_the_minutes_and_not_before(client, hearing, made):
    held(hearing, made, state=HearingState.HELD)
    assert "措施1" not in text(client.get(hearing.page.url))
    assert "措施1" not in text(client.get(reverse("hearings_promises")))
    Hearing.objects.update(state=HearingState.PUBLISHED)
    words = text(client.get(hearing.page.url))
    assert "已达成结论 年底前装好两盏灯。 措施1 已逾期3天" in words
    assert "未达成一致，不下结论 由镇里研究" in words
    assert "措施1" in text(client.get(reverse("hearings_promises")))


def test_the_tracker_tells_promised_done_late_and_moved_dates_with_their_reason(client, hearing, made):
    first, second = held(hearing, made)
    DateChange.objects.create(measure=first, before=in_days(-30), after=in_days(-3), reason="汛期")
    Measure.objects.filter(pk=second.pk).update(state=MeasureState.DONE, result="已装好。", ended_on=in_days(-4))
    third = Measure.objects.create(problem=first.problem, text="措施3", unit=made.unit, due=in_days(3))
    words = text(client.get(reverse("hearings_promises")))
    assert "3 承诺 1 已落实 1 办理中 1 逾期 0 已公开说明原因" in words
    assert words.index(first.text) < words.index(third.text) < words.index(second.text)
    assert "原因：汛期" in words
    assert "已逾期3天" in words
    assert "已装好。" in words


def test_done_after_its_day_is_said_to_be_late(client, hearing, made):
    held(hearing, made, problems=1)
    Measure.objects.update(state=MeasureState.DONE, result="装好。", ended_on=in_days(-1))
    assert "已办结（逾期）" in text(client.get(reverse("hearings_promises")))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (lambda made, theme: {"village": made.villages[0].pk}, ["措施1", "措施2"]),
        (lambda made, theme: {"village": made.villages[1].pk}, ["措施1", "措施2"]),
        (lambda made, theme: {"theme": theme.pk}, ["措施1", "措施2"]),
        (lambda made, theme: {"hearing": Hearing.objects.get().public_id}, ["措施1", "措施2"]),
        (lambda made, theme: {"state": "kept"}, ["措施2"]),
        (lambda made, theme: {"state": "late"}, ["措施1"]),
        (lambda made, theme: {"state": "nonsense", "village": "x", "hearing": "y", "p": "z"}, ["措施1", "措施2"]),
    ],
)
def test_promises_are_chosen_by_village_theme_hearing_and_standing(client, hearing, made, asked, shown):
    _first, second = held(hearing, made)
    Measure.objects.filter(pk=second.pk).update(state=MeasureState.DONE, ended_on=in_days(-4))
    words = text(client.get(reverse("hearings_promises"), asked(made, HearingTheme.objects.get())))
    assert [name for name in ("措施1", "措施2") if name in words] == shown


def test_a_choice_that_fits_nothing_says_what_to_do(client, hearing, made):
    held(hearing, made)
    assert "没有符合条件的承诺，请放宽一个条件。" in text(
        client.get(reverse("hearings_promises"), {"state": "explained"})
    )


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_no_page_costs_more_queries_with_ten_times_the_data(client, hearing, made):
    empty = queries(client, reverse("hearings_own"))
    made.index.refresh_from_db()
    plain_page = publish(made, made.index.add_child(instance=CircularPage(title="通报", hearing=hearing)))
    plain = queries(client, plain_page.url)
    pages = [made.index.url, hearing.page.url, reverse("hearings_promises"), reverse("hearings_calendar")]
    pages.append(reverse("hearings_sign_up", args=[hearing.public_id]))
    seat(hearing, 3)
    other = announced(made, title="第二次", topic="道路")
    held(other, made, problems=2)
    few = {page: queries(client, page) for page in [*pages, other.page.url]}
    for number in range(9):
        held(announced(made, title=f"又{number}", topic=f"议题{number}"), made, problems=3)
    for number, name in enumerate("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"):
        village = Unit.objects.get(name="上塘村")
        Representative.objects.create(
            hearing=hearing, name=f"{name}某", phone=f"1370000{number:04}", village=village, state=SeatState.SEATED
        )
    problem = Problem.objects.filter(hearing=other).first()
    for number in range(20):
        measure = Measure.objects.create(problem=problem, text=f"另{number}", unit=made.unit, due=in_days(number))
        DateChange.objects.create(measure=measure, before=in_days(1), after=in_days(number), reason="汛期")
    many = {page: queries(client, page) for page in few}
    assert many == few
    assert {
        page: number for page, number in many.items() if number > 15 + (plain if "ting-zheng" in page else empty)
    } == {}


@pytest.mark.parametrize("which", ["index", "notice", "outcomes", "promises"])
def test_pages_are_well_formed_and_have_no_script_of_their_own(client, hearing, made, which):
    held(hearing, made) if which in ("outcomes", "promises") else seat(hearing)
    address = {"index": made.index.url, "promises": reverse("hearings_promises")}.get(which, hearing.page.url)
    tree = Elements(client.get(address).content.decode())
    assert tree.left_open == []
    assert tree.scripts() == EVERYWHERE
    levels = [int(tag[1]) for tag, _attrs in tree.all("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert [after for before, after in itertools.pairwise(levels) if after - before > 1] == []
