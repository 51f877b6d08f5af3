"""What seldom happens with skills: entered by the office, decided by nobody in charge, looked at by others."""

from suite.hooks import collect
from tests.training.town import leave
from training.domain.lifecycle import skills as lifecycle
from training.domain.skills.confirming import EVIDENCE_KIND, left_to, may_see, visible_to
from training.domain.skills.finding import told, who_can
from training.enums import SkillState


def test_a_claim_of_somebody_without_a_desk_is_taken_back_by_who_entered_it(town):
    elder = town.person("钱有福", unit=town.office, account=False)
    claimed = town.claim(elder, by=town.clerk.user)
    assert lifecycle.withdraw(claimed, town.clerk.user).state == SkillState.ENDED


def test_who_runs_training_ends_a_skill_too(town):
    assert lifecycle.end(town.confirmed(town.farmer), "执照过期。", town.clerk.user).state == SkillState.ENDED


def test_what_no_leader_can_decide_waits_for_the_office_and_for_no_leader_further_off(town):
    # The head leads everybody and may confirm; that the leader in charge is to do it follows from the directory.
    town.claim()
    assert [len(left_to(person.user)) for person in (town.leader, town.head, town.clerk)] == [1, 0, 0]
    leave(town.cadre)
    assert [len(left_to(person.user)) for person in (town.leader, town.head, town.clerk)] == [0, 0, 1]


def test_the_evidence_is_read_by_who_sees_the_claim(town):
    claimed = town.claim()
    (door,) = (one for one in collect("evidence_readers") if one.kind == EVIDENCE_KIND)
    asked = (town.cadre, town.leader, town.clerk, town.farmer, town.other)
    assert [door.may_read(one.user, str(claimed.pk)) for one in asked] == [True, True, True, False, False]
    assert not door.may_read(town.cadre.user, "x")


def test_an_account_that_is_switched_off_sees_no_claim(town):
    claimed = town.claim()
    town.clerk.user.is_active = False
    assert (may_see(town.clerk.user, claimed), list(visible_to(town.clerk.user))) == (False, [])


def test_who_has_no_phone_at_work_is_called_at_the_offices_never_on_their_own(town):
    town.confirmed(town.cadre)
    town.cadre.mobile, town.office.phone = "19900000001", "8812 0101"
    town.cadre.save()
    town.office.save()
    assert [one.phone for one in told(list(who_can("航拍")))] == ["8812 0101"]
