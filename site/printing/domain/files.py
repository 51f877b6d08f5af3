"""Papers as files."""

import os
import re
import tempfile
from pathlib import Path

from printing.sheets import Sheet

_LONGEST = 60


def file_name(sheet: Sheet, ending: str = "pdf") -> str:
    """A file name that every system takes, in the document's own language: its name without signs, and the ending."""
    return f"{clean_name(sheet.name or sheet.title) or sheet.kind}.{ending}"


def clean_name(text: str) -> str:
    """The text without what file systems refuse or readers do not see, of bearable length; may be ''."""
    name = re.sub(r'[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069/\\:*?"<>|]+', " ", text)
    return " ".join(name.split())[:_LONGEST].strip(" .")


def write_whole(target: Path, content: bytes) -> None:
    """Write a file completely or not at all. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.chmod(0o644)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
