from suite.state import Step, states, transitions

from .conftest import States


def test_states_come_in_the_order_of_their_enum(walk_model):
    assert states(walk_model) == States.choices


def test_every_arrow_is_listed_and_anywhere_is_spelt_out(walk_model):
    assert transitions(walk_model) == [
        Step("to_cancelled", "asked", "cancelled", "to_cancelled", None),
        Step("to_planned", "asked", "planned", "to_planned", "suite.plan"),
        Step("to_cancelled", "planned", "cancelled", "to_cancelled", None),
        Step("to_held", "planned", "held", "Hold", None),
        Step("to_cancelled", "held", "cancelled", "to_cancelled", None),
    ]
