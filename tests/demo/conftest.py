"""One sample township for a whole module: each test's changes are rolled back, the township after the last."""

import pytest
from django.db import transaction

from demo.domain.build import build


@pytest.fixture(scope="module")
def built_township(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def township(built_township, db):
    return built_township
