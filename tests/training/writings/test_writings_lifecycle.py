"""A note or an article from its first word to the leader's decision, and what is refused on the way."""

import datetime

import pytest
from wagtail.models import ModelLogEntry

from organisation.models import Absence
from suite.autosave.domain import Conflict
from tests.refusals import refusal
from tests.training.town import appoint
from tests.training.writings.stage import NOW, TEXT, YEAR, hand_in, typed
from training.domain.lifecycle import study_pages, writings
from training.domain.writings.people import may_read
from training.models import Writing, WritingComment


def actions(one):
    entries = ModelLogEntry.objects.filter(object_id=str(one.pk), action__startswith="training.")
    return list(entries.order_by("timestamp", "pk").values_list("action", flat=True))


def accept(one, user, remark=""):
    return writings.accept(one, one.version, remark, user)


def send_back(one, user, remark="第二部分请补充数据。"):
    return writings.return_with_remark(one, one.version, remark, user)


def test_from_the_first_word_to_its_acceptance(town):
    one = town.begun()
    one = writings.save_draft(one, typed(text="写一半"), one.version, "", town.cadre.user)
    one = hand_in(one)
    one = send_back(one, town.leader.user)
    one = hand_in(one, text=TEXT + "补充了数据。")
    one = accept(one, town.leader.user, "写得实在。")
    one.refresh_from_db()
    assert (one.state, one.unit, one.handed_in_at, one.decided_at, one.decided_by, one.decided_for) == (
        "accepted", town.office, NOW, NOW, town.leader.user, None,
    )  # fmt: skip
    assert one.text.endswith("补充了数据。")
    assert list(one.comments.values_list("text", "decision")) == [
        ("第二部分请补充数据。", "returned"),
        ("写得实在。", "accepted"),
    ]
    assert actions(one) == [
        "training.begin_writing",
        "training.hand_in_writing",
        "training.return_writing",
        "training.hand_in_writing",
        "training.accept_writing",
    ]


def test_more_than_are_asked_for_are_welcome(town):
    town.accepted()
    assert town.accepted(title="第二篇").state == "accepted"


def test_last_year_may_still_be_written_for(town):
    assert town.begun(year=2025).year == 2025


@pytest.mark.parametrize(
    ("kind", "year", "said"),
    [
        ("note", 2027, "2027年尚未开始，请选择今年。"),
        ("note", 2024, "只能写今年和去年的，请重新选择年度。"),
        ("poem", YEAR, "请选择学习笔记或调研文章。"),
    ],
)
def test_what_cannot_be_begun(town, kind, year, said):
    assert refusal(writings.begin, town.cadre, kind, year, town.cadre.user) == said


def test_nobody_begins_for_somebody_else(town):
    assert refusal(writings.begin, town.cadre, "note", YEAR, town.other.user) == "各人写各人的，请由田野本人来写。"


def test_an_account_of_nobody_in_the_directory_writes_nothing(town, django_user_model):
    user = django_user_model.objects.create_user("nobody")
    assert refusal(writings.begin, town.cadre, "note", YEAR, user) == "您的账号没有这项权限，请联系效能办。"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "请填写标题。"),
        ({"text": " \n　"}, "还没有内容，请填写正文，或从Word文件导入。"),
        ({"text": "太短的一篇。"}, "现有6字，要求不少于20字，请继续写。"),
        ({"title": "长" * 61}, "标题最多60字，请精简。"),
        ({"text": "长" * 30_001}, "最多30000字，请精简或分成两篇。"),
    ],
)
def test_what_is_not_handed_in(town, changes, said):
    assert refusal(hand_in, town.begun(), **changes) == said


def test_everything_that_is_wrong_is_said_at_once(town):
    assert refusal(hand_in, town.begun(), title="", text="") == (
        "请填写标题。 还没有内容，请填写正文，或从Word文件导入。"
    )


def test_the_office_sets_how_long_each_kind_is_at_least(town):
    text = "字" * 30
    assert hand_in(town.begun(), text=text).state == "handed_in"
    assert refusal(hand_in, town.begun(kind="article"), text=text) == "现有30字，要求不少于40字，请继续写。"


