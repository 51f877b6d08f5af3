"""Mails go to exactly those who may act, or whose text it is."""

import pytest
from django.core import mail
from django.utils.timezone import localtime
from wagtail.users.models import UserProfile

from suite.publishing import domain
from tests.suite.publishing.steps import edit, make_user


@pytest.fixture
def sent(mailoutbox, django_capture_on_commit_callbacks):
    """Run a step; return who got which subject by it, sorted."""

    def run(step, *args):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            step(*args)
        return sorted((to.removesuffix("@example.com"), message.subject) for message in mailoutbox for to in message.to)

    return run


@pytest.fixture(autouse=True)
def bystanders(db, checker, second_checker, approver, second_approver):
    """A superuser, an editor, a disabled checker and one without an address: they never get a mail."""
    make_user("superuser", is_superuser=True)
    make_user("other_editor", "editor")
    make_user("disabled", "checker", "approver", is_active=False)
    nowhere = make_user("nowhere", "checker")
    nowhere.email = ""
    nowhere.save()


def test_checkers_hear_that_a_page_waits_and_approvers_after_them(sent, draft, editor, checker):
    subject = "请您办理“{}”：停水通知"
    assert sent(domain.submit, draft, editor) == [
        ("checker", subject.format("核稿")),
        ("second_checker", subject.format("核稿")),
    ]
    assert sent(domain.approve, draft, checker) == [
        ("approver", subject.format("审批")),
        ("second_approver", subject.format("审批")),
    ]


def test_authors_and_who_checked_are_not_asked_to_approve(sent, draft, editor, both, second_checker):
    author = make_user("author", "editor", "checker", "approver")
    edit(draft, author, intro="<p>改</p>")
    assert [name for name, _subject in sent(domain.submit, draft, editor)] == ["both", "checker", "second_checker"]
    assert [name for name, _subject in sent(domain.approve, draft, both)] == ["approver", "second_approver"]


def test_a_return_reaches_all_authors_and_who_submitted_each_time(
    sent, draft, editor, second_editor, checker, approver
):
    """Wagtail mails only who submitted, and nobody if that person is the one who returns (#10196)."""
    edit(draft, second_editor, intro="<p>改</p>")
    domain.submit(draft, editor)
    returned = [("editor", "“核稿”环节退回：停水通知"), ("second_editor", "“核稿”环节退回：停水通知")]
    assert sent(domain.return_with_remark, draft, checker, "写明停水时间") == returned
    assert mail.outbox[0].body == (
        "editor：\n\nchecker在“核稿”环节退回了《停水通知》，意见如下：\n\n写明停水时间\n\n请修改后重新提交：\n"
        f"http://localhost:8000/admin/pages/{draft.pk}/edit/\n"
    )
    domain.resubmit(draft, editor)
    assert sent(domain.return_with_remark, draft, checker, "还差一处") == returned
    domain.resubmit(draft, second_editor)
    domain.approve(draft, checker)
    assert sent(domain.return_with_remark, draft, approver, "标题太长") == [
        ("editor", "“审批”环节退回：停水通知"),
        ("second_editor", "“审批”环节退回：停水通知"),
    ]


def test_a_checker_who_submitted_the_page_and_returns_it_later_still_tells_the_authors(sent, draft, editor, checker):
    """The very case of #10196: who asked for the check is not who wrote."""
    helper = make_user("helper", "checker", "editor")
    domain.submit(draft, helper)
    assert sent(domain.return_with_remark, draft, helper, "改") == [("editor", "“核稿”环节退回：停水通知")]
    domain.resubmit(draft, editor)
    assert sent(domain.return_with_remark, draft, checker, "再改") == [
        ("editor", "“核稿”环节退回：停水通知"),
        ("helper", "“核稿”环节退回：停水通知"),
    ]


def test_authors_hear_that_their_page_is_public(sent, draft, editor, second_editor, checker, approver):
    edit(draft, second_editor, intro="<p>改</p>")
    domain.submit(draft, editor)
    domain.approve(draft, checker)
    assert sent(domain.approve, draft, approver) == [
        ("editor", "已发布：停水通知"),
        ("second_editor", "已发布：停水通知"),
    ]


def test_authors_hear_on_which_day_their_page_goes_live(sent, draft, editor, checker, approver, tomorrow):
    edit(draft, editor, go_live_at=tomorrow)
    domain.submit(draft, editor)
    domain.approve(draft, checker)
    assert sent(domain.approve, draft, approver) == [("editor", "已批准，将按时发布：停水通知")]
    assert f"将于{localtime(tomorrow):%Y-%m-%d %H:%M}发布。" in mail.outbox[0].body


def test_a_restarted_check_asks_those_who_still_may(sent, draft, editor, checker):
    domain.submit(draft, editor)
    assert sent(lambda: edit(draft, checker, intro="<p>改</p>")) == [("second_checker", "请您办理“核稿”：停水通知")]


def test_who_switched_a_mail_off_does_not_get_it(sent, draft, editor, checker, second_checker):
    UserProfile.objects.create(user=checker, submitted_notifications=False)
    assert [name for name, _subject in sent(domain.submit, draft, editor)] == ["second_checker"]


def test_a_mail_server_that_is_down_does_not_undo_the_step(sent, draft, editor, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    assert sent(domain.submit, draft, editor) == []
    assert draft.current_workflow_task.name == "核稿"
