"""The tables of states in docs/commitment-rules.md are those of the code."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

from commitments.models import Amendment, Commitment, Month, ReportMeeting, ServedNotice
from suite.state import transitions

TEXT = (Path(settings.BASE_DIR) / "docs" / "commitment-rules.md").read_text()
MODELS = {model.__name__: model for model in (Month, Commitment, Amendment, ReportMeeting, ServedNotice)}


def rows(name):
    section = re.search(rf"^### {name} .*?(?=^### |\Z)", TEXT, re.M | re.S).group()
    return re.findall(r"^\| ([a-z_]+) \| ([a-z_]+) \| (.*)$", section.replace("| from | to |", ""), re.M)


@pytest.mark.parametrize("name", MODELS)
def test_the_table_names_every_arrow_and_no_other(name):
    declared = {(step.source, step.target) for step in transitions(MODELS[name])}
    assert sorted((source, target) for source, target, _rest in rows(name)) == sorted(declared)


def test_every_function_that_the_tables_name_exists():
    names = {name for model in MODELS for row in rows(model) for name in re.findall(r"`(\w+\.\w+)`", row[2])}
    assert len(names) > 25
    for name in names:
        module, function = name.split(".")
        assert callable(getattr(import_module(f"commitments.domain.lifecycle.{module}"), function))
