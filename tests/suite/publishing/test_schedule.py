"""Pages that go live and expire on their day, by command, by tick and by function."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail import hooks
from wagtail.models import PageLogEntry

from suite.hooks import collect
from suite.publishing import PublicationRefused, PublishProblem, domain
from suite.publishing.digest import digest
from suite.publishing.models import Clearance, ScheduleRefusal
from tests.suite.publishing.steps import edit, fresh, make_draft, pass_both


@pytest.fixture
def schedule(root, editor, checker, approver, tomorrow):
    """Cleared pages with these titles whose day is tomorrow."""

    def make(*titles):
        pages = [make_draft(root, editor, title) for title in titles]
        for page in pages:
            edit(page, editor, go_live_at=tomorrow)
            pass_both(page, editor, checker, approver)
        return [fresh(page) for page in pages]

    return make


@pytest.fixture
def later(tomorrow):
    return tomorrow + timedelta(minutes=1)


def ours(hook, argument):
    """What publishing itself answers to a hook."""
    return [row for row in collect(hook, argument) if row.key.startswith("publishing.")]


def live_titles(pages):
    return [page.title for page in pages if fresh(page).live]


def let_time_pass(pages, days=2):
    """As if the pages had been scheduled so much earlier."""
    for page in pages:
        revision = page.scheduled_revision
        revision.content["go_live_at"] = (page.go_live_at - timedelta(days=days)).isoformat()
        type(revision).objects.filter(pk=revision.pk).update(
            approved_go_live_at=revision.approved_go_live_at - timedelta(days=days), content=revision.content
        )
        revision.refresh_from_db()
        Clearance.objects.filter(revision=revision).update(digest=digest(revision.as_object()))


def test_an_approved_page_with_a_day_waits_for_it(schedule, tomorrow):
    [page] = schedule("春节值班")
    assert not page.live
    assert page.scheduled_revision.approved_go_live_at == tomorrow
    assert domain.publish_due().published == []
    assert Clearance.objects.waiting().count() == 1


def test_on_its_day_it_goes_live_and_its_clearance_is_used_up(schedule):
    pages = schedule("春节值班")
    let_time_pass(pages)
    assert domain.publish_due().published == ["春节值班"]
    assert live_titles(pages) == ["春节值班"]
    assert not Clearance.objects.waiting().exists()
    assert domain.publish_due().published == []


def test_a_new_version_of_a_live_page_waits_for_its_day(live, editor, checker, approver, tomorrow):
    edit(live, editor, title="停水通知（更正）", go_live_at=tomorrow)
    pass_both(live, editor, checker, approver)
    assert (fresh(live).live, fresh(live).title) == (True, "停水通知")
    let_time_pass([fresh(live).get_latest_revision_as_object()])
    domain.publish_due()
    assert (fresh(live).live, fresh(live).title) == (True, "停水通知（更正）")


@pytest.fixture
def one_refused():
    """A plugin that objects, on the day, to one of the pages."""

    def object_to_second(page):
        if page.title == "第二":
            yield PublishProblem(None, "听证会已取消")

    return lambda: hooks.register_temporarily("publish_checks", object_to_second)


def test_a_page_refused_on_its_day_holds_up_no_other_and_comes_to_the_desks(
    schedule, one_refused, editor, approver, checker, mailoutbox, django_capture_on_commit_callbacks
):
    pages = schedule("第一", "第二", "第三")
    assert mailoutbox == []
    let_time_pass(pages)
    out = StringIO()
    with one_refused(), django_capture_on_commit_callbacks(execute=True):
        call_command("publish_scheduled", stdout=out)
    assert live_titles(pages) == ["第一", "第三"]
    assert out.getvalue() == ("已撤下: 0\n已发布: 2\n  第一\n  第三\n未获放行: 1\n  第二: 听证会已取消\n")
    refusal = ScheduleRefusal.objects.get()
    assert (refusal.page.title, refusal.reason) == ("第二", "听证会已取消")
    assert set(refusal.people.all()) == {editor, approver}
    assert fresh(pages[1]).scheduled_revision is None
    assert [item.title for item in ours("desk_items", editor)] == ["到期未能发布：第二"]
    assert [item.reason for item in ours("desk_items", approver)] == ["听证会已取消"]
    assert ours("desk_items", checker) == []
    assert PageLogEntry.objects.get(action="publishing.refuse_schedule").page_id == pages[1].pk
    assert sorted((mail.subject, *mail.to) for mail in mailoutbox) == [
        ("未能发布：第二", "approver@example.com"),
        ("未能发布：第二", "editor@example.com"),
    ]
    # It stays off the schedule, and its clearance is gone.
    assert domain.publish_due().refused == []
    assert not Clearance.objects.waiting().exists()


def test_a_refused_page_leaves_the_desk_when_somebody_takes_it_up(schedule, one_refused, editor, approver):
    pages = schedule("第二")
    let_time_pass(pages)
    with one_refused():
        domain.publish_due()
    edit(pages[0], editor, title="第二（延期）")
    assert ours("desk_items", approver) == []


def test_a_page_that_breaks_holds_up_no_other(schedule, monkeypatch, caplog):
    pages = schedule("第一", "第二")
    let_time_pass(pages)
    with hooks.register_temporarily("publish_checks", lambda page: [1 / 0] if page.title == "第一" else []):
        report = domain.publish_due()
    assert report.published == ["第二"]
    assert report.refused == [("第一", "因程序出错未能发布，系统管理员可在日志中查看。")]
    assert "ZeroDivisionError" in caplog.text


def test_who_takes_it_off_the_schedule_takes_the_clearance_back(schedule, client, approver, editor):
    [page] = schedule("春节值班")
    client.force_login(approver)
    client.post(f"/admin/pages/{page.pk}/revisions/{page.scheduled_revision.pk}/unschedule/")
    assert fresh(page).scheduled_revision is None
    with pytest.raises(PublicationRefused):
        page.get_latest_revision().publish()


def test_taking_a_page_down_stops_its_next_version_too(live, editor, checker, approver, tomorrow):
    edit(live, editor, go_live_at=tomorrow)
    pass_both(live, editor, checker, approver)
    fresh(live).unpublish()
    assert not Clearance.objects.waiting().exists()


def test_an_expired_page_is_taken_down(draft, editor, checker, approver, tomorrow):
    edit(draft, editor, expire_at=timezone.now() + timedelta(hours=1))
    page = pass_both(draft, editor, checker, approver)
    assert domain.publish_due().expired == []
    assert domain.publish_due(tomorrow).expired == ["停水通知"]
    assert not fresh(page).live
    assert fresh(page).expired


def test_the_tick_does_the_same(schedule):
    pages = schedule("春节值班")
    assert ours("periodic_jobs", timezone.now()) == []
    let_time_pass(pages)
    [job] = ours("periodic_jobs", timezone.now())
    job.run()
    assert live_titles(pages) == ["春节值班"]


def test_a_dry_run_changes_nothing(schedule):
    pages = schedule("春节值班")
    let_time_pass(pages)
    out = StringIO()
    call_command("publish_scheduled", "--dryrun", stdout=out)
    assert out.getvalue() == "应撤下: 0\n应发布: 1\n  春节值班\n"
    assert live_titles(pages) == []


def test_an_alias_of_a_scheduled_page_does_not_show_it_early(draft, editor, checker, approver, tomorrow):
    alias = draft.create_alias(update_slug="alias")
    edit(draft, editor, go_live_at=tomorrow)
    pass_both(draft, editor, checker, approver)
    assert not fresh(alias).live
