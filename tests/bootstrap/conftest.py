"""A checkout that nothing was done in yet."""

import shutil
from pathlib import Path

import pytest

from tests.manage import ROOT


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
