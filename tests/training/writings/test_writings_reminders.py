"""Mails about notes and articles: to who owes one, to who lets others wait; once each, through the tick."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from organisation.models import Absence
from suite.periodic.domain.lifecycle import tick
from tests.training.town import leave
from tests.training.writings.stage import NOW
from training.domain.lifecycle import writings

DAY = datetime.timedelta(days=1)


def day(month, number, hour=9, year=2026):
    return datetime.datetime(year, month, number, hour, tzinfo=NOW.tzinfo)


@pytest.fixture
def sent(time):
    """sent(moment): who was mailed what by the tick of that moment, run twice, in the order of names."""

    def at(moment):
        time.now = moment
        mail.outbox.clear()
        assert tick(timezone.now()).failed == []
        assert tick(timezone.now()).failed == []
        return sorted((one.to[0].removesuffix("@example.com"), one.subject) for one in mail.outbox)

    return at


def names(found):
    return [name for name, _subject in found]


def all_accepted(town):
    """Nobody owes anything but the cadre."""
    for one in (town.head, town.runs, town.other):
        writings.release(one, 2026, "长期外派。", None)


def test_who_owes_hears_of_it_when_desks_begin_to_ask_and_in_the_last_month(town, sent):
    all_accepted(town)
    said = "2026年还要写：学习笔记 1、调研文章 1篇"
    moments = [day(8, 31, 23), day(9, 1, 0), day(9, 2), day(11, 30, 23), day(12, 1, 0), day(12, 31, 23)]
    assert [sent(moment) for moment in moments] == [[], [("田野", said)], [], [], [("田野", said)], []]


def test_the_office_says_when_it_begins(town, sent):
    all_accepted(town)
    town.settings.writing_month = 11
    town.settings.save()
    assert [names(sent(moment)) for moment in (day(10, 31), day(11, 1), day(11, 2))] == [[], ["田野"], []]


def test_where_it_begins_in_the_last_month_there_is_one_mail(town, sent):
    all_accepted(town)
    town.settings.writing_month = 12
    town.settings.save()
    assert [names(sent(moment)) for moment in (day(11, 30), day(12, 1), day(12, 2))] == [[], ["田野"], []]


def test_a_tick_that_comes_days_late_mails_all_the_same_and_the_next_year_begins_anew(town, sent):
    all_accepted(town)
    assert names(sent(day(9, 17))) == ["田野"]
    assert names(sent(day(1, 5, year=2027))) == []
    assert names(sent(day(9, 1, year=2027))) == ["沈静", "田野", "白露", "顾明远"]


def test_what_was_handed_in_is_asked_of_nobody_and_what_was_returned_is(town, sent):
    all_accepted(town)
    note = town.handed_in()
    town.handed_in(kind="article")
    assert sent(day(10, 20)) == []
    writings.return_with_remark(note, note.version, "请补数据。", town.leader.user)
    # The article has waited too long by then.
    assert sent(day(12, 1)) == [
        ("江海", "有1篇学习笔记或调研文章等您审阅"),
        ("田野", "2026年还要写：学习笔记 1篇"),
    ]


def test_nobody_is_mailed_who_left_was_let_off_or_has_no_account_or_address(town, sent):
    all_accepted(town)
    leave(town.cadre)
    town.person("钱有福", unit=town.office, account=False)
    silent = town.person("方圆", unit=town.office).user
    silent.email = ""
    silent.save()
    assert sent(day(9, 1)) == []


def test_the_mail_says_what_until_when_and_where_to_write(town, time, settings):
    settings.WAGTAILADMIN_BASE_URL = "http://town.example"
    all_accepted(town)
    time.now = day(9, 1)
    tick(timezone.now())
    (one,) = mail.outbox
    assert one.body == (
        "田野：\n\n"
        "您2026年还要写：学习笔记 1、调研文章 1篇。每名干部每年都要写；您在党政办公室任职。请于2026年12月31日前交稿。\n"
        "长期病假或外派的，请联系效能办办理免写。\n\n"
        "在您的办公桌上写，手机也可以；边写边保存，也可以导入Word文件：\n"
        f"http://town.example{reverse('training_writings_own')}\n"
    )


def test_a_leader_hears_once_of_what_has_waited_longer_than_five_working_days(town, sent, time):
    all_accepted(town)
    town.handed_in(kind="article")
    town.handed_in()
    said = ("江海", "有2篇学习笔记或调研文章等您审阅")
    # Handed in on a Tuesday: the fifth working day after it is the next Tuesday.
    moments = [NOW, NOW + 6 * DAY, day(10, 27, 23), day(10, 28, 0), day(10, 29), day(11, 30)]
    assert [sent(moment) for moment in moments] == [[], [], [], [said], [], []]


def test_days_off_do_not_count(town, sent, time):
    all_accepted(town)
    # The last working day before the seven free days of October; the next one is the 8th.
    time.now = day(9, 30)
    town.handed_in(kind="article")
    town.handed_in()
    assert [names(sent(moment)) for moment in (day(10, 8), day(10, 13), day(10, 14), day(10, 15))] == [
        [], [], ["江海"], [],
    ]  # fmt: skip


def test_what_was_decided_or_taken_back_waits_no_more_and_what_is_handed_in_anew_waits_anew(town, sent, time):
    all_accepted(town)
    note, article = town.handed_in(), town.handed_in(kind="article")
    writings.accept(article, article.version, "", town.leader.user)
    back = writings.take_back(note, town.cadre.user)
    assert sent(day(10, 28)) == [("田野", "2026年还要写：学习笔记 1篇")]
    again = writings.hand_in(back, {"title": back.title, "text": back.text}, back.version, "", town.cadre.user)
    assert again.handed_in_at == day(10, 28)
    assert [names(sent(moment)) for moment in (day(11, 4), day(11, 5), day(11, 6))] == [[], ["江海"], []]


def test_who_stands_in_hears_of_it_instead_of_the_leader(town, sent):
    all_accepted(town)
    town.handed_in(kind="article")
    town.handed_in()
    deputy = town.person("苏敏", "leader")
    Absence.objects.create(person=town.leader, kind="leave", since=NOW.date(), deputy=deputy)
    assert names(sent(day(10, 28))) == ["苏敏"]


def test_where_no_leader_can_decide_those_hear_who_run_training_and_never_the_author(town, sent):
    for one in (town.cadre, town.other):
        writings.release(one, 2026, "长期外派。", None)
    colleague = town.person("方圆", "efficiency_office")
    leave(town.head)
    leave(town.leader)
    for kind in ("note", "article"):
        town.handed_in(town.runs, kind)
    assert sent(day(10, 28)) == [("方圆", "有2篇学习笔记或调研文章等您审阅")]
    assert colleague.user.email == "方圆@example.com"


def test_the_mail_to_a_leader_names_each_and_says_where_to_read(town, time, settings):
    settings.WAGTAILADMIN_BASE_URL = "http://town.example"
    town.settings.writing_month = 12
    town.settings.save()
    town.handed_in()
    town.handed_in(town.other, kind="article", title="水渠调研")
    time.now = day(10, 28)
    tick(timezone.now())
    (one,) = mail.outbox
    assert (one.to, one.body) == (
        ["江海@example.com"],
        "江海：\n\n"
        "以下文章自2026年10月20日起等您通过或退回：\n"
        "· 田野　学习笔记　走访体会\n"
        "· 白露　调研文章　水渠调研\n\n"
        f"在这里审阅：\nhttp://town.example{reverse('training_writings_waiting')}\n",
    )


def test_a_mail_server_that_is_down_is_tried_again_at_the_next_tick(town, time, settings):
    all_accepted(town)
    time.now = day(9, 1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    assert "training.writings.owing:2026:begun" in tick(timezone.now()).failed
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert [one.to for one in mail.outbox] == []
    assert tick(timezone.now()).failed == []
    assert tick(timezone.now()).failed == []
    assert [one.to for one in mail.outbox] == [["田野@example.com"]]
