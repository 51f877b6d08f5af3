"""Where things are in a checkout."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
SITE = ROOT / "site"
PYTHON = VENV / "bin" / "python"
# Present while .venv is being made: whoever finds it knows that the last attempt was cut short.
UNFINISHED = VENV / "unfinished"


def var() -> Path:
    """The folder of everything the running site writes; the settings read the same variable."""
    return Path(os.environ.get("BIANMIN_VAR", ROOT / "var"))


def log() -> Path:
    """The file that keeps what the commands we called had to say."""
    return var() / "log" / "bootstrap.log"
