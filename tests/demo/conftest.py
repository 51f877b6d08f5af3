"""One sample township for a whole module: each test's changes are rolled back, the township after the last.

But for one test that builds everything, only the organisation is built: the pages of the sample take seconds.
"""

import pytest
from django.db import transaction
from wagtail import hooks

from demo.domain.build import build


def organisation_alone(patch):
    hooks.search_for_hooks()
    builders = [entry for entry in hooks._hooks["build_demo"] if entry[0].__module__.startswith("organisation.")]
    patch.setitem(hooks._hooks, "build_demo", builders)


@pytest.fixture
def only_the_organisation(monkeypatch):
    organisation_alone(monkeypatch)


@pytest.fixture(scope="module")
def built_township(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        organisation_alone(patch)
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def township(built_township, db):
    return built_township
