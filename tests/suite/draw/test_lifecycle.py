"""From the list to the result, in the order of requirement I."""

import pytest

from suite.draw.algorithm import sha256
from suite.draw.domain import selected, waiting_lists
from tests.suite.draw.conftest import drawn, revealed

pytestmark = pytest.mark.django_db


def test_a_draw_by_a_public_result_comes_to_a_result(office):
    draw = drawn(office)
    assert draw.state == "drawn"
    assert sha256(draw.list_text) == draw.list_sha256
    assert (len(selected(draw)), sum(map(len, waiting_lists(draw).values()))) == (4, 2)


def test_a_draw_by_strings_comes_to_a_result(office):
    draw = drawn(office, draw=revealed(office))
    assert (draw.state, draw.value, len(selected(draw))) == ("drawn", "", 4)
