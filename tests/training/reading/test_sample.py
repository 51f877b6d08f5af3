"""What the sample township's people are asked to read: through the rules, believable, gone again on request."""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail import hooks

from demo.domain.build import build
from demo.domain.remove import remove
from suite.hooks import collect
from training.domain.reading import shown
from training.domain.reading.standing import Standing
from training.domain.staff import Staff
from training.models import MaterialPage, ReadingConfirmation, Requirement, SheetShown
from training.sample import reading, videos

FILM = "灭火器怎么用：提、拔、握、压"


def build_training(township):
    reading.build(township)
    videos.build(township)
    reading.watch(township)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The sample's organisation and required reading alone, on a Tuesday."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        moment = datetime.datetime(2026, 11, 24, 10, 0, tzinfo=timezone.get_current_timezone())
        patch.setattr(timezone, "now", lambda: moment)
        hooks.search_for_hooks()
        builders = [one for one in hooks._hooks["build_demo"] if one[0].__module__.startswith("organisation.")]
        patch.setitem(hooks._hooks, "build_demo", [*builders, (build_training, 100)])
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def sample(built, db):
    return built


def test_some_have_read_some_are_late_and_one_material_has_changed(sample):
    standing = Standing(Staff())
    counts = {one.title: standing.total(one) for one in standing.materials}
    assert set(counts) == {"保密工作六条提醒", "汛期值班须知", "请假销假规定", FILM}
    assert all(one.asked > one.read > 0 for one in counts.values() if one.asked > 2)
    assert counts["保密工作六条提醒"].overdue > 0
    assert counts["汛期值班须知"].overdue == 0
    changed = next(one for one in standing.materials if one.title == "保密工作六条提醒")
    assert (changed.versions.current, changed.versions.floor) == (2, 2)
    assert any(number == 1 for number in changed.confirmed.values())
    assert sorted(Requirement.objects.values_list("state", flat=True)) == ["active"] * 4 + ["withdrawn"]


def test_nobody_confirmed_what_they_were_not_shown(sample):
    seen = {(one.person_id, one.version_id): set(one.numbers) for one in SheetShown.objects.all()}
    for one in ReadingConfirmation.objects.select_related("version"):
        assert seen[one.person_id, one.version_id] == shown.parts_of(one.version)


def test_who_works_in_the_hall_has_watched_the_film_but_one_who_is_half_way(sample):
    standing = Standing(Staff())
    film = next(one for one in standing.materials if one.title == FILM)
    unread = list(film.unread())
    left = standing.left(unread)
    assert [left[film.pk, person].said for person in unread] == ["还要看完视频"]
    assert len(film.due) > 1
    assert [one.watched for one in SheetShown.objects.filter(version=film.versions.key, numbers=[])] == [[[0.0, 18.0]]]


def test_it_waits_on_desks(sample):
    cadres = list(Requirement.objects.get(material__title="汛期值班须知").roles.first().user_set.all())
    waiting = [item for user in cadres for item in collect("desk_items", user) if item.key.startswith("training.read:")]
    assert waiting != []


def test_it_goes_when_the_sample_goes(sample):
    with transaction.atomic():
        remove()
        assert not any(model.objects.exists() for model in (Requirement, ReadingConfirmation, SheetShown, MaterialPage))
        transaction.set_rollback(True)
