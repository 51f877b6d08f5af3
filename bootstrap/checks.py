"""What is checked before the tests run: style, layers, types, Django's own checks."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from . import places, say
from .commands import CommandFailed, run


@dataclass(frozen=True)
class Check:
    """One check: its title, the command, and the variables it needs."""

    title: str
    command: tuple[str | Path, ...]
    env: dict[str, str] = field(default_factory=dict)


def all_checks() -> list[Check]:
    """Every check, in the order they are run."""
    tools = places.VENV / "bin"
    path = {"PYTHONPATH": f"{places.ROOT}{os.pathsep}{places.SITE}"}
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    templates = [path for folder in ("site", "search") for path in sorted((places.ROOT / folder).rglob("*.html"))]
    manage = (places.PYTHON, places.ROOT / "manage.py")
    return [
        Check("ruff check", (tools / "ruff", "check", "--quiet", ".")),
        Check("ruff format", (tools / "ruff", "format", "--check", "--quiet", ".")),
        Check("djhtml", (tools / "djhtml", "--check", "--tabwidth", "4", *templates)),
        Check("import-linter", (tools / "lint-imports",), path),
        Check("mypy", (tools / "mypy",)),
        Check("manage.py check", (*manage, "check", "--fail-level", "WARNING"), settings),
        Check("makemigrations --check", (*manage, "makemigrations", "--check", "--dry-run"), settings),
    ]


def failed() -> list[str]:
    """Run every check, print the words of those that fail, return their titles."""
    titles = []
    for check in all_checks():
        try:
            with say.step(check.title):
                run(*check.command, env=check.env, quotes_code=True)
        except CommandFailed as failure:
            titles.append(check.title)
            say.line(failure.output.rstrip())
    return titles
