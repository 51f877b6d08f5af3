"""manage.py as a newcomer runs it, and the sample township that it prepares."""

import fcntl
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# The Python outside .venv, which a newcomer has.
SYSTEM_PYTHON = getattr(sys, "_base_executable", sys.executable)


def run_manage(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py of ``folder`` with the Python of the system. Never raises for its exit code."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("BIANMIN_", "DJANGO_", "PYTEST_"))
    }
    return subprocess.run(
        [SYSTEM_PYTHON, "manage.py", *arguments],
        cwd=folder,
        env={**inherited, "PYTHONDONTWRITEBYTECODE": "1", **variables},
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )


def copy_sample_site(target: Path, factory: pytest.TempPathFactory) -> Path:
    """The data folder that `manage.py up` prepares, as `target`, which does not exist yet. Returns it.

    Migrations, sample, papers and index take a minute or two: it is prepared once in a run and copied for each caller.
    """
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # that of the whole run
    prepared, unfinished = shared / "sample-site", shared / "sample-site.new"
    with (shared / "sample-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not prepared.exists():
            shutil.rmtree(unfinished, ignore_errors=True)
            done = run_manage(ROOT, "up", "--no-serve", BIANMIN_VAR=str(unfinished))
            assert done.returncode == 0, done.stdout + done.stderr
            unfinished.replace(prepared)
    return Path(shutil.copytree(prepared, target))


def wait_until_it_answers(url: str, server: subprocess.Popen[bytes], printed: Path) -> None:
    """Wait, at most five minutes, until ``url`` answers. Fails with what the server ``printed`` where it does not."""
    until = time.monotonic() + 300
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.3)
        else:
            return
    pytest.fail(f"{url} does not answer:\n{printed.read_text()}")
