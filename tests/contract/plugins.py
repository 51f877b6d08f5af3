"""Running a command of the product without some plugins."""

import os
import subprocess

from tests.manage import ROOT

# The line as it stands in the settings, whatever this very run was told to leave out.
PLUGINS = ["pages", "policies", "guides", "hearings", "commitments", "training"]


def run(command, var, without=""):
    """A process of its own with its own data folder. Returns what it printed."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "BIANMIN_"))}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={
            **inherited,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "BIANMIN_VAR": str(var),
            "BIANMIN_WITHOUT": without,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout
