"""Somebody who uploads videos, and a folder of the test's own."""

import pytest
from django.contrib.auth import get_user_model

from suite.background.domain.lifecycle import work_on
from suite.roles.domain import group
from training.domain.lifecycle import videos
from training.models import Video


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Videos of a test lie in a folder of its own."""
    settings.VAR_DIR = tmp_path / "var"
    return tmp_path / "var" / "videos"


@pytest.fixture
def account(db):
    """Makes accounts by name, with roles."""

    def make(name, *roles):
        user = get_user_model().objects.create_user(name, f"{name}@example.com", "x")
        user.groups.set([group(role) for role in roles])
        return user

    return make


@pytest.fixture
def editor(account):
    return account("editor", "editor")


@pytest.fixture
def upload(editor, queued):
    """Uploads content as a whole and lets the worker check it; returns the video as it is then."""

    def send(content, title="防汛演练", user=None, name="a.mp4", checked=True):
        video = videos.keep_whole(title, name, [content], len(content), user or editor)
        if checked:
            work_on(*queued[-1])
        return Video.objects.get(pk=video.pk)

    return send
