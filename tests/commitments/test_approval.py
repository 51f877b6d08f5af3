"""Who approves whose commitment, and what they do with it."""

import datetime

from django.contrib.auth.models import AnonymousUser

from commitments.domain.lifecycle import commitments
from commitments.domain.queries import waiting_for_approval
from commitments.domain.responsibility import approver_of, is_own
from commitments.enums import CommitmentState
from commitments.models import CommitmentsSettings
from organisation.domain.charge import Decider
from organisation.enums import AbsenceKind, ResponsibilityKind, UnitKind
from organisation.models import Absence, Appointment, Person, Responsibility
from suite.roles.domain import group
from tests.commitments.staging import (
    LONG_AGO,
    appoint,
    approved,
    commitment,
    filed,
    in_charge,
    person,
    unit,
)
from tests.commitments.staging import (
    month as open_month,
)
from tests.refusals import refusal

TODAY = datetime.date(2026, 11, 2)
NO_RIGHT = "您的账号没有这项权限，请联系效能办。"


def away(who, deputy=None, since=TODAY, until=None):
    return Absence.objects.create(person=who, kind=AbsenceKind.TRIP, since=since, until=until, deputy=deputy)


def of(who, month):
    return approver_of(commitment(who, month))


# Who.


def test_the_leader_in_charge_of_the_unit_approves(made, month):
    assert of(made.cadre, month) == Decider(made.leader)
    assert of(made.other, month) == Decider(made.deputy)


def test_where_nobody_is_in_charge_of_the_unit_the_leader_of_the_one_above_approves(made, month):
    assert of(made.third, month) == Decider(made.deputy)


def test_where_nobody_is_in_charge_at_all_the_head_approves(made, month):
    Responsibility.objects.all().delete()
    assert of(made.cadre, month) == Decider(made.head)


def test_a_leaders_own_is_approved_by_the_head(made, month):
    """Also where they are in charge of the unit they work in."""
    assert of(made.leader, month) == Decider(made.head)
    in_charge(made.leader, made.seat)
    assert of(made.leader, month) == Decider(made.head)


def test_the_heads_own_is_approved_by_whom_the_office_names(made, month):
    assert of(made.head, month) == Decider(made.deputy)
    in_charge(made.leader, made.seat)
    assert of(made.head, month) == Decider(made.deputy)


def test_the_head_never_approves_their_own(made, month):
    for named in (None, made.head):
        CommitmentsSettings.objects.update(head_approver=named)
        assert of(made.head, month) is None
    in_charge(made.head, made.seat)
    assert of(made.head, month) is None


def test_where_nobody_holds_the_first_post_who_is_in_charge_of_the_township_is_its_head(made, month):
    Appointment.objects.filter(post__unit=made.seat).delete()
    in_charge(made.leader, made.seat)
    assert of(made.head, month) == Decider(made.leader)
    assert of(made.leader, month) == Decider(made.deputy)


def lead(*users):
    """Give these accounts a leader's rights."""
    for user in users:
        user.groups.add(group("leader"))


def test_the_deputy_of_an_absent_leader_approves_on_their_behalf(made, month):
    lead(made.users.clerk)
    away(made.leader, made.clerk)
    assert of(made.cadre, month) == Decider(made.clerk, made.leader)


def test_a_deputy_who_may_approve_nothing_is_passed_over_for_the_head(made, month):
    away(made.leader, made.clerk)
    assert of(made.cadre, month) == Decider(made.head)


def test_nobody_approves_their_own_as_a_deputy(made, month):
    lead(made.users.cadre)
    away(made.leader, made.cadre)
    assert of(made.cadre, month) == Decider(made.head)
    assert of(made.clerk, month) == Decider(made.cadre, made.leader)


def test_the_deputys_deputy_approves_where_the_deputy_is_away_too(made, month):
    lead(made.users.clerk)
    away(made.leader, made.deputy)
    away(made.deputy, made.clerk)
    assert of(made.cadre, month) == Decider(made.clerk, made.leader)


def test_an_absent_leader_without_a_deputy_is_passed_over_for_the_head(made, month):
    away(made.leader)
    assert of(made.cadre, month) == Decider(made.head)
    away(made.head)
    assert of(made.cadre, month) == Decider(made.deputy)


def test_who_is_back_approves_again(made, month):
    away(made.leader, made.clerk, TODAY - datetime.timedelta(days=9), TODAY - datetime.timedelta(days=1))
    assert of(made.cadre, month) == Decider(made.leader)


def test_a_leader_without_an_account_or_out_of_service_is_passed_over(made, month):
    Person.objects.filter(pk=made.leader.pk).update(active=False)
    assert of(made.cadre, month) == Decider(made.head)
    Person.objects.filter(pk=made.leader.pk).update(active=True, user=None)
    assert of(made.cadre, month) == Decider(made.head)


def test_a_charge_that_ended_yesterday_counts_no_more(made, month, time):
    Responsibility.objects.filter(person=made.leader).update(until=TODAY)
    assert of(made.cadre, month) == Decider(made.leader)
    time.go(days=1)
    assert of(made.cadre, month) == Decider(made.head)


