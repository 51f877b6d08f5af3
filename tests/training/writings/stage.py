"""A town whose cadres write: who reads what, at any stage, brought there by the product's own functions."""

import datetime

from django.utils import timezone

from organisation.enums import ResponsibilityKind
from organisation.models import Responsibility
from tests.training.town import LONG_AGO, Town
from training.domain.lifecycle import writings
from training.models import TrainingSettings

# A Tuesday in October: desks ask for what the year still wants.
NOW = datetime.datetime(2026, 10, 20, 9, 0, tzinfo=timezone.get_fixed_timezone(480))
YEAR = 2026
TEXT = "一、学习体会\n" + "到村里走访，先听群众说，再看台账记。" * 4


class Stage(Town):
    """``cadre`` in the office, ``other`` in the centre; ``leader`` in charge of both, ``head`` of the township;
    ``runs`` the training, ``editor`` of pages, who holds no post. Notes have 20 characters at least, articles 40."""

    def __init__(self):
        super().__init__()
        self.head = self.person("顾明远", "head", unit=self.seat)
        self.leader = self.person("江海", "leader")
        for unit in (self.office, self.centre):
            Responsibility.objects.create(
                person=self.leader, unit=unit, kind=ResponsibilityKind.IN_CHARGE, since=LONG_AGO
            )
        self.cadre = self.person("田野", "cadre", unit=self.office)
        self.other = self.person("白露", "cadre", unit=self.centre)
        self.runs = self.person("沈静", "efficiency_office", unit=self.office)
        self.editor = self.person("林晓", "editor")
        self.settings = TrainingSettings.objects.create(note_characters=20, article_characters=40)

    def begun(self, person=None, kind="note", year=YEAR):
        person = person or self.cadre
        return writings.begin(person, kind, year, person.user)

    def handed_in(self, person=None, kind="note", year=YEAR, **typed):
        one = self.begun(person, kind, year)
        return hand_in(one, **typed)

    def accepted(self, person=None, kind="note", year=YEAR, **typed):
        one = self.handed_in(person, kind, year, **typed)
        return writings.accept(one, one.version, "", self.leader.user)


def typed(**changes):
    """What the form sends."""
    return {"title": "走访体会", "text": TEXT, "publish": False, **changes}


def hand_in(one, user=None, **changes):
    """Handed in by its author."""
    return writings.hand_in(one, typed(**changes), one.version, "", user or one.person.user)
