"""A kind of record that only its owner reads, a data folder of the test's own, and files of every sort."""

import pytest
from wagtail import hooks

from suite.evidence import EvidenceDoor
from suite.evidence.storage import evidence_folder
from tests.suite.publishing.steps import make_user

KIND = "lamps.lamp"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Returns a function: the files that lie in the folder now."""
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    return lambda: sorted(path for path in evidence_folder().rglob("*") if path.is_file())


@pytest.fixture(autouse=True)
def door():
    """Who is named in the key reads."""
    row = EvidenceDoor(KIND, lambda user, key: key.startswith(f"{user.get_username()}-"))
    with hooks.register_temporarily("evidence_readers", lambda: [row]):
        yield


@pytest.fixture
def owner(db):
    return make_user("owner")
