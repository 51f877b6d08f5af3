"""Has a file read by a process of its own, which the system kills where it takes too much."""

import hashlib
import json
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from search.analysis.script import settled
from search.attachments.outcomes import Outcome
from search.attachments.reader import Limits
from suite.privacy import mask

MB = 1024 * 1024
# A law with its annexes is 2 MB, a scanned one 20.
LARGEST_FILE = 50 * MB
# 2,000 pages are more than anybody reads of a search hit; half a million characters are some 700 full pages, are
# analysed in 0.2 s and searched for passages in 15 ms. 150 pages a second are read, so `enough` is seldom reached.
LIMITS = Limits(
    pages=2000,
    characters=500_000,
    unpacked=300 * MB,
    parts=5000,
    memory=1024 * MB,
    enough=20.0,
    cpu=30,
    wall=90,
    output=16 * MB,
)
# Seconds after which the parent kills what its own alarm did not end.
PATIENCE = 10
_BLOCK = MB
_READER = Path(__file__).with_name("reader.py")
_TOO_SLOW = {-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL}


@dataclass(frozen=True)
class Reading:
    """What is known of a file after it was read; ``digest``: SHA-256 of its content."""

    outcome: Outcome
    pages: int = 0
    pages_read: int = 0
    text: str = ""


def copied(file: IO[bytes], to: IO[bytes]) -> str | None:
    """Copy a file out of whatever store it is in. Returns its SHA-256; None where it has more than LARGEST_FILE."""
    digest, size = hashlib.sha256(), 0
    while block := file.read(_BLOCK):
        size += len(block)
        if size > LARGEST_FILE:
            return None
        digest.update(block)
        to.write(block)
    to.flush()
    return digest.hexdigest()


def read(path: str, kind: str, limits: Limits | None = None) -> Reading:
    """The text of a file on this disk. ``kind``: pdf or docx. Never raises for what is in the file."""
    limits = limits or LIMITS
    command = [sys.executable, "-I", str(_READER), path, kind, json.dumps(asdict(limits))]
    with tempfile.TemporaryFile() as output:
        # A file, not a pipe: however much the child writes, its limit stops it and not our memory.
        child = subprocess.Popen(  # noqa: S603 (our own program)
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL, env={}, cwd="/"
        )
        try:
            code = child.wait(limits.wall + PATIENCE)
        except subprocess.TimeoutExpired:
            code = -signal.SIGKILL
        finally:
            child.kill()
            child.wait()
        if code:
            return Reading(Outcome.TOO_SLOW if code in _TOO_SLOW else Outcome.STOPPED)
        output.seek(0)
        try:
            row = json.load(output)
            outcome = Outcome(row["outcome"])
        except (ValueError, KeyError, TypeError):
            return Reading(Outcome.STOPPED)
    text = settled(row["text"])
    masked = mask(text)
    # No personal number may stand in an index (requirements, last section), whatever is in the file.
    return Reading(Outcome.PERSONAL if masked != text else outcome, row["pages"], row["pages_read"], masked)
