"""Every change is checked, written and logged, or refused with a text that says what to do."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from wagtail.log_actions import registry

from organisation.domain import lifecycle, queries
from organisation.models import Appointment, OrganisationSettings, Person, Post, Unit


def refusal(function, *args, **kwargs):
    with pytest.raises(ValidationError) as caught:
        function(*args, **kwargs)
    return " ".join(caught.value.messages)


def actions(row):
    return [entry.action for entry in registry.get_logs_for_instance(row).order_by("timestamp", "pk")]


def test_an_appointment_is_logged_with_who_did_it(town, day, django_user_model):
    clerk = django_user_model.objects.create_user("clerk")
    made = lifecycle.appoint(town.wang, town.head, clerk, day("2026-01-01"))
    entry = registry.get_logs_for_instance(made).get()
    assert (entry.action, entry.user, entry.data["person"], entry.data["before"]) == (
        "organisation.appoint",
        clerk,
        "王堃",
        {},
    )


def test_the_same_post_is_not_held_twice_at_once(town, day):
    lifecycle.appoint(town.wang, town.clerk, None, day("2026-01-01"), day("2026-06-30"))
    text = refusal(lifecycle.appoint, town.wang, town.clerk, None, day("2026-06-30"))
    assert text == "王堃自2026-01-01起已任此岗位。请先结束该任职，或直接修改它。"
    assert lifecycle.appoint(town.wang, town.clerk, None, day("2026-07-01")).pk


def test_different_posts_may_overlap(town, day):
    lifecycle.appoint(town.wang, town.head, None, day("2026-01-01"))
    lifecycle.appoint(town.wang, town.clerk, None, day("2026-01-01"), kind="concurrent")
    assert queries.posts_of(town.wang, day("2026-02-01")).count() == 2


def test_an_established_number_is_not_exceeded_on_any_day(town, day):
    lifecycle.appoint(town.wang, town.head, None, day("2026-03-01"), day("2026-03-31"))
    text = refusal(lifecycle.appoint, town.li, town.head, None, day("2026-01-01"))
    assert text == (
        "社会事业服务中心 主任核定编制1名，2026-03-01已由王堃占用。请结束一项任职、增加编制数，或在机构设置中允许超编。"
    )
    assert lifecycle.appoint(town.li, town.head, None, day("2026-01-01"), day("2026-02-28")).pk


def test_successors_one_after_the_other_do_not_add_up(town, day):
    post = Post.objects.create(unit=town.team, name="会计", established=2)
    lifecycle.appoint(town.wang, post, None, day("2026-01-01"), day("2026-03-31"))
    lifecycle.appoint(town.li, post, None, day("2026-04-01"))
    assert lifecycle.appoint(town.zhao, post, None, day("2026-01-01")).pk


def test_an_office_may_allow_more_than_the_established_number(town, day):
    settings = OrganisationSettings.load()
    settings.allow_over_established = True
    settings.save()
    lifecycle.appoint(town.wang, town.head, None, day("2026-01-01"))
    assert lifecycle.appoint(town.li, town.head, None, day("2026-01-01")).pk


def test_whoever_holds_an_exclusive_post_holds_no_other(town, day):
    town.head.exclusive = True
    town.head.save()
    lifecycle.appoint(town.wang, town.head, None, day("2026-01-01"))
    text = refusal(lifecycle.appoint, town.wang, town.clerk, None, day("2026-02-01"))
    assert text == "担任社会事业服务中心 主任的人不得兼任其他岗位。请先结束或不安排：民政服务队 队员。"


def test_nobody_is_appointed_to_a_closed_unit(town, day):
    lifecycle.close_unit(town.upper, day("2025-12-31"), None)
    town.secretary.refresh_from_db()
    text = refusal(lifecycle.appoint, town.wang, town.secretary, None, day("2026-01-01"))
    assert text == "上塘村已于2025-12-31撤销。请选择仍存在的单位，或把结束日期定在那一天。"


def test_an_appointment_does_not_end_before_it_begins(town, day):
    made = lifecycle.appoint(town.wang, town.head, None, day("2026-03-01"))
    text = refusal(lifecycle.end_appointment, made, day("2026-02-28"), None)
    assert text == "结束日期早于起始日期。请更正其中一个日期。"
    assert Appointment.objects.get().until is None


def test_what_has_ended_is_not_ended_again(town, day):
    made = lifecycle.appoint(town.wang, town.head, None, day("2026-01-01"), day("2026-02-28"))
    assert refusal(lifecycle.end_appointment, made, day("2026-03-31"), None) == (
        "此项已于2026-02-28结束。如日期有误，请更正该日期。"
    )


def test_someone_who_has_left_is_not_appointed(town, day):
    lifecycle.leave(town.wang, day("2025-12-31"), None)
    town.wang.refresh_from_db()
    assert refusal(lifecycle.appoint, town.wang, town.head, None, day("2026-01-01")) == (
        "王堃已不在此任职。请先将其标为在职。"
    )


def test_a_transfer_ends_the_old_post_the_day_before(town, day):
    old = lifecycle.appoint(town.wang, town.clerk, None, day("2025-01-01"))
    new = lifecycle.transfer(old, town.head, day("2026-01-01"), None)
    old.refresh_from_db()
    assert (old.until, new.since, new.post, new.kind) == (day("2025-12-31"), day("2026-01-01"), town.head, "full")


def test_a_refused_transfer_leaves_the_old_post_alone(town, day):
    lifecycle.appoint(town.li, town.head, None, day("2025-01-01"))
    old = lifecycle.appoint(town.wang, town.clerk, None, day("2025-01-01"))
    refusal(lifecycle.transfer, old, town.head, day("2026-01-01"), None)
    old.refresh_from_db()
    assert (old.until, actions(old)) == (None, ["organisation.appoint"])


def test_one_leader_at_a_time_is_in_charge_of_a_unit(town, day):
    held = lifecycle.take_charge(town.wang, town.centre, None, day("2025-01-01"))
    text = refusal(lifecycle.take_charge, town.li, town.centre, None, day("2026-01-01"))
    assert text == "王堃自2025-01-01起分管社会事业服务中心。请办理交接，或先结束该项分管。"
    lifecycle.hand_over(held, town.li, day("2026-01-01"), None)
    assert queries.in_charge_of(town.centre, day("2025-12-31")) == town.wang
    assert queries.in_charge_of(town.centre, day("2026-01-01")) == town.li


def test_cadres_are_stationed_in_villages_only(town, day):
    text = refusal(lifecycle.take_charge, town.li, town.centre, None, day("2026-01-01"), kind="stationed")
    assert text == "驻村和联村只能选择行政村或社区。"


def test_closing_a_unit_ends_what_is_in_it_and_below_it(town, day):
    lifecycle.appoint(town.wang, town.clerk, None, day("2025-01-01"))
    lifecycle.take_charge(town.li, town.centre, None, day("2025-01-01"))
    lifecycle.close_unit(town.centre, day("2025-12-31"), None, "机构改革")
    assert not queries.units(day("2026-01-01")).filter(pk__in=[town.centre.pk, town.team.pk]).exists()
    assert not queries.posts_of(town.wang, day("2026-01-01")).exists()
    assert queries.in_charge_of(town.team, day("2025-12-31")) == town.li
    assert queries.in_charge_of(town.team, day("2026-01-01")) is None


def test_a_merged_village_keeps_its_history(town, day):
    for village, people in ((town.upper, 900), (town.lower, 600)):
        Unit.objects.filter(pk=village.pk).update(population=people, figures_as_of=day("2024-12-31"))
        village.refresh_from_db()
    hamlet = Unit.objects.create(parent=town.upper, kind="natural_village", name="塘头")
    lifecycle.appoint(town.wang, town.secretary, None, day("2024-01-01"))
    lifecycle.merge_units([town.upper], town.lower, day("2025-12-31"), None)
    last_year, this_year = day("2025-12-31"), day("2026-01-01")
    assert [unit.name for unit in queries.units(last_year, ["village"])] == ["上塘村", "下塘村"]
    assert [unit.name for unit in queries.units(this_year, ["village"])] == ["下塘村"]
    hamlet.refresh_from_db()
    assert (hamlet.parent, hamlet.merged_into.parent, hamlet.merged_into.name) == (town.upper, town.lower, "塘头")
    assert [*queries.people_of(town.upper, last_year)] == [town.wang]
    assert Unit.objects.get(pk=town.lower.pk).population == 1500


@pytest.mark.parametrize(
    ("units", "into", "text"),
    [
        (["lower"], "lower", "单位不能并入自身。请把它从清单中去掉。"),
        (["centre"], "lower", "社会事业服务中心与下塘村种类不同。请合并同一种类的单位。"),
    ],
)
def test_units_that_do_not_fit_are_not_merged(town, day, units, into, text):
    merged = [getattr(town, name) for name in units]
    assert refusal(lifecycle.merge_units, merged, getattr(town, into), day("2025-12-31"), None) == text
    assert not Unit.objects.filter(until__isnull=False).exists()


def test_a_unit_with_people_in_office_is_not_closed_by_its_form(town, day):
    lifecycle.appoint(town.wang, town.clerk, None, day("2025-01-01"))
    town.team.until = day("2025-12-31")
    assert refusal(lifecycle.correct, town.team, None) == (
        "民政服务队还不能撤销。请先调整或结束：王堃 民政服务队 队员。"
    )


def test_a_correction_logs_before_and_after_but_no_private_mobile(town):
    town.wang.mobile, town.wang.work_phone = "19912345678", "8812 0101"
    lifecycle.correct(town.wang, None)
    town.wang.mobile = "19912345699"
    lifecycle.correct(town.wang, None)
    first, second = registry.get_logs_for_instance(town.wang).order_by("timestamp", "pk")
    assert first.data["after"] == {"办公电话": "8812 0101", "私人手机": "*********78"}
    assert (second.data["before"], second.data["after"]) == (
        {"私人手机": "*********78"},
        {"私人手机": "*********99"},
    )


def test_a_row_that_others_refer_to_is_not_deleted(town, day):
    lifecycle.appoint(town.wang, town.head, None, day("2026-01-01"))
    assert refusal(lifecycle.delete, town.wang, None) == (
        "无法删除王堃，因为这些记录引用了它：王堃 社会事业服务中心 主任。请改为结束或撤销。"
    )
    assert actions(town.wang) == []
    lifecycle.delete(town.zhao, None)
    assert not Person.objects.filter(pk=town.zhao.pk).exists()


def test_who_leaves_loses_posts_and_account_but_not_the_past(town, day):
    from organisation.domain.accounts import open_account

    lifecycle.appoint(town.wang, town.head, None, day("2025-01-01"))
    account = open_account(town.wang, "wangkun", "liushu-4716-he", None, ["cadre"])
    lifecycle.leave(town.wang, day("2025-12-31"), None, "调离")
    account = get_user_model().objects.get(pk=account.pk)
    assert (account.is_active, account.groups.count()) == (False, 0)
    assert [*queries.people_of(town.centre, day("2025-06-01"))] == [town.wang]
    assert not queries.people_of(town.centre, day("2026-06-01")).exists()
