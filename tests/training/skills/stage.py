"""A township where people can do things: a leader in charge of the office, the efficiency office, two cadres."""

from organisation.enums import ResponsibilityKind
from organisation.models import Responsibility
from tests.training.town import LONG_AGO, Town
from training.domain.lifecycle import skills as lifecycle
from training.enums import SkillLevel
from training.models import PersonSkill, Skill


class Skilled(Town):
    """``leader`` is in charge of the office, ``other`` of the centre; ``clerk`` runs training, in the office."""

    def __init__(self):
        super().__init__()
        self.head = self.person("陆承堃", "head", unit=self.seat)
        self.leader = self.person("沈赟", "leader", unit=self.seat)
        self.other = self.person("邵文旻", "leader", unit=self.seat)
        self.clerk = self.person("柏建民", "efficiency_office", "cadre", unit=self.office)
        self.cadre = self.person("方旭", "cadre", unit=self.office)
        self.farmer = self.person("路遥", "cadre", unit=self.team)
        self.supervisor = self.person("鲁守田", "supervisor")
        for leader, unit in ((self.head, self.seat), (self.leader, self.office), (self.other, self.centre)):
            self.charge(leader, unit)
        self.drone = Skill.objects.create(name="无人机航拍", about="会航线规划")

    @staticmethod
    def charge(leader, unit):
        Responsibility.objects.create(person=leader, unit=unit, kind=ResponsibilityKind.IN_CHARGE, since=LONG_AGO)

    def claim(self, person=None, skill=None, level=SkillLevel.SKILLED, proof="拍过9个村。", by=None, **given):
        person = person or self.cadre
        asked = PersonSkill(person=person, skill=skill or self.drone, level=level, proof=proof)
        return lifecycle.claim(asked, by or person.user, **given)

    def confirmed(self, person=None, skill=None, level=SkillLevel.SKILLED, at=None, **given):
        claimed = self.claim(person, skill, level, **given)
        decider = self.head.user if claimed.person == self.clerk else self.clerk.user
        return lifecycle.confirm(claimed, level, decider, at)
