"""A model's states and transitions as data: for charts, tests and the permission matrix."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django_fsm import ANY_OTHER_STATE, ANY_STATE, Transition


@dataclass(frozen=True)
class Step:
    """One arrow of the chart: transition method ``name`` leads from state ``source`` to ``target``.

    ``label`` is the transition's custom label or its name, ``permission`` what django-fsm's declaration says.
    """

    name: str
    source: str
    target: str
    label: str | Promise
    permission: str | Callable[..., bool] | None


def states(model: type[Model]) -> list[tuple[str, str | Promise]]:
    """Every state of `model` with its label, in the order of its enum."""
    return list(_field(model).flatchoices)


def transitions(model: type[Model]) -> list[Step]:
    """Every arrow of `model`'s chart, ordered by source state, then name; "from anywhere" is spelt out."""
    order = [str(value) for value, label in states(model)]
    steps = {
        Step(transition.name, source, target, transition.custom.get("label", transition.name), transition.permission)
        for transition in _field(model).get_all_transitions(model)
        for source in _sources(transition, order)
        for target in _targets(transition, source)
    }
    place = {state: number for number, state in enumerate(order)}
    # An unknown state comes last; a system check reports it.
    return sorted(steps, key=lambda step: (place.get(step.source, len(place)), step.name, step.target))


def _field(model: type[Model]) -> Any:
    return model._meta.get_field("state")


def _sources(transition: Transition, order: list[str]) -> list[str]:
    if transition.source == ANY_STATE:
        return order
    if transition.source == ANY_OTHER_STATE:
        return [state for state in order if state != transition.target]
    return [str(transition.source)]


def _targets(transition: Transition, source: str) -> Iterator[str]:
    target: Any = transition.target
    if target is None:
        yield source
    elif hasattr(target, "allowed_states"):
        # RETURN_VALUE and GET_STATE: decided when it happens.
        yield from map(str, target.allowed_states or ())
    else:
        yield str(target)
