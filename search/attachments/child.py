"""Has a file read by a process of its own, which the system kills where it takes too much."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from search.analysis.script import settled
from search.attachments.outcomes import Outcome
from search.attachments.reader import Limits
from suite import confined
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
    enough=20.0,
)
PROCESS = confined.Limits(memory=1024 * MB, cpu=30, wall=90, output=16 * MB)
_BLOCK = MB
READER = Path(__file__).with_name("reader.py")


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


def read(path: str, kind: str, limits: Limits = LIMITS, process: confined.Limits = PROCESS) -> Reading:
    """The text of a file on this disk. ``kind``: pdf or docx. Never raises for what is in the file."""
    try:
        row = json.loads(confined.run(READER, [path, kind, json.dumps(asdict(limits))], process))
        outcome = Outcome(row["outcome"])
    except confined.Stopped as stopped:
        return Reading(Outcome.TOO_SLOW if stopped.too_slow else Outcome.STOPPED)
    except (ValueError, KeyError, TypeError):
        return Reading(Outcome.STOPPED)
    text = settled(row["text"])
    masked = mask(text)
    # No personal number may stand in an index (requirements, last section), whatever is in the file.
    return Reading(Outcome.PERSONAL if masked != text else outcome, row["pages"], row["pages_read"], masked)
