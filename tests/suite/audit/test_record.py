import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.core.exceptions import ValidationError
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from suite import audit

pytestmark = pytest.mark.django_db


@pytest.fixture
def painted():
    """An action declared the way a plugin does, taken back after the test."""
    from wagtail import hooks

    registered = list(hooks._hooks.get("register_log_actions", []))
    registry.scan_for_actions()
    formatters, choices = dict(registry.formatters), list(registry.choices)
    audit.declare("doors.paint", "Paint", "Painted %(after)s, was %(before)s")
    registry.has_scanned_for_actions = False
    yield "doors.paint"
    hooks._hooks["register_log_actions"] = registered
    registry.formatters, registry.choices = formatters, choices


def test_an_entry_says_who_what_before_and_after(painted):
    clerk, door = User.objects.create(username="clerk"), Group.objects.create(name="door")
    entry = audit.record(door, painted, clerk, before="red", after="blue", reason="rust")
    entry = ModelLogEntry.objects.get(pk=entry.pk)
    assert (entry.user, entry.object_id, entry.label) == (clerk, str(door.pk), "door")
    assert entry.data == {"before": "red", "after": "blue", "reason": "rust"}
    assert (entry.message, entry.comment) == ("Painted blue, was red", "rust")


def test_a_message_without_its_data_still_reads(painted):
    door = Group.objects.create(name="door")
    for data in ({}, {"before": None}):
        assert audit.record(door, painted, None, after="blue", **data).message == "Painted blue, was —"


def test_what_nobody_signed_was_done_by_the_system(painted):
    entry = audit.record(Group.objects.create(name="door"), painted, AnonymousUser())
    assert entry.user_id is None


def test_an_action_nobody_declared_is_refused():
    with pytest.raises(ValidationError, match=r"doors\.burn"):
        audit.record(Group.objects.create(name="door"), "doors.burn", None)


def test_a_thing_that_is_not_saved_has_no_log():
    with pytest.raises(ValueError, match="empty primary key"):
        audit.record(Group(name="door"), "wagtail.create", None)