@pytest.mark.parametrize("field", ["title", "text"])
def test_a_personal_number_is_refused_in_what_is_to_be_published(town, field):
    number = {"title": "联系13912345678", "text": TEXT + "联系13912345678。"}[field]
    assert refusal(hand_in, town.begun(), publish=True, **{field: number}) == (
        "这段文字里有身份证号、手机号或银行卡号。文字会有其他人看到，请删去；电话请填在电话一栏。"
    )
    assert hand_in(town.begun(), **{field: number}).state == "handed_in"


def test_somebody_elses_is_neither_written_nor_handed_in_nor_taken_back_nor_deleted(town):
    one, said = town.begun(), "本文作者是田野，各人写各人的。"
    user = town.other.user
    assert refusal(writings.save_draft, one, typed(), one.version, "", user) == said
    assert refusal(hand_in, one, user=user) == said
    assert refusal(writings.discard, one, user) == said
    assert refusal(writings.take_back, hand_in(one), user) == said


def test_what_was_handed_in_is_taken_back_before_it_is_changed(town):
    one = town.handed_in()
    assert refusal(writings.save_draft, one, typed(), one.version, "", town.cadre.user) == (
        "本文已经交稿，修改前请先撤回。（目前：待审阅。）"
    )
    one = writings.take_back(one, town.cadre.user)
    assert writings.save_draft(one, typed(title="改了"), one.version, "", town.cadre.user).title == "改了"
    assert refusal(writings.take_back, one, town.cadre.user) == "只有等待审阅的才能撤回。（目前：在写。）"


def test_what_was_accepted_changes_no_more(town):
    one = town.accepted()
    said = "本文已经通过，不能再改；可以另写一篇。"
    assert refusal(writings.save_draft, one, typed(), one.version, "", town.cadre.user) == said
    assert refusal(hand_in, one) == said
    assert refusal(writings.take_back, one, town.cadre.user) == "只有等待审阅的才能撤回。（目前：已通过。）"
    assert refusal(accept, one, town.leader.user) == "只有已交稿的才能通过或退回。（目前：已通过。）"


def test_what_was_never_handed_in_can_be_deleted_and_the_rest_not(town):
    one = town.begun()
    writings.discard(one, town.cadre.user)
    assert not Writing.objects.exists()
    back = writings.take_back(town.handed_in(), town.cadre.user)
    assert refusal(writings.discard, back, town.cadre.user) == "本文交过稿，别人可能看过，不能删除。"


def test_two_devices_overwrite_nothing(town):
    one = town.begun()
    writings.save_draft(one, typed(title="手机上写的"), one.version, "phone", town.cadre.user, turn=1)
    for step in (writings.save_draft, writings.hand_in):
        with pytest.raises(Conflict) as conflict:
            step(one, typed(title="电脑上写的"), one.version, "desk", town.cadre.user, turn=1)
        assert conflict.value.stored.title == "手机上写的"
    with pytest.raises(Conflict):
        writings.import_word(one, b"", "稿.docx", one.version, town.cadre.user)


def test_only_the_leader_in_charge_decides(town):
    one, said = town.handed_in(), "本文由江海审阅，请交由其办理。"
    for person in (town.other, town.head, town.runs, town.editor):
        assert refusal(accept, one, person.user) == said
        assert refusal(send_back, one, person.user) == said


def test_nobody_accepts_their_own(town):
    assert refusal(accept, town.handed_in(), town.cadre.user) == "自己写的不能自己审阅。"


def test_a_deputy_decides_on_behalf_of_the_leader_who_is_away(town):
    deputy = town.person("苏敏", "leader")
    Absence.objects.create(person=town.leader, kind="leave", since=NOW.date(), deputy=deputy)
    one = town.handed_in()
    assert refusal(accept, one, town.leader.user) == "本文由苏敏审阅，请交由其办理。"
    assert accept(one, deputy.user).decided_for == town.leader


