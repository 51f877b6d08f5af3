import datetime

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import ModelLogEntry

from suite.clock import domain, wagtail_hooks
from suite.clock.models import CalendarDay, ClockSettings
from suite.clock.wagtail_hooks import CalendarDayViewSet, calendar_ends
from suite.periodic.domain.lifecycle import tick
from suite.roles.domain import assign

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client):
    user = User.objects.create_user("keeper")
    assign(user, "system_admin", None)
    client.force_login(user)
    return user


def url(name, *arguments):
    return reverse(CalendarDayViewSet().get_url_name(name), args=arguments)


def test_the_office_edits_the_work_calendar_in_chinese(client, keeper):
    start = datetime.datetime(2026, 11, 20, 2, tzinfo=datetime.UTC)
    clock = domain.start_clock(("case", 7), "r", 1, "working", None, start)
    response = client.post(url("add"), {"date": "2026-11-23", "reason": "停电"})
    assert response.status_code == 302
    clock.refresh_from_db()
    assert clock.due == datetime.date(2026, 11, 24)
    moved = ModelLogEntry.objects.for_instance(clock).first()
    assert (moved.action, moved.user) == ("clock.recompute", keeper)
    text = client.get(url("list")).content.decode()
    for word in ("工作日历", "停电", "日期", "原因"):
        assert word in text


def test_who_does_not_keep_the_calendar_does_not_edit_it(client):
    user = User.objects.create_user("editor")
    assign(user, "editor", None)
    client.force_login(user)
    assert client.post(url("add"), {"date": "2026-11-23", "reason": "停电"}).status_code == 302
    assert CalendarDay.objects.count() == 0


def test_hours_and_levels_in_the_wrong_order_are_refused():
    for wrong in ({"opens": datetime.time(18)}, {"red_days": 3}):
        with pytest.raises(ValidationError):
            ClockSettings(**wrong).full_clean()


def test_the_system_administrator_is_told_to_enter_the_next_year(keeper, monkeypatch):
    monkeypatch.setattr(wagtail_hooks.timezone, "localdate", lambda *moment: datetime.date(2026, 11, 21))
    (item,) = calendar_ends(keeper)
    assert (item.title, item.url) == ("在工作日历中录入2027年放假安排", url("list"))
    assert list(calendar_ends(User.objects.create_user("other"))) == []
    ClockSettings.objects.create(complete_until=datetime.date(2027, 12, 31))
    assert list(calendar_ends(keeper)) == []


def test_the_tick_looks_at_the_calendar_once_a_day():
    now = datetime.datetime(2026, 11, 21, 2, tzinfo=datetime.UTC)
    assert "clock.recompute:2026-11-21" in tick(now).done
    assert "clock.recompute:2026-11-21" not in tick(now).done
    assert "clock.recompute:2026-11-22" in tick(now + datetime.timedelta(days=1)).done
