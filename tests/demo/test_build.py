"""The sample township: built once, everybody in it, and taken away without a trace but the log."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.models import BaseLogEntry, ModelLogEntry

from demo.domain.build import build
from demo.domain.remove import remove
from demo.models import SampleTownship
from demo.township import Township
from organisation.models import Appointment, Person, Unit


def run(*args):
    out = StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


def counts():
    """How many rows every table holds, but for the log, which stays."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if not issubclass(model, BaseLogEntry) and model._meta.managed and not model._meta.proxy
    }


def test_building_and_deleting_leaves_every_table_as_it_was_but_the_log(db):
    before = counts()
    build()
    during, logged = counts(), ModelLogEntry.objects.count()
    assert during["organisation.Person"] > 30
    remove()
    assert counts() == before
    assert ModelLogEntry.objects.count() >= logged > 0


def test_two_builds_of_one_day_are_alike(db, only_the_organisation):
    def picture():
        return [
            *Appointment.objects.order_by("pk").values_list("person__name", "post__name", "since", "until", "kind"),
            *Person.objects.order_by("pk").values_list("name", "work_phone", "mobile", "user__username"),
        ]

    build()
    first = picture()
    remove()
    build()
    assert picture() == first


def test_the_second_run_says_it_is_there_and_changes_nothing(db, only_the_organisation):
    run("demo")
    before = counts()
    assert "示例乡镇石桥镇已经建好" in run("demo")
    assert counts() == before


def test_a_real_office_gets_no_sample(db, only_the_organisation):
    Unit.objects.create(kind="township", name="真实镇")
    with pytest.raises(CommandError, match="本站已有真实单位或人员"):
        run("demo")
    assert not SampleTownship.objects.exists()


def test_a_plugin_that_fails_leaves_nothing_half_built(db, only_the_organisation, monkeypatch):
    from wagtail import hooks

    before = counts()

    def fails(township):
        raise ValidationError("坏了")

    with hooks.register_temporarily("build_demo", fails, order=1000), pytest.raises(CommandError, match="坏了"):
        run("demo")
    assert counts() == before


def test_rows_kept_by_hand_go_too(db, only_the_organisation):
    from wagtail import hooks

    def in_bulk(township):
        for unit in Unit.objects.bulk_create([Unit(kind="township", name="散装")]):
            township.keep(unit)

    with hooks.register_temporarily("build_demo", in_bulk, order=1000):
        build()
    remove()
    assert not Unit.objects.exists()


def test_without_a_sample_the_commands_say_so(db, only_the_organisation):
    with pytest.raises(CommandError, match=r"这里没有示例乡镇。$"):
        run("demo", "--delete")
    with pytest.raises(CommandError, match=r"manage\.py demo。$"):
        run("sample_accounts")


def test_the_township_knows_people_units_and_accounts(db, only_the_organisation):
    seen = {}
    from wagtail import hooks

    def look(township: Township):
        seen.update(
            user=township.user("editor").username,
            village=township.units["shangtang"].name,
            day=(township.day(3) - township.today).days,
        )
        with pytest.raises(ValueError, match="qianyoufu has no account"):
            township.user("qianyoufu")

    with hooks.register_temporarily("build_demo", look):
        build()
    assert seen == {"user": "editor", "village": "上塘村", "day": 3}
