import pytest

from tests.suite.autosave import page


@pytest.fixture
def kept(db, settings, monkeypatch):
    """The tests' own form is served, with an empty draft."""
    settings.ROOT_URLCONF = "tests.suite.autosave.page"
    kept = page.Kept()
    monkeypatch.setattr(page, "kept", kept)
    return kept
