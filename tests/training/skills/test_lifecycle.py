"""A skill is claimed, confirmed by another, refused, withdrawn, ended."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from organisation.enums import AbsenceKind
from organisation.models import Absence
from suite.evidence import Link
from suite.evidence.domain import evidence_of
from suite.state import transitions
from tests.refusals import refusal
from tests.training.town import leave
from training.domain.lifecycle import skills as lifecycle
from training.domain.skills.confirming import EVIDENCE_KIND
from training.enums import SkillLevel, SkillState
from training.models import PersonSkill, Skill

USES, SKILLED, TEACHES = SkillLevel.USES, SkillLevel.SKILLED, SkillLevel.TEACHES


def states(person):
    return [(row.level, row.state) for row in PersonSkill.objects.filter(person=person).order_by("pk")]


def test_what_is_claimed_waits_with_its_evidence_until_another_confirms_it(town):
    claimed = town.claim(links=[Link("https://example.com/p", "航拍图")])
    assert (claimed.state, claimed.claimed_by) == (SkillState.CLAIMED, town.cadre.user)
    assert [str(one) for one in evidence_of((EVIDENCE_KIND, claimed.pk))] == ["航拍图"]
    done = lifecycle.confirm(claimed, SKILLED, town.leader.user)
    assert (done.state, done.level, done.decided_by) == (SkillState.CONFIRMED, SKILLED, town.leader.user)
    actions = ModelLogEntry.objects.filter(object_id=str(claimed.pk)).order_by("pk").values_list("action", flat=True)
    assert [one for one in actions if one.startswith("training")] == ["training.claim_skill", "training.confirm_skill"]


def test_who_decides_may_confirm_less_than_was_claimed(town):
    assert lifecycle.confirm(town.claim(level=TEACHES), USES, town.clerk.user).level == USES


def test_nobody_confirms_their_own_skill(town):
    said = "不能认定自己的技能，请由分管领导或者效能办认定。"
    assert refusal(lifecycle.confirm, town.claim(town.clerk), SKILLED, town.clerk.user) == said
    assert refusal(lifecycle.refuse, town.claim(town.leader), "不行", town.leader.user) == said


def test_a_leader_confirms_for_the_units_in_charge_and_for_those_below(town):
    of_office, of_team = town.claim(), town.claim(town.farmer)
    said = "只有路遥的分管领导或者效能办可以认定这项技能。"
    assert refusal(lifecycle.confirm, of_team, SKILLED, town.leader.user) == said
    for nobody in (town.supervisor.user, town.farmer.user):
        assert refusal(lifecycle.confirm, of_office, SKILLED, nobody) == said.replace("路遥", "方旭")
    assert lifecycle.confirm(of_team, SKILLED, town.other.user).state == SkillState.CONFIRMED
    assert lifecycle.confirm(of_office, SKILLED, town.head.user).state == SkillState.CONFIRMED


def test_who_stands_in_for_a_leader_confirms_meanwhile(town):
    claimed, today = town.claim(), timezone.localdate()
    assert refusal(lifecycle.confirm, claimed, SKILLED, town.other.user) != ""
    Absence.objects.create(person=town.leader, kind=AbsenceKind.TRIP, since=today, until=today, deputy=town.other)
    assert lifecycle.confirm(claimed, SKILLED, town.other.user).decided_by == town.other.user


def test_what_the_office_enters_for_somebody_without_a_desk_another_confirms(town):
    elder = town.person("钱有福", unit=town.office, account=False)
    claimed = town.claim(elder, by=town.clerk.user)
    said = "这项申报由您录入，请交分管领导认定。"
    assert refusal(lifecycle.confirm, claimed, SKILLED, town.clerk.user) == said
    assert lifecycle.confirm(claimed, SKILLED, town.leader.user).state == SkillState.CONFIRMED


def test_nobody_claims_for_somebody_who_can_do_so_themselves(town):
    said = "方旭有自己的办公桌，请由本人在那里申报技能。"
    assert refusal(town.claim, town.cadre, by=town.clerk.user) == said
    assert refusal(town.claim, town.cadre, by=town.leader.user) == said
    leave(town.cadre)
    assert refusal(town.claim, town.cadre) == "方旭不在职，请选择在职人员。"


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"level": 4}, "level", "请选择您的掌握程度。"),
        ({"proof": "  "}, "proof", "请写明凭据：何时何地做过什么。"),
        ({"proof": "拍" * 501}, "proof", "最多 500 个字，请缩短。"),
    ],
)
def test_a_claim_says_how_well_and_what_shows_it(town, changes, field, said):
    with pytest.raises(ValidationError) as refused:
        town.claim(**changes)
    assert refused.value.message_dict == {field: [said]}


def test_no_personal_number_stands_in_what_shows_it(town):
    with pytest.raises(ValidationError) as refused:
        town.claim(proof="证书编号同身份证 11010519491231002X")
    assert list(refused.value.message_dict) == ["proof"]


def test_a_skill_that_is_not_offered_is_not_claimed(town):
    town.drone.active = False
    town.drone.save()
    assert refusal(town.claim) == "这项技能已不接受申报，请另选一项。"


def test_a_skill_is_claimed_once_at_a_time_and_then_at_a_higher_level_only(town):
    claimed = town.claim(level=USES)
    assert refusal(town.claim, level=TEACHES) == "这项技能已经申报，请等待认定或者先撤回。"
    lifecycle.confirm(claimed, USES, town.clerk.user)
    assert refusal(town.claim, level=USES) == "这项技能已按这一程度认定，请申报更高的程度。"
    higher = town.claim(level=SKILLED)
    said = "已认定“会用”，请认定更高的程度，或者写明原因不予认定。"
    assert refusal(lifecycle.confirm, higher, USES, town.clerk.user) == said
    lifecycle.confirm(higher, SKILLED, town.clerk.user)
    assert states(town.cadre) == [(USES, SkillState.ENDED), (SKILLED, SkillState.CONFIRMED)]
    assert PersonSkill.objects.get(level=USES).reason == "已认定更高程度。"


def test_the_level_confirmed_is_one_of_the_list(town):
    assert refusal(lifecycle.confirm, town.claim(), 7, town.clerk.user) == "请选择您认定的程度。"


def test_what_is_refused_has_a_reason_and_may_be_claimed_anew(town):
    claimed = town.claim()
    said = "请写明不予认定的原因，本人会看到。"
    assert refusal(lifecycle.refuse, claimed, " ", town.leader.user) == said
    refused = lifecycle.refuse(claimed, "请补合格证。", town.leader.user)
    assert (refused.state, refused.reason, refused.decided_by) == (
        SkillState.REFUSED,
        "请补合格证。",
        town.leader.user,
    )
    town.claim()
    assert states(town.cadre) == [(SKILLED, SkillState.REFUSED), (SKILLED, SkillState.CLAIMED)]


def test_what_is_decided_is_not_decided_again(town):
    done = town.confirmed()
    said = "这项申报已经处理，请重新打开列表。（目前：已认定。）"
    assert refusal(lifecycle.confirm, done, SKILLED, town.leader.user) == said
    assert refusal(lifecycle.refuse, done, "晚了", town.leader.user) == said


def test_a_claim_is_withdrawn_by_who_made_it(town):
    claimed = town.claim()
    said = "只有申报人可以撤回；您可以写明原因，不予认定。"
    assert refusal(lifecycle.withdraw, claimed, town.leader.user) == said
    assert lifecycle.withdraw(claimed, town.cadre.user).state == SkillState.ENDED
    said = "只有尚未认定的申报可以撤回。（目前：已终止。）"
    assert refusal(lifecycle.withdraw, claimed, town.cadre.user) == said


def test_a_skill_ends_with_a_reason(town):
    held = town.confirmed()
    said = "只有方旭本人、分管领导或者效能办可以终止这项技能。"
    assert refusal(lifecycle.end, held, "证书过期", town.other.user) == said
    assert refusal(lifecycle.end, held, "", town.leader.user) == "请写明不再计入的原因，原因会留在台账里。"
    ended = lifecycle.end(held, "执照过期。", town.cadre.user)
    assert (ended.state, ended.reason) == (SkillState.ENDED, "执照过期。")
    assert ended.ended_at is not None
    said = "只有已认定的技能可以终止；申报请撤回或者不予认定。（目前：已终止。）"
    assert refusal(lifecycle.end, held, "执照过期。", town.cadre.user) == said


def test_the_database_itself_keeps_one_claim_and_one_confirmed_skill(town):
    town.confirmed(level=USES)
    town.claim(level=SKILLED)
    for state in (SkillState.CLAIMED, SkillState.CONFIRMED):
        row = PersonSkill(person=town.cadre, skill=town.drone, level=TEACHES, proof="拍过", state=state)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_the_chart_of_states_is_as_it_is_told():
    arrows = {(step.source, step.target) for step in transitions(PersonSkill)}
    assert arrows == {
        ("claimed", "confirmed"),
        ("claimed", "refused"),
        ("claimed", "ended"),
        ("confirmed", "ended"),
    }


def test_a_skill_knows_how_it_sounds_also_after_its_name_changed(town):
    skill = Skill.objects.create(name="急救")
    assert skill.sounds.split() == ["~jijiu", "^jj"]
    skill.name = "手语"
    skill.save(update_fields=["name"])
    assert Skill.objects.get(pk=skill.pk).sounds.split() == ["~shouyu", "^sy"]


def test_dates_given_for_the_past_are_kept(town):
    day = timezone.now() - datetime.timedelta(days=300)
    assert town.confirmed(at=day).decided_at == day
