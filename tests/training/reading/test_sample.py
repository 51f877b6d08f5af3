"""What the sample township's people are asked to read: through the rules, believable, gone again on request."""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail import hooks

from demo.domain.build import build
from demo.domain.remove import remove
from suite.hooks import collect
from training.domain.reading.standing import Standing
from training.domain.staff import Staff
from training.models import MaterialPage, ReadingConfirmation, Requirement, SheetShown
from training.sample import reading


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The sample's organisation and required reading alone, on a Tuesday."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        moment = datetime.datetime(2026, 11, 24, 10, 0, tzinfo=timezone.get_current_timezone())
        patch.setattr(timezone, "now", lambda: moment)
        hooks.search_for_hooks()
        builders = [one for one in hooks._hooks["build_demo"] if one[0].__module__.startswith("organisation.")]
        patch.setitem(hooks._hooks, "build_demo", [*builders, (reading.build, 100)])
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def sample(built, db):
    return built


def test_some_have_read_some_are_late_and_one_material_has_changed(sample):
    standing = Standing(Staff())
    counts = {one.title: standing.total(one) for one in standing.materials}
    assert set(counts) == {"保密工作六条提醒", "汛期值班须知", "请假销假规定"}
    assert all(one.asked > one.read > 0 for one in counts.values() if one.asked > 2)
    assert counts["保密工作六条提醒"].overdue > 0
    assert counts["汛期值班须知"].overdue == 0
    changed = next(one for one in standing.materials if one.title == "保密工作六条提醒")
    assert (changed.versions.current, changed.versions.floor) == (2, 2)
    assert any(number == 1 for number in changed.confirmed.values())
    assert sorted(Requirement.objects.values_list("state", flat=True)) == ["active", "active", "active", "withdrawn"]


def test_nobody_confirmed_what_they_were_not_shown(sample):
    seen = set(SheetShown.objects.values_list("person", "version"))
    assert set(ReadingConfirmation.objects.values_list("person", "version")) == seen


def test_it_waits_on_desks(sample):
    cadres = list(Requirement.objects.get(material__title="汛期值班须知").roles.first().user_set.all())
    waiting = [item for user in cadres for item in collect("desk_items", user) if item.key.startswith("training.read:")]
    assert waiting != []


def test_it_goes_when_the_sample_goes(sample):
    with transaction.atomic():
        remove()
        assert not any(model.objects.exists() for model in (Requirement, ReadingConfirmation, SheetShown, MaterialPage))
        transaction.set_rollback(True)
