"""Whatever happens in whatever order: nobody counts as having read what they have not (requirement Q)."""

import json
from collections import defaultdict
from unittest.mock import patch

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from organisation.models import Person
from tests.refusals import refusal
from tests.training.reading import staging
from tests.training.town import appoint
from training.domain.lifecycle import reading as lifecycle
from training.domain.materials.versions import current
from training.domain.reading import shown, watching
from training.domain.reading.asked import tasks
from training.domain.reading.parts import END, VIDEO
from training.domain.reading.standing import Standing
from training.domain.staff import Staff
from training.models import ReadingConfirmation

PEOPLE = st.integers(0, 3)
TEXT, SLIDES, FILM = MATERIALS = range(3)
MATERIAL = st.sampled_from(MATERIALS)
# Of its video 18 seconds have to be played, and ten have to pass.
LENGTH, PLAYED, HALF = 20, 18, 10
PLACES = ("office", "centre", "team")


class Reading(RuleBasedStateMachine):
    """A model in plain sets beside the product: what each person saw and said of which version, and who is asked."""

    def __init__(self):
        super().__init__()
        self.database = transaction.atomic()
        self.database.__enter__()
        self.time = staging.Time()
        self.patch = patch("django.utils.timezone.now", lambda: self.time.now)
        self.patch.start()
        self.room = staging.Room()
        # Nobody but the four is meant by a unit.
        self.room.clerk.appointments.all().delete()
        self.people = [self.room.person(name, *["cadre"] * (name == "甲")) for name in "甲乙丙丁"]
        self.materials = [
            self.room.material("文本"),
            self.room.material("课件", sheets=2),
            self.room.material("视频", sheets=1, lines=2, video=self.room.video(LENGTH)),
        ]
        # The model: what was there to see in each version and whether it mattered; who saw what; who said what when;
        # when who opened a video, and which of its seconds were played to them.
        self.versions = {TEXT: [({END}, True)], SLIDES: [({1, 2}, True)], FILM: [({1, END, VIDEO}, True)]}
        self.saw = defaultdict(set)
        self.opened = {}
        self.played = defaultdict(set)
        self.said = set()
        self.where = dict.fromkeys(range(4))
        self.gone = set()
        self.asked = []

    def teardown(self):
        self.patch.stop()
        transaction.set_rollback(True)
        self.database.__exit__(None, None, None)

    # What happens.

    @rule(material=MATERIAL, matters=st.booleans(), sheets=st.integers(1, 3))
    def a_version_is_published(self, material, matters, sheets):
        if len(self.versions[material]) == 4:
            return
        self.room.version(self.materials[material], matters, "改了", sheets if material != TEXT else 0)
        others = {TEXT: {END}, SLIDES: set(), FILM: {END, VIDEO}}[material]
        self.versions[material].append((others | {*range(1, sheets + 1)} if material != TEXT else others, matters))

    @rule(
        material=MATERIAL,
        roles=st.booleans(),
        places=st.sets(st.sampled_from(PLACES), max_size=2),
        people=st.sets(PEOPLE, max_size=2),
    )
    def somebody_is_asked(self, material, roles, places, people):
        named = (roles, frozenset(places), frozenset(people))
        said = refusal(self._ask, material, named)
        assert (said == "") == any(self._meant(named, person) for person in range(4)), said

    def _ask(self, material, named):
        roles, places, people = named
        made = self.room.ask(
            self.materials[material],
            timezone.localdate() + 4 * staging.ONE_DAY,
            roles=["cadre"] * roles,
            units=[getattr(self.room, place) for place in places],
            people=[self.people[one] for one in people],
        )
        self.asked.append((material, named, made))

    @rule(which=st.integers(0, 5))
    def it_is_withdrawn(self, which):
        if which < len(self.asked):
            _material, _named, made = self.asked.pop(which)
            lifecycle.withdraw(made, "不用了", self.room.clerk.user)

    @rule(person=PEOPLE, place=st.sampled_from([None, *PLACES]))
    def somebody_moves(self, person, place):
        self.time.go(days=1)
        one = self.people[person]
        one.appointments.filter(until=None).update(until=timezone.localdate() - staging.ONE_DAY)
        if place:
            appoint(one, getattr(self.room, place), since=timezone.localdate())
        self.where[person] = place

    @rule(person=PEOPLE)
    def somebody_leaves_or_comes_back(self, person):
        self.gone ^= {person}
        one = self.people[person]
        one.active = person not in self.gone
        one.save()

    @rule(person=PEOPLE, material=MATERIAL, number=st.integers(0, 4))
    def a_sheet_is_shown(self, person, material, number):
        shown.note(self.people[person], current(self.materials[material]), number)
        if number in self.versions[material][-1][0]:
            self.saw[person, material, len(self.versions[material])].add(number)

    @rule(seconds=st.integers(1, HALF))
    def time_passes(self, seconds):
        self.time.go(seconds=seconds)

    @rule(person=PEOPLE, material=MATERIAL)
    def the_page_is_opened(self, person, material):
        watching.opened(self.people[person], current(self.materials[material]))
        if material == FILM:
            self.opened.setdefault((person, len(self.versions[FILM])), self.time.now)

    @rule(person=PEOPLE, older=st.booleans())
    def the_end_of_the_page_is_handed_in(self, person, older):
        one, version = self.people[person], current(self.materials[FILM])
        number = len(self.versions[FILM])
        if older and number > 1:
            before = self.materials[FILM].versions.get(number=number - 1)
            watching.note_watched(one, version, watching.token(one, before))
            return
        watching.note_watched(one, version, watching.token(one, version))
        if self._half_has_passed(person, number):
            self.saw[person, FILM, number].add(VIDEO)

    @rule(person=PEOPLE, start=st.integers(0, LENGTH), seconds=st.integers(0, LENGTH))
    def the_video_is_played(self, person, start, seconds):
        one, version = self.people[person], current(self.materials[FILM])
        number, end = len(self.versions[FILM]), min(LENGTH, start + seconds)
        watching.note_played(one, version, watching.token(one, version), json.dumps([[start, end]]))
        self.opened.setdefault((person, number), self.time.now)
        self.played[person, number] |= {*range(start, end)}
        if len(self.played[person, number]) >= PLAYED and self._half_has_passed(person, number):
            self.saw[person, FILM, number].add(VIDEO)

    def _half_has_passed(self, person, number):
        opened = self.opened.get((person, number))
        return opened is not None and (self.time.now - opened).total_seconds() >= HALF

    @rule(person=PEOPLE, material=MATERIAL)
    def somebody_reads_to_the_end(self, person, material):
        for number in sorted(self.versions[material][-1][0] - {VIDEO}):
            self.a_sheet_is_shown(person, material, number)
        if material == FILM:
            self.the_page_is_opened(person, material)
            self.time_passes(HALF)
            self.the_end_of_the_page_is_handed_in(person, False)

    @rule(person=PEOPLE, material=MATERIAL, older=st.integers(-1, 2))
    def somebody_confirms(self, person, material, older):
        number = len(self.versions[material]) - older
        said = refusal(lifecycle.confirm, self.people[person], self.materials[material], number)
        may = (
            older == 0
            and self._is_asked(person, material)
            and self.saw[person, material, number] == self.versions[material][-1][0]
        )
        assert (said == "") == may, said
        if may:
            self.said.add((person, material, number))

    # What has to hold: the product counts as the model does.

    @invariant()
    def only_what_was_seen_whole_and_said_is_confirmed(self):
        rows = ReadingConfirmation.objects.values_list("person", "version__material", "version__number")
        places = {one.pk: place for place, one in enumerate(self.people)}
        titles = {one.pk: place for place, one in enumerate(self.materials)}
        found = {(places[person], titles[material], number) for person, material, number in rows}
        assert found == self.said
        for person, material, number in found:
            assert self.saw[person, material, number] == self.versions[material][number - 1][0]

    @invariant()
    def the_tables_and_everybodys_own_list_agree_with_the_model(self):
        standing = Standing(Staff())
        table = {
            (person, material): (material_row.has_read(one.pk), material_row.due[one.pk])
            for material, page in enumerate(self.materials)
            for material_row in standing.materials
            if material_row.pk == page.pk
            for person, one in enumerate(self.people)
            if one.pk in material_row.due
        }
        wanted = {
            (person, material): self._has_read(person, material)
            for person in range(4)
            for material in MATERIALS
            if self._is_asked(person, material)
        }
        assert {place: is_read for place, (is_read, _due) in table.items()} == wanted
        own = {
            (person, self.materials.index(task.material)): (task.is_read, task.due)
            for person, one in enumerate(self.people)
            for task in tasks(Person.objects.get(pk=one.pk))
        }
        assert own == table
        counted = standing.by_unit().values()
        assert (sum(one.asked for one in counted), sum(one.read for one in counted)) == (
            len(wanted),
            sum(wanted.values()),
        )

    def _has_read(self, person, material):
        """The newest version that mattered, or one after it, was said to be read."""
        mattering = max(
            number for number, (_sheets, matters) in enumerate(self.versions[material], 1) if matters or number == 1
        )
        return any((person, material, number) in self.said for number in range(mattering, 9))

    def _is_asked(self, person, material):
        return any(self._meant(named, person) for asked, named, _made in self.asked if asked == material)

    def _meant(self, named, person):
        roles, places, people = named
        if person in self.gone:
            return False
        above = {"team": {"team", "centre"}}.get(self.where[person], {self.where[person]})
        return (roles and person == 0) or person in people or bool(above & places)


@pytest.mark.long
def test_nobody_ever_counts_as_having_read_what_they_have_not(db):
    run_state_machine_as_test(
        Reading,
        settings=settings(
            max_examples=20,
            stateful_step_count=20,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
