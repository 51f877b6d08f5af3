"""The tables of states in docs/hearing-rules.md are those of the code."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

from hearings.models import Correction, Hearing, Measure, Problem, Representative, Topic
from suite.state import transitions

TEXT = (Path(settings.BASE_DIR) / "docs" / "hearing-rules.md").read_text()
SECTIONS = {
    "Topic": (Topic,),
    "Hearing": (Hearing,),
    "Representative": (Representative,),
    "Problem": (Problem, Measure, Correction),
}


def rows(title):
    section = re.search(rf"^### {title} .*?(?=^### |\Z)", TEXT, re.M | re.S).group()
    return re.findall(r"^\| ([a-z_]+) \| ([a-z_]+) \| (.*)$", section.replace("| from | to |", ""), re.M)


@pytest.mark.parametrize("title", SECTIONS)
def test_the_tables_name_every_arrow_and_no_other(title):
    declared = [(step.source, step.target) for model in SECTIONS[title] for step in transitions(model)]
    assert sorted((source, target) for source, target, _rest in rows(title)) == sorted(declared)


def test_every_function_that_the_tables_name_exists():
    names = {name for title in SECTIONS for row in rows(title) for name in re.findall(r"`(\w+\.\w+)`", row[2])}
    assert len(names) > 15
    for name in names:
        module, function = name.split(".")
        assert callable(getattr(import_module(f"hearings.domain.lifecycle.{module}"), function))
