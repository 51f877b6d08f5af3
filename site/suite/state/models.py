"""The base of every record that has a life cycle."""

import threading
from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from django.core.checks import CheckMessage, Error
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMFieldMixin, FSMModelMixin
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin

from .chart import states, transitions

# django-fsm opens the protected fields of a model while one record is refreshed, and closes them again: a second
# thread would find them closed in the middle of its own.
_REFRESHING = threading.RLock()


class StateField(FSMField):
    """django-fsm's protected field; in migrations a CharField, as which it is kept.

    A field of django-fsm looks through every class that is made after it, for as long as the process lives. Migrations
    make each model anew hundreds of times: with such fields in them, most of their time would go there.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "protected": True})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """As Django's, for a CharField."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, {key: kwargs[key] for key in kwargs if key != "protected"}


def state_field(states: type[models.TextChoices], initial: models.TextChoices) -> StateField:
    """The field ``state`` of a record: shown in no form, set by transitions only, starting at `initial`."""
    return StateField(_("state"), choices=states.choices, default=initial, editable=False, db_index=True)


class StatefulModel(FSMModelMixin, models.Model):
    """A record with a protected field ``state`` (see `state_field`)."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """As Django's, without the state: cleaning would set it, which is not allowed."""
        super().clean_fields(exclude={*(exclude or ()), *self._get_protected_fsm_fields()})

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """As Django's, one thread at a time."""
        with _REFRESHING:
            super().refresh_from_db(*args, **kwargs)

    @classmethod
    def check(cls, **kwargs: Any) -> list[CheckMessage]:
        """Fail at start where the declaration breaks design section 4."""
        return [*super().check(**kwargs), *(_check_declaration(cls) if not cls._meta.abstract else ())]


Record = TypeVar("Record", bound=StatefulModel)


def locked(record: Record) -> Record:
    """`record` read again under a row lock; call it first in a lifecycle function, inside its transaction."""
    return type(record)._default_manager.select_for_update().get(pk=record.pk)


def _check_declaration(model: type[StatefulModel]) -> list[CheckMessage]:
    field = next((field for field in model._meta.fields if field.name == "state"), None)
    if not isinstance(field, FSMFieldMixin) or not field.protected or field.editable:
        return [
            _error(model, "has no protected field `state`", "Declare state = state_field(States, States.FIRST).", 1)
        ]
    errors: list[CheckMessage] = []
    if issubclass(model, RevisionMixin | DraftStateMixin | WorkflowMixin):
        hint = "Publishing an old revision would turn its state back: put what is drafted on a page of its own."
        errors.append(_error(model, "is a record and has revisions", hint, 2))
    known = {value for value, label in states(model)}
    for step in transitions(model):
        if not step.name.startswith("to_"):
            hint = "Begin the names of transition methods with to_, as in to_planned."
            errors.append(_error(model, f"has a transition called {step.name}", hint, 3))
        if not {step.source, step.target} <= known:
            hint = "Sources and targets are values of the states' enum."
            errors.append(_error(model, f"has an unknown state in {step.name}", hint, 4))
    return errors


def _error(model: type[models.Model], what: str, hint: str, number: int) -> Error:
    return Error(f"{model._meta.label} {what}.", hint=hint, obj=model, id=f"state.E{number:03}")
