from django.apps import AppConfig


class GateTestConfig(AppConfig):
    """Page types for the tests of the gate; installed by the test settings only."""

    name = "tests.suite.publishing.testapp"
    label = "gate"
