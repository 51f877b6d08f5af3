"""What is asked, put off, withdrawn and confirmed, and what is refused, in the words people see."""

import datetime

import pytest
from wagtail.models import ModelLogEntry

from suite.roles.domain import group
from tests.refusals import refusal
from tests.training.reading.staging import FRIDAY, ONE_DAY, TODAY, put
from tests.training.town import appoint, leave
from training.domain.lifecycle import reading as lifecycle
from training.domain.materials.versions import current
from training.domain.reading import shown
from training.models import MaterialPage, ReadingConfirmation, Requirement, SheetShown


@pytest.fixture
def text(room):
    return room.material()


@pytest.fixture
def slides(room):
    return room.material("防汛课件", sheets=3)


def confirmed():
    """Who confirmed what: (person, title, version)."""
    rows = ReadingConfirmation.objects.values_list("person__name", "version__material__title", "version__number")
    return sorted(rows)


def test_who_runs_training_asks_and_the_log_says_whom(room, text, cadre):
    made = room.ask(text, roles=["cadre"], units=[room.team], people=[room.clerk])
    entry = ModelLogEntry.objects.get(action="training.ask_reading")
    assert (made.asked_by, made.due, made.reason) == (room.clerk.user, FRIDAY, "上级要求")
    named = f"{group('cadre').name}、农业服务队、沈静"
    assert entry.data == {"until": "2026年11月6日", "whom": named, "people": 2}


def test_today_is_a_day_by_which_to_read_and_yesterday_is_not(room, text, cadre):
    assert room.ask(text, TODAY, people=[cadre]).due == TODAY
    said = refusal(room.ask, text, TODAY - ONE_DAY, people=[cadre])
    assert said == "该日期已过：请选择今天或者以后的日期。"


def test_only_who_runs_training_asks_extends_or_withdraws(room, text, cadre):
    made = room.ask(text, people=[cadre])
    said = "您的账号没有这项权限，请联系效能办。"
    assert refusal(lifecycle.ask, text, FRIDAY, "x", cadre.user, people=[cadre]) == said
    assert refusal(lifecycle.extend, made, FRIDAY + ONE_DAY, cadre.user) == said
    assert refusal(lifecycle.withdraw, made, "x", cadre.user) == said


def test_a_reason_is_asked_for_short_and_without_personal_numbers(room, text, cadre):
    assert refusal(room.ask, text, reason="  ", people=[cadre]) == "请用一句话写明为什么要学。"
    assert refusal(room.ask, text, reason="学" * 201, people=[cadre]) == "请控制在200个字以内。"
    assert "13812345678" not in refusal(room.ask, text, reason="问13812345678", people=[cadre]) != ""
    assert not Requirement.objects.exists()


def test_a_draft_is_not_asked_for(room, text, cadre):
    put(text, live=False)
    assert refusal(room.ask, text, people=[cadre]) == "《保密须知》尚未发布：请先发布。"


def test_somebody_in_service_has_to_be_meant(room, text, cadre):
    said = "没有涉及任何在职人员：请至少选择一个有人的角色、单位或者人员。"
    leave(cadre)
    assert [refusal(room.ask, text), refusal(room.ask, text, people=[cadre])] == [said, said]
    assert not Requirement.objects.exists()


def narrowed(room, title="窗口规范"):
    """A material for those who have a post in the team."""
    material = room.material(title)
    MaterialPage.units.through.objects.create(materialpage=material, unit=room.team)
    return MaterialPage.objects.get(pk=material.pk)


def test_who_may_not_read_the_material_is_not_asked_to_and_named(room, cadre):
    room.person("白露", "cadre", unit=room.centre)
    room.person("石磊", "cadre", unit=room.team)
    room.person("无号", unit=room.centre, account=False)
    said = refusal(room.ask, narrowed(room), roles=["cadre"], units=[room.centre])
    assert said == ("以下人员无权查看《窗口规范》：白露、田野。请把资料的适用对象扩大到他们，或者不要求他们学习。")


def test_many_who_may_not_read_are_not_all_named(room):
    for number in range(11):
        room.person(f"干部{number:02}", "cadre", unit=room.centre)
    said = refusal(room.ask, narrowed(room), roles=["cadre"])
    assert "干部09等。请把" in said
    assert "干部10" not in said


def test_who_may_read_for_another_reason_is_asked(room, cadre):
    stone = room.person("石磊", "cadre", unit=room.team)
    made = room.ask(narrowed(room), people=[stone, room.clerk])
    assert set(made.people.all()) == {stone, room.clerk}