def test_the_office_decides_where_no_leader_can(town):
    one = town.handed_in(town.head)
    assert refusal(accept, one, town.leader.user) == "本文由效能办审阅，请交由其办理。"
    assert accept(one, town.runs.user).state == "accepted"


def test_a_return_needs_words_and_an_acceptance_does_not(town):
    one = town.handed_in()
    assert refusal(send_back, one, town.leader.user, " ") == "请写明要改什么，作者会看到。"
    assert refusal(send_back, one, town.leader.user, "长" * 1001) == "请控制在1000个字以内。"
    accept(one, town.leader.user, " ")
    assert not WritingComment.objects.exists()


def test_what_changed_since_it_was_opened_is_read_again(town):
    opened = town.handed_in()
    one = writings.take_back(opened, town.cadre.user)
    hand_in(one, text=TEXT + "又改了。")
    assert refusal(accept, opened, town.leader.user) == "您打开后作者又改过，请按现在的文字重新审阅。"


def test_who_may_read_it_comments_once_it_was_handed_in(town):
    one = town.begun()
    assert refusal(writings.comment, one, "早了", town.cadre.user) == "交稿后才能发表意见。（目前：在写。）"
    one = hand_in(one)
    for person in (town.leader, town.cadre, town.runs):
        writings.comment(one, f"{person.name}说", person.user)
    assert list(one.comments.values_list("text", flat=True)) == ["江海说", "田野说", "沈静说"]
    assert refusal(writings.comment, one, " ", town.leader.user) == "请写下您的意见。"
    assert refusal(writings.comment, one, "我也说", town.other.user) == (
        "本文只有作者、分管领导和效能办可以看，请勿处理。"
    )


def test_who_reads_what(town):
    supervisor = town.person("李旻", "supervisor")
    everybody = (town.cadre, town.other, town.leader, town.head, town.runs, supervisor)
    one = town.begun()

    def readers():
        return [person.name for person in everybody if may_read(person.user, one)]

    assert readers() == ["田野"]
    one = hand_in(one)
    assert readers() == ["田野", "江海", "沈静", "李旻"]


def test_somebody_is_let_off_with_a_reason_and_asked_again(town):
    user = town.runs.user
    assert refusal(writings.release, town.cadre, YEAR, " ", user) == "请写明免写原因，如长期病假、外派。"
    assert refusal(writings.release, town.cadre, YEAR, "长" * 301, user) == "请控制在300个字以内。"
    assert refusal(writings.release, town.runs, YEAR, "忙", user) == "涉及您本人，请由效能办其他同志办理。"
    assert refusal(writings.release, town.cadre, YEAR, "病假", town.cadre.user) == (
        "您的账号没有这项权限，请联系效能办。"
    )
    found = writings.release(town.cadre, YEAR, "今年3月起长期病假。", user)
    assert refusal(writings.release, town.cadre, YEAR, "病假", user) == "田野在2026年已经免写。"
    assert refusal(writings.ask_again, found, town.cadre.user) == "您的账号没有这项权限，请联系效能办。"
    writings.ask_again(found, user)
    assert not town.cadre.writing_releases.exists()


def test_nobody_takes_back_their_own_release(town):
    colleague = town.person("方圆", "efficiency_office", unit=town.office)
    found = writings.release(town.runs, YEAR, "长期外派。", colleague.user)
    assert refusal(writings.ask_again, found, town.runs.user) == "涉及您本人，请由效能办其他同志办理。"


def test_the_unit_is_the_one_somebody_works_in_on_the_day(town):
    one = town.handed_in()
    town.cadre.appointments.update(until=NOW.date())
    appoint(town.cadre, town.centre, since=NOW.date() + datetime.timedelta(days=1))
    assert one.unit == town.office


def test_the_wish_belongs_to_the_author(town):
    one = town.accepted()
    assert refusal(study_pages.wish, one, town.other.user) == "本文作者是田野，是否发表由作者本人决定。"
    assert refusal(study_pages.withdraw_wish, one, town.leader.user) == "本文作者是田野，是否发表由作者本人决定。"
