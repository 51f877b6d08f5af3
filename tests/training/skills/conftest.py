"""A township where people can do things."""

import pytest

from tests.training.skills.stage import Skilled


@pytest.fixture
def town(db):
    return Skilled()
