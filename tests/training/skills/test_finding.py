"""Who in the township can do what."""

import pytest

from search.models import Synonym
from tests.training.town import appoint, leave
from training.domain.lifecycle import skills as lifecycle
from training.domain.skills.finding import told, who_can
from training.enums import SkillLevel
from training.models import Skill


@pytest.fixture
def able(town):
    """方旭 flies drones well, 路遥 can use them and teaches first aid."""
    aid = Skill.objects.create(name="急救", about="会心肺复苏和止血包扎")
    town.confirmed(town.cadre, proof="汛期拍过危房。")
    town.confirmed(town.farmer, level=SkillLevel.USES)
    town.confirmed(town.farmer, aid, SkillLevel.TEACHES)
    return town


def names(*asked, **filters):
    return [one.name for one in who_can(*asked, **filters)]


@pytest.mark.parametrize("question", ["航拍", "无人机", "無人機航拍", "hangpai", "wurenji", "hp", "航线规划", "wrjhp"])
def test_a_skill_is_found_by_its_words_its_sound_and_what_it_takes(able, question):
    assert names(question) == ["方旭", "路遥"]


@pytest.mark.parametrize(("question", "found"), [("危房", ["方旭"]), ("路遥", ["路遥"]), ("游泳", []), ("youyong", [])])
def test_it_is_found_by_what_shows_it_and_by_name(able, question, found):
    assert names(question) == found


def test_the_offices_other_words_find_it_too(able):
    assert names("抢救") == []
    Synonym.objects.create(words="抢救 急救")
    assert names("抢救") == ["路遥"]


def test_level_and_unit_narrow_it_down(able):
    assert names("航拍", SkillLevel.SKILLED) == ["方旭"]
    assert names("航拍", unit=able.centre.pk) == ["路遥"]
    assert names("航拍", SkillLevel.SKILLED, able.centre.pk) == []
    assert names("", SkillLevel.TEACHES) == ["路遥"]
    assert names("航拍", unit=10**6) == []


def test_what_is_claimed_refused_or_ended_is_not_found(able):
    sign = Skill.objects.create(name="手语")
    claimed = able.claim(able.cadre, sign)
    assert names("手语") == []
    held = lifecycle.confirm(claimed, SkillLevel.USES, able.clerk.user)
    assert names("手语") == ["方旭"]
    lifecycle.end(held, "不再使用。", able.cadre.user)
    assert names("手语") == []


def test_who_left_is_not_found(able):
    leave(able.cadre)
    assert names("航拍") == ["路遥"]


def test_each_is_told_with_unit_skills_and_the_phone_of_the_office_never_the_mobile(able):
    able.farmer.work_phone, able.farmer.mobile = "8812 0223", "19900000001"
    able.farmer.save()
    able.office.phone = "8812 0101"
    able.office.save()
    appoint(able.farmer, able.centre)
    found = told(list(who_can("航拍")), "航拍")
    assert [(one.person.name, one.units, one.phone) for one in found] == [
        ("方旭", "党政办公室", "8812 0101"),
        ("路遥", "便民服务中心、农业服务队", "8812 0223"),
    ]
    assert [[str(row.skill) for row in one.confirmed] for one in found] == [["无人机航拍"], ["无人机航拍"]]
    assert [str(row.skill) for row in told(list(who_can("路遥")), "路遥")[0].confirmed] == ["急救", "无人机航拍"]
