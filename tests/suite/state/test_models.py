from threading import Event, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState
from django.forms import modelform_factory
from django.test.utils import isolate_apps
from django_fsm import FSMField, FSMFieldMixin, TransitionNotAllowed
from django_fsm import transition as declare
from wagtail.models import ModelLogEntry, RevisionMixin

from suite.state import StatefulModel, state_field

from .conftest import States


def test_a_record_starts_in_the_first_state_and_moves_by_its_lifecycle(walks, plan):
    walk = walks.objects.create(place="桥头")
    assert walk.state == States.ASKED
    planned = plan(walk, None)
    walk.refresh_from_db()
    assert (planned.state, walk.state) == (States.PLANNED, States.PLANNED)
    assert [(e.data, e.label) for e in ModelLogEntry.objects.for_instance(walk)] == [
        ({"before": "asked", "after": "planned"}, "桥头")
    ]


def test_a_refusal_says_what_to_do_and_changes_nothing(walks, plan):
    walk = walks.objects.create()
    with pytest.raises(ValidationError, match="where the walk goes"):
        plan(walk, None)
    assert walks.objects.get().state == States.ASKED


def test_a_step_that_is_not_on_the_chart_is_not_taken(walks):
    with pytest.raises(TransitionNotAllowed):
        walks.objects.create().to_held()


def test_the_state_cannot_be_set_by_hand(walks):
    walk = walks.objects.create()
    with pytest.raises(AttributeError, match="state"):
        walk.state = States.HELD


def test_migrations_know_the_state_as_a_plain_field_of_text(walk_model):
    field = ModelState.from_model(walk_model).fields["state"]
    _name, path, _args, options = field.deconstruct()
    assert (path, options["max_length"], "protected" in options) == ("django.db.models.CharField", 50, False)
    # What migrations copy it as is the field itself, as closed as ever.
    assert (type(field), field.protected) == (type(walk_model._meta.get_field("state")), True)
    known = MigrationLoader(None).project_state().models.values()
    assert [model.name for model in known if any(isinstance(row, FSMFieldMixin) for row in model.fields.values())] == []


class Rows:
    """A queryset that gives `record`, after something else has happened."""

    def __init__(self, record, meanwhile):
        self.record, self.meanwhile = record, meanwhile

    def using(self, alias):
        return self

    filter = only = lambda self, **_lookups: self

    def get(self):
        self.meanwhile()
        return self.record


def test_two_threads_refresh_their_records_at_the_same_time(walk_model):
    inside, done, refused = Event(), Event(), []

    def refresh_another():
        rows = Rows(walk_model(pk=2), lambda: inside.set() or done.wait(5))
        try:
            walk_model(pk=2).refresh_from_db(from_queryset=rows)
        except AttributeError as refusal:
            refused.append(refusal)

    another = Thread(target=refresh_another)
    rows = Rows(walk_model(pk=1), lambda: another.start() or inside.wait(0.5))
    walk_model(pk=1).refresh_from_db(from_queryset=rows)
    done.set()
    another.join()
    assert (inside.is_set(), refused) == (True, [])


def test_full_clean_works_and_still_finds_what_is_wrong(walks):
    walk = walks.objects.create()
    walk.full_clean()
    walk.length = -1
    with pytest.raises(ValidationError) as refusal:
        walk.full_clean()
    assert set(refusal.value.message_dict) == {"length"}


def test_no_form_offers_the_state(walk_model):
    assert set(modelform_factory(walk_model, fields="__all__").base_fields) == {"place", "length"}


def problems(*, field=None, base=StatefulModel, name="to_held", target=States.HELD):
    with isolate_apps("suite"):

        class Broken(base):
            state = field or state_field(States, States.ASKED)

            class Meta:
                app_label = "suite"

        setattr(Broken, name, declare("state", source=States.ASKED, target=target)(named(name)))
        models.signals.class_prepared.send(Broken)
        return [error.id for error in Broken.check() if error.id.startswith("state.")]


def named(name):
    def method(self): ...

    method.__name__ = name
    return method


def test_a_declaration_that_keeps_the_rules_passes_the_check():
    assert problems() == []


def test_a_state_that_anybody_may_set_fails_the_check():
    assert problems(field=FSMField(default="asked", choices=States.choices)) == ["state.E001"]
    assert problems(field=models.CharField(default="asked", choices=States.choices)) == ["state.E001"]


def test_a_record_with_revisions_fails_the_check():
    with isolate_apps("suite"):

        class Drafted(RevisionMixin, StatefulModel):
            class Meta:
                abstract = True
                app_label = "suite"

    assert problems(base=Drafted) == ["state.E002"]


def test_a_transition_that_could_be_mistaken_for_another_method_fails_the_check():
    assert problems(name="close") == ["state.E003"]


def test_a_state_outside_the_enum_fails_the_check():
    assert problems(target="flown") == ["state.E004"]