def test_a_later_day_gives_longer(room, text, cadre):
    made = room.ask(text, people=[cadre])
    made = lifecycle.extend(made, FRIDAY + ONE_DAY, room.clerk.user)
    assert Requirement.objects.get().due == made.due == FRIDAY + ONE_DAY
    entry = ModelLogEntry.objects.get(action="training.extend_reading")
    assert entry.data == {"before": "2026年11月6日", "after": "2026年11月7日"}


def test_an_earlier_day_a_day_that_is_over_and_what_was_withdrawn_are_not_put_off(room, text, cadre):
    made = room.ask(text, people=[cadre])
    user = room.clerk.user
    assert refusal(lifecycle.extend, made, FRIDAY, user) == "现在的期限是2026年11月6日：请选择更晚的日期。"
    assert refusal(lifecycle.extend, made, TODAY - ONE_DAY, user) == "该日期已过：请选择今天或者以后的日期。"
    lifecycle.withdraw(made, "文件已废止", user)
    said = refusal(lifecycle.extend, made, FRIDAY + ONE_DAY, user)
    assert said == "已撤回的不能延期：请重新布置。（目前：已撤回。）"


def test_it_is_withdrawn_once_with_a_reason_and_confirmations_stay(room, text, cadre):
    made = room.ask(text, people=[cadre])
    room.read(cadre, text)
    user = room.clerk.user
    assert refusal(lifecycle.withdraw, made, " ", user) == "请用一句话写明为什么撤回，有关人员能看到。"
    lifecycle.withdraw(made, "文件已废止", user)
    assert refusal(lifecycle.withdraw, made, "再撤", user) == "此前已经撤回，不再要求任何人学习。（目前：已撤回。）"
    assert confirmed() == [("田野", "保密须知", 1)]


def test_who_was_shown_everything_confirms_once(room, slides, cadre):
    room.ask(slides, people=[cadre])
    first = room.read(cadre, slides)
    assert lifecycle.confirm(cadre, slides, 1) == first
    assert confirmed() == [("田野", "防汛课件", 1)]


def test_who_was_not_shown_every_sheet_does_not_confirm(room, slides, cadre):
    room.ask(slides, people=[cadre])
    version = current(slides)
    shown.note(cadre, version, 2)
    assert refusal(lifecycle.confirm, cadre, slides, 1) == "这些页您还没有看过：1、3。请看过以后再确认。"
    shown.note(cadre, version, 1)
    shown.note(cadre, version, 3)
    lifecycle.confirm(cadre, slides, 1)
    assert confirmed() == [("田野", "防汛课件", 1)]


def test_what_a_colleague_saw_does_not_count(room, slides, cadre):
    other = room.person("白露", "cadre")
    room.ask(slides, people=[cadre, other])
    room.look(other, slides)
    assert refusal(lifecycle.confirm, cadre, slides, 1) == "这些页您还没有看过：1、2、3。请看过以后再确认。"


def test_a_text_is_confirmed_after_its_end_was_reached(room, text, cadre):
    room.ask(text, people=[cadre])
    said = "您还没有看到最后：请打开资料看完，在末尾确认。"
    assert refusal(lifecycle.confirm, cadre, text, 1) == said
    shown.note_end(cadre, current(text), "nonsense")
    other = room.person("白露")
    shown.note_end(cadre, current(text), shown.end_token(other, current(text)))
    assert refusal(lifecycle.confirm, cadre, text, 1) == said
    shown.note_end(cadre, current(text), shown.end_token(cadre, current(text)))
    lifecycle.confirm(cadre, text, 1)
    assert confirmed() == [("田野", "保密须知", 1)]


def test_the_end_of_an_older_version_is_not_the_end_of_the_present_one(room, text, cadre):
    room.ask(text, people=[cadre])
    old = shown.end_token(cadre, current(text))
    room.version(text)
    shown.note_end(cadre, current(text), old)
    assert not SheetShown.objects.exists()


def test_numbers_that_a_version_does_not_have_are_passed_over(room, slides, cadre):
    for number in (0, 4, -1, 99999):
        shown.note(cadre, current(slides), number)
    assert not SheetShown.objects.exists()


