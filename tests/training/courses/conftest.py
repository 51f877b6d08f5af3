"""A school for every test of courses."""

import pytest

from tests.training.courses.school import School


@pytest.fixture
def school(db):
    made = School()
    yield made
    made.close()
