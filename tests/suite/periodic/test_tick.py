import datetime
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from suite.desk.domain.queries import desk_of
from suite.periodic import PeriodicJob
from suite.periodic.domain.lifecycle import tick
from suite.periodic.models import JobRun
from suite.roles.domain import assign

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 21, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@contextmanager
def offered(function):
    """Nobody but `function` answers the hook."""
    registered = hooks._hooks.get("periodic_jobs", [])
    hooks._hooks["periodic_jobs"] = [(function, 0)]
    try:
        yield
    finally:
        hooks._hooks["periodic_jobs"] = registered


def fail():
    raise ValueError("no paper")


@pytest.fixture
def keeper():
    user = User.objects.create_user("keeper", password="secret")
    assign(user, "system_admin", None)
    return user


def test_each_key_happens_once_however_often_the_tick_runs():
    happened = []
    with offered(lambda now: [PeriodicJob("a", lambda: happened.append("a"), "does a")]):
        assert (tick(NOW).done, tick(NOW).done) == (["a"], [])
        assert tick(NOW + datetime.timedelta(days=3)).done == []
    assert happened == ["a"]
    run = JobRun.objects.get()
    assert (run.key, run.description, run.failures) == ("a", "does a", 0)
    assert run.done_at is not None


def test_a_key_offered_twice_in_one_tick_happens_once():
    happened = []
    with offered(lambda now: [PeriodicJob("a", lambda: happened.append(1))] * 2):
        assert tick(NOW).done == ["a"]
    assert happened == [1]


def test_three_days_late_everything_offered_for_those_days_happens_once():
    happened = []

    def days(now):
        for day in (19, 20, 21):
            yield PeriodicJob(f"day:{day}", lambda day=day: happened.append(day))

    with offered(days):
        tick(NOW)
        tick(NOW)
    assert happened == [19, 20, 21]


def test_a_job_that_fails_holds_up_no_other_and_is_tried_again():
    happened, broken = [], [True]

    def first():
        User.objects.create(username="half done")
        if broken:
            fail()
        happened.append("first")

    with offered(lambda now: [PeriodicJob("1", first, "print"), PeriodicJob("2", lambda: happened.append("second"))]):
        report = tick(NOW)
        assert (report.done, report.failed, happened) == (["2"], ["1"], ["second"])
        assert not User.objects.filter(username="half done").exists()
        tick(NOW)
        run = JobRun.objects.get(key="1")
        assert (run.failures, run.done_at, run.description) == (2, None, "print")
        assert "ValueError: no paper" in run.traceback
        broken.clear()
        report = tick(NOW)
        assert (report.done, report.failed, happened) == (["1"], [], ["second", "first"])
    run.refresh_from_db()
    assert (run.traceback, run.done_at is None) == ("", False)


def test_a_plugin_that_cannot_say_what_is_due_holds_up_no_other_and_may_fail_again():
    happened, state = [], {"broken": True}

    def shaky(now):
        if state["broken"]:
            raise ValueError("no calendar")
        return []

    with offered(shaky):
        hooks._hooks["periodic_jobs"].append((lambda now: [PeriodicJob("a", lambda: happened.append(1))], 0))
        report = tick(NOW)
        (asked,) = report.failed
        assert (report.done, happened) == (["a"], [1])
        assert "no calendar" in JobRun.objects.get(key=asked).traceback
        state["broken"] = False
        assert tick(NOW).failed == []
        assert JobRun.objects.get(key=asked).done_at is not None
        state["broken"] = True
        assert tick(NOW).failed == [asked]
        assert JobRun.objects.get(key=asked).done_at is None


def test_a_plugin_that_answers_nonsense_holds_up_no_other():
    with offered(lambda now: ["a string"]):
        hooks._hooks["periodic_jobs"].append((lambda now: [PeriodicJob("a", lambda: None)], 0))
        report = tick(NOW)
    assert (report.done, len(report.failed)) == (["a"], 1)
    assert "a string" in JobRun.objects.get(key=report.failed[0]).traceback


def test_a_failure_reaches_the_desk_of_the_system_administrator_and_of_nobody_else(keeper, client):
    with offered(lambda now: [PeriodicJob("1", fail, "打印公告")]):
        tick(timezone.now())
    (item,) = lines(keeper)
    assert (item.title, item.due) == ("定时任务失败：打印公告", JobRun.objects.get().failed_at)
    assert "1" in item.reason
    assert lines(User.objects.create_superuser("boss")) == []
    client.force_login(keeper)
    assert "ValueError: no paper" in client.get(item.url).content.decode()
    with offered(lambda now: [PeriodicJob("1", lambda: None)]):
        tick(timezone.now())
    assert lines(keeper) == []


def lines(user):
    return [line for group in desk_of(user).groups for line in group.items if line.plugin == "periodic"]


def test_nobody_writes_the_list_of_jobs_in_the_admin(keeper, client):
    run = JobRun.objects.create(key="1", failed_at=NOW)
    client.force_login(keeper)
    assert client.get(reverse("periodic_jobs:index")).status_code == 200
    client.force_login(User.objects.create_user("editor"))
    assert client.get(reverse("periodic_jobs:index")).status_code == 302
    client.force_login(keeper)
    for name, arguments in (("add", []), ("edit", [run.pk]), ("delete", [run.pk])):
        client.post(reverse(f"periodic_jobs:{name}", args=arguments), {"key": "2"})
    assert list(JobRun.objects.values_list("key", flat=True)) == ["1"]


def test_the_command_prints_what_it_did_and_fails_where_a_job_failed(capsys):
    with offered(lambda now: [PeriodicJob("good", lambda: None), PeriodicJob("bad", fail)]):
        with pytest.raises(CommandError, match="bad"):
            call_command("tick")
        assert capsys.readouterr().out == "good\n"


def test_every_takes_at_least_a_second():
    with pytest.raises(CommandError, match="--every"):
        call_command("tick", every=0)
