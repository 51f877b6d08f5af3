"""A checkout that nothing was done in yet, and the Python outside .venv that a newcomer has."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_PYTHON = getattr(sys, "_base_executable", sys.executable)
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder with what `manage.py up` begins with."""
    return copy_checkout(tmp_path / "checkout")


def copy_checkout(folder: Path) -> Path:
    """Copy the files that the bootstrap reads into ``folder``."""
    folder.mkdir(exist_ok=True)
    for name in ("manage.py", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "bootstrap", folder / "bootstrap", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def run_manage(folder: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run manage.py of ``folder`` with the Python of the system, as a newcomer does."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("BIANMIN_", "DJANGO_", "PYTEST_"))
    }
    return subprocess.run(
        [SYSTEM_PYTHON, "manage.py", *arguments],
        cwd=folder,
        env={**inherited, "PYTHONDONTWRITEBYTECODE": "1", **variables},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