def test_an_older_version_is_not_confirmed_and_what_changed_is_said(room, text, cadre):
    room.ask(text, people=[cadre])
    room.look(cadre, text)
    room.version(text, what_changed="罚款标准提高。")
    room.version(text, matters=False, what_changed="改了错字")
    assert refusal(lifecycle.confirm, cadre, text, 1) == (
        "第1版之后有改动：罚款标准提高；改了错字。请打开第3版，看到最后再确认。"
    )
    assert confirmed() == []


def test_a_version_without_words_about_the_change_or_one_that_never_was_is_not_confirmed(room, text, cadre):
    room.ask(text, people=[cadre])
    room.version(text)
    said = "现在是第2版：请打开，看到最后再确认。"
    assert [refusal(lifecycle.confirm, cadre, text, number) for number in (0, 1, 7)] == [said, said, said]


def test_who_is_not_asked_confirms_nothing(room, text, cadre):
    other = room.person("白露", "cadre", unit=room.centre)
    room.ask(text, people=[other])
    room.look(cadre, text)
    said = refusal(lifecycle.confirm, cadre, text, 1)
    assert said == "没有要求您学习这份资料，不需要确认；欢迎自行阅读。"


def test_what_was_withdrawn_is_not_confirmed_and_the_reason_is_said(room, text, cadre):
    made = room.ask(text, people=[cadre])
    room.look(cadre, text)
    lifecycle.withdraw(made, "文件已废止。", room.clerk.user)
    said = refusal(lifecycle.confirm, cadre, text, 1)
    assert said == "已于2026年11月2日撤回：文件已废止。不需要确认。"


def test_of_two_that_were_withdrawn_the_last_reason_is_said(room, text, cadre, time):
    first, second = room.ask(text, people=[cadre]), room.ask(text, roles=["cadre"])
    room.look(cadre, text)
    lifecycle.withdraw(second, "重复布置", room.clerk.user)
    time.go(minutes=1)
    lifecycle.withdraw(first, "文件已废止", room.clerk.user)
    said = refusal(lifecycle.confirm, cadre, text, 1)
    assert said == "已于2026年11月2日撤回：文件已废止。不需要确认。"


def test_what_is_asked_a_second_time_is_still_asked_when_one_is_withdrawn(room, text, cadre):
    made = room.ask(text, people=[cadre])
    room.ask(text, roles=["cadre"])
    lifecycle.withdraw(made, "重复布置", room.clerk.user)
    room.read(cadre, text)
    assert confirmed() == [("田野", "保密须知", 1)]


def test_who_left_confirms_nothing_and_who_came_back_does(room, text, cadre):
    room.ask(text, units=[room.office])
    room.look(cadre, text)
    leave(cadre)
    said = refusal(lifecycle.confirm, cadre, text, 1)
    assert said == "田野已不在职，不再要求学习；如已回来工作，请先登记为在职。"
    cadre.active = True
    cadre.save()
    lifecycle.confirm(cadre, text, 1)
    assert confirmed() == [("田野", "保密须知", 1)]


def test_who_moved_to_another_unit_is_asked_there_and_not_where_they_were(room, text, slides, cadre):
    room.ask(text, units=[room.office])
    room.person("石磊", unit=room.team)
    room.ask(slides, units=[room.team])
    cadre.appointments.update(until=TODAY - ONE_DAY)
    appoint(cadre, room.team, since=TODAY)
    room.look(cadre, text)
    assert refusal(lifecycle.confirm, cadre, text, 1).startswith("没有要求您学习这份资料")
    room.read(cadre, slides)
    assert confirmed() == [("田野", "防汛课件", 1)]


def test_what_was_taken_down_or_closed_to_somebody_is_not_confirmed(room, text, cadre):
    room.ask(text, people=[cadre])
    room.look(cadre, text)
    MaterialPage.units.through.objects.create(materialpage=text, unit=room.team)
    said = "您目前看不到《保密须知》：请联系效能办发布资料或者开放权限。"
    assert refusal(lifecycle.confirm, cadre, text, 1) == said
    MaterialPage.units.through.objects.all().delete()
    put(text, live=False)
    assert refusal(lifecycle.confirm, cadre, text, 1) == said


def test_the_day_is_the_moment_of_a_sample(room, text, cadre):
    """A sample asks in the past: its day is compared with the day on which it was asked."""
    at = datetime.datetime(2026, 9, 1, 8, 0, tzinfo=datetime.UTC)
    made = lifecycle.ask(text, datetime.date(2026, 9, 30), "学习", None, people=[cadre], at=at)
    assert (made.asked_at, made.asked_by) == (at, None)
