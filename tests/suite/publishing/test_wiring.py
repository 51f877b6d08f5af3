"""Wiring that would leave a way round the gate fails when the site starts."""

import pytest
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.models import Page

from suite.publishing import checks
from tests.suite.publishing.testapp.models import Poster


def ids(messages):
    return [message.id for message in messages]


def test_everything_is_wired():
    assert checks.check_page_types(None) == []
    assert checks.check_settings(None) == []


def test_a_page_type_outside_the_gate_is_an_error(monkeypatch):
    monkeypatch.setattr(Page, "is_creatable", True)
    [error] = checks.check_page_types(None)
    assert error.id == "publishing.E001"
    assert error.msg == "wagtailcore.Page can be created and published past the gate."
    assert error.hint == "Inherit suite.publishing.models.PublishedPage, or set is_creatable = False."


def test_a_page_type_with_a_form_that_names_no_problems_is_an_error(monkeypatch):
    monkeypatch.setattr(Poster, "base_form_class", WagtailAdminPageForm)
    assert ids(checks.check_page_types(None)) == ["publishing.E002"]


@pytest.mark.parametrize(
    ("setting", "change", "error"),
    [
        ("WAGTAIL_FINISH_WORKFLOW_ACTION", lambda _: "wagtail.workflows.publish_workflow_state", "publishing.E003"),
        (
            "MIDDLEWARE",
            lambda value: [name for name in value if not name.endswith("RefusalMiddleware")],
            "publishing.E004",
        ),
        (
            "INSTALLED_APPS",
            lambda value: [*(app for app in value if app != "suite.publishing"), "suite.publishing"],
            "publishing.E005",
        ),
    ],
)
def test_settings_that_lead_past_the_gate_are_errors(monkeypatch, setting, change, error):
    from django.conf import settings

    # Only read, so that the apps stay as they are.
    monkeypatch.setattr(settings, setting, change(getattr(settings, setting)))
    assert ids(checks.check_settings(None)) == [error]
