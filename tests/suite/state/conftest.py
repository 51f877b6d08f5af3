"""A record made for these tests, with its table, its states and its lifecycle."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.test.utils import isolate_apps
from django_fsm import transition as declare

from suite import audit
from suite.state import StatefulModel, locked, state_field


class States(models.TextChoices):
    ASKED = "asked", "Asked"
    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


@pytest.fixture
def walk_model():
    with isolate_apps("suite"):

        class Walk(StatefulModel):
            state = state_field(States, States.ASKED)
            place = models.CharField(max_length=20, blank=True)
            length = models.PositiveIntegerField(default=1)

            class Meta:
                app_label = "suite"

            def __str__(self):
                return self.place

            @declare("state", source=States.ASKED, target=States.PLANNED, permission="suite.plan")
            def to_planned(self): ...

            @declare("state", source=States.PLANNED, target=States.HELD, custom={"label": "Hold"})
            def to_held(self): ...

            @declare("state", source="+", target=States.CANCELLED)
            def to_cancelled(self): ...

        yield Walk


@pytest.fixture
def walks(walk_model, db):
    """The model with its table, which lives as long as the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(*connection.schema_editor().table_sql(walk_model))
    return walk_model


@pytest.fixture
def plan():
    """What domain/lifecycle.py of a plugin would hold."""

    @transaction.atomic
    def plan_walk(walk, user):
        walk = locked(walk)
        if not walk.place:
            raise ValidationError("Say where the walk goes, then plan it.")
        walk.to_planned()
        walk.save()
        audit.record(walk, "wagtail.edit", user, before="asked", after="planned")
        return walk

    return plan_walk
