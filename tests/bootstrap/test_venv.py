"""An environment whose making was cut short is made anew."""

import subprocess
import sys

from .conftest import copy_checkout


def settle(checkout):
    subprocess.run([sys.executable, "-c", "from bootstrap import venv; venv._settle()"], cwd=checkout, check=True)


def test_what_an_interrupted_run_left_is_cleared_away(tmp_path):
    checkout = copy_checkout(tmp_path / "checkout")
    half_made = checkout / ".venv" / "lib" / "half-a-package"
    half_made.mkdir(parents=True)
    (checkout / ".venv" / "unfinished").touch()
    settle(checkout)
    assert not half_made.exists()
    subprocess.run([checkout / ".venv" / "bin" / "python", "-m", "pip", "--version"], check=True)
    assert (checkout / ".venv" / "unfinished").exists(), "until the packages are in it, too"


def test_an_environment_whose_python_is_gone_is_made_anew(tmp_path):
    checkout = copy_checkout(tmp_path / "checkout")
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").symlink_to("/usr/bin/no-such-python")
    settle(checkout)
    subprocess.run([checkout / ".venv" / "bin" / "python", "--version"], check=True)
