"""Files of materials: what is taken, and how their sheets are drawn behind the scenes (requirement Q)."""

import hashlib
import json
import tempfile
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from suite import confined
from suite.background.domain import Turn
from suite.evidence.validators import cleaned_name
from training.domain.lifecycle import materials as lifecycle
from training.models import MaterialFile

MB = 1024 * 1024
MOST_BYTES = 50 * MB
MOST_PAGES = 300
# Sharp on a telephone held sideways, and a tenth of the PDF to fetch for each page.
ORDER = {"width": 1280, "pages": MOST_PAGES, "quality": 80, "enough": 4.0}
PROCESS = confined.Limits(memory=1024 * MB, cpu=30, wall=60, output=16 * MB)
_DRAW = Path(__file__).with_name("draw.py")
_PICTURES = ("jpg", "jpeg", "png", "webp")
_OFFICE = ("ppt", "pptx", "pps", "ppsx", "doc", "docx", "wps", "dps", "odp", "odt", "key")


def why_not(outcome: str, name: str) -> str:
    """What to do about a file that could not be drawn."""
    words = {
        "password": _("“%(name)s” is protected by a password: save it without one, and add that."),
        "pages": _("“%(name)s” has more than %(most)s pages: divide it into several materials."),
        "size": _("“%(name)s” is too large to be drawn: save it again with smaller pages or pictures, and add that."),
        "slow": _("“%(name)s” takes too long to be drawn: save it again with simpler pages, and add that."),
    }
    broken = _("“%(name)s” is damaged or is not what its name says: open it, save it again, and add that.")
    return words.get(outcome, broken) % {"name": name, "most": MOST_PAGES}


def looked_at(file: Any, pictures: bool = False) -> tuple[str, str]:
    """Look at an uploaded file: its harmless name, and its SHA-256. A form does so before a transaction begins.

    ``pictures``: a picture is asked for, otherwise a PDF. Raises ValidationError saying what to do.
    """
    name = cleaned_name(str(file.name))
    _require_kind(name, pictures)
    if file.size > MOST_BYTES:
        raise ValidationError(
            _("“%(name)s” is larger than %(most)s MB: save it with smaller pictures, or divide it.")
            % {"name": name, "most": MOST_BYTES // MB}
        )
    digest = hashlib.sha256()
    with tempfile.NamedTemporaryFile(suffix=".look") as copy:
        file.seek(0)
        while block := file.read(MB):
            digest.update(block)
            copy.write(block)
        copy.flush()
        file.seek(0)
        _require_head(copy.name, name)
        row = drawn(Path(copy.name), name, 0, Path(copy.name).parent)
    if row["outcome"] != "read":
        raise ValidationError(why_not(row["outcome"], name))
    return name, digest.hexdigest()


def keep(file: Any, user: Any, pictures: bool = False) -> MaterialFile:
    """Keep an uploaded file and have its sheets drawn; one that is there already is not kept twice.

    Raises ValidationError as `looked_at` does.
    """
    name, digest = looked_at(file, pictures)
    return kept(file, name, digest, user)


def kept(file: Any, name: str, digest: str, user: Any) -> MaterialFile:
    """Keep a file that was `looked_at`."""
    known = MaterialFile.objects.filter(sha256=digest, name=name).exclude(state="refused").first()
    return lifecycle.want_again(known) if known else lifecycle.add_file(File(file, name=name), name, digest, user)


def work(record: MaterialFile, turn: Turn) -> None:
    """One turn: some pages of a file become sheets. Raises ValidationError where it can't be drawn."""
    with tempfile.TemporaryDirectory() as folder:
        while not turn.time_is_up:
            row = drawn(Path(record.file.path), record.name, record.done + 1, Path(folder))
            if row["outcome"] != "read" or not row["sheets"]:
                raise ValidationError(why_not(row["outcome"], record.name))
            record.total = row["pages"]
            for sheet in row["sheets"]:
                lifecycle.add_sheet(record, sheet, Path(folder) / f"{sheet['number']}.webp")
                record.done = sheet["number"]
            turn.report(record.done, at_once=True, total=record.total)
            if record.done >= record.total:
                lifecycle.finish(record)
                return


def drawn(path: Path, name: str, first: int, folder: Path) -> dict[str, Any]:
    """What `draw.py` says of a file; see there. ``first`` 0: whether it can be drawn."""
    kind = "pdf" if name.lower().endswith(".pdf") else "picture"
    arguments = [str(path), kind, str(first), str(folder), json.dumps(ORDER)]
    try:
        row: dict[str, Any] = json.loads(confined.run(_DRAW, arguments, PROCESS))
    except confined.Stopped as stopped:
        return {"outcome": "slow" if stopped.too_slow else "broken", "pages": 0, "sheets": []}
    except ValueError:
        return {"outcome": "broken", "pages": 0, "sheets": []}
    return row


def _require_kind(name: str, pictures: bool) -> None:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if pictures and ending not in _PICTURES:
        raise ValidationError(
            _("“%(name)s” is no picture that is taken here: add JPG, PNG or WEBP.") % {"name": name or "?"}
        )
    if not pictures and ending in _OFFICE:
        raise ValidationError(
            _(
                "“%(name)s” is a file of an Office program, which readers' telephones show differently or not at all: "
                "save it as PDF there (File, Save as, PDF), and add that."
            )
            % {"name": name}
        )
    if not pictures and ending != "pdf":
        raise ValidationError(
            _("“%(name)s” is no PDF: save slides or text as PDF, and add that.") % {"name": name or "?"}
        )


def _require_head(path: str, name: str) -> None:
    with open(path, "rb") as file:
        head = _head(file)
    if name.lower().endswith(".pdf") and head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ValidationError(
            _(
                "“%(name)s” was only renamed: inside it is still a file of an Office program. Open it there, save it "
                "as PDF, and add that."
            )
            % {"name": name}
        )
    if name.lower().endswith(".pdf") and b"%PDF-" not in head:
        raise ValidationError(why_not("broken", name))


def _head(file: IO[bytes]) -> bytes:
    return file.read(1024)