def test_who_approves_everything_that_waits_is_asked_for_with_the_same_few_queries(
    made, month, django_assert_num_queries
):
    for who in (made.cadre, made.other, made.third, made.clerk, made.leader, made.head):
        filed(who, month)
    lead(made.users.clerk)
    away(made.leader, made.clerk)
    # Two of them ask what the one who stands in may do.
    with django_assert_num_queries(11):
        found = {one.person.name: approver and approver.person.name for one, approver in waiting_for_approval()}
    assert found == {
        "田野": "沈静", "沈静": "顾明远", "白露": "苏敏", "石磊": "苏敏", "江海": "顾明远", "顾明远": "苏敏",
    }  # fmt: skip


# What they do.


def test_the_leader_approves_and_everybody_may_read_it(made, month, time):
    one = approved(made.cadre, month)
    assert (one.state, one.approved_by, one.approved_for, one.approved_at, one.draft) == (
        CommitmentState.APPROVED, made.users.leader, None, time.now, [],
    )  # fmt: skip


def test_a_deputys_approval_names_whom_they_stood_in_for(made, month):
    away(made.leader, made.deputy)
    one = approved(made.cadre, month)
    assert (one.approved_by, one.approved_for) == (made.users.deputy, made.leader)


def test_nobody_else_approves_or_returns(made, month):
    one = filed(made.cadre, month)
    assert approver_of(one) == Decider(made.leader)
    told = "田野的月承诺由江海审批，请交其办理。"
    for who in (made.users.deputy, made.users.head):
        assert refusal(commitments.approve, one, who) == told
        assert refusal(commitments.return_with_remark, one, "再改改。", who) == told
    for who in (made.users.cadre, made.users.clerk, made.users.supervisor):
        assert refusal(commitments.approve, one, who) == NO_RIGHT
        assert refusal(commitments.return_with_remark, one, "再改改。", who) == NO_RIGHT


def test_nobody_approves_their_own(made, month):
    one = filed(made.leader, month)
    assert refusal(commitments.approve, one, made.users.leader) == "本人的月承诺不能自己审批，由顾明远审批。"


def test_where_nobody_can_approve_it_says_whom_to_name(made, month):
    CommitmentsSettings.objects.update(head_approver=None)
    one = filed(made.head, month)
    told = (
        "顾明远的月承诺没有人可以审批：请登记石桥镇的分管领导，或其外出期间的代理人；"
        "一把手的月承诺，请在设置中指定审批人。"
    )
    assert refusal(commitments.approve, one, made.users.leader) == told


def test_it_is_returned_with_a_remark_and_filed_again(made, month):
    one, leader = filed(made.cadre, month), made.users.leader
    assert refusal(commitments.return_with_remark, one, " ", leader) == "请写明需要修改的地方，本人会看到。"
    assert refusal(commitments.return_with_remark, one, "改" * 501, leader) == "请控制在500个字以内。"
    one = commitments.return_with_remark(one, "目标要可量化。", leader)
    assert (one.state, one.remark, one.promises.count(), len(one.draft)) == (
        CommitmentState.RETURNED, "目标要可量化。", 0, 2,
    )  # fmt: skip
    told = "只有等待审批的月承诺可以退回。（目前：已退回。）"
    assert refusal(commitments.return_with_remark, one, "再改改。", leader) == told
    one = approved(made.cadre, month)
    assert (one.state, one.remark) == (CommitmentState.APPROVED, "")


def test_what_is_approved_is_not_approved_again(made, month):
    one = approved(made.cadre, month)
    told = "只有等待审批的月承诺可以批准。（目前：已批准公示。）"
    assert refusal(commitments.approve, one, made.users.leader) == told


def test_who_came_from_elsewhere_for_a_unit_is_approved_there(made, time):
    """Seconded into the team: its leader approves, not the one of the office they come from."""
    from organisation.enums import AppointmentKind

    appoint(made.cadre, made.team, "借调", AppointmentKind.SECONDED, since=LONG_AGO)
    month = open_month(made)
    assert of(made.cadre, month) == Decider(made.deputy)


def test_the_nearest_leader_in_charge_counts(made, month):
    later = unit("平安建设服务中心", UnitKind.CENTRE, made.seat, 5)
    one = person("任远", "newcomer", "leader")
    in_charge(one, made.team)
    in_charge(made.leader, later)
    assert of(made.third, month) == Decider(one)


def test_who_stands_in_for_a_leader_does_not_approve_that_leaders_own(made, month):
    in_charge(made.leader, made.seat)
    away(made.leader, made.deputy)
    assert of(made.leader, month) == Decider(made.head)


def test_who_is_responsible_for_a_unit_otherwise_is_not_in_charge_of_it(made, month):
    Responsibility.objects.update(kind=ResponsibilityKind.STATIONED)
    assert of(made.cadre, month) == Decider(made.head)


def test_a_visitor_is_nobody_also_where_somebody_has_no_account(made, month):
    Person.objects.filter(pk=made.cadre.pk).update(user=None)
    assert not is_own(AnonymousUser(), commitment(made.cadre, month))
