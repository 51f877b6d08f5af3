"""Captions: WebVTT as browsers read it; SRT, which many programs write, becomes WebVTT."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_CHARACTERS = 300_000
_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
_TIMING = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+.*)?")
# What was meant as one: with another arrow, or in the letters of a Chinese keyboard.
_MEANT_AS_TIMING = re.compile(r"\d+[:：]\d\d.*(?:->|→|＞|—|–)")
_TAGS = re.compile(r"<[^>\n]*>")


@dataclass(frozen=True)
class Cue:
    """What is shown from one moment to another, in seconds."""

    start: float
    end: float
    text: str


def cleaned(text: str, seconds: int | None = None) -> str:
    """Captions as they are kept, '' for none. ``seconds``: how long the video lasts, where that is known.

    Raises ValidationError naming the line that is wrong.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        return ""
    if len(text) > MOST_CHARACTERS:
        raise ValidationError(_("These captions are longer than those of a whole day: choose the file of this video."))
    if not text.startswith("WEBVTT"):
        if not (text[0].isdigit() and "-->" in text):
            raise ValidationError(_("Captions are a file that begins with WEBVTT (or an SRT file): choose that one."))
        text = "WEBVTT\n\n" + _TIMING.sub(lambda timing: timing[0].replace(",", "."), text)
    found = cues(text)
    if not found:
        raise ValidationError(_("There is no text in these captions: choose the file that was saved last."))
    if seconds is not None and found[-1].start > seconds + 1:
        raise ValidationError(
            _("The last caption comes %(late)s seconds after the video has ended: choose the captions of this video.")
            % {"late": round(found[-1].start - seconds)}
        )
    return text + "\n"


def cues(text: str) -> list[Cue]:
    """What stands in captions, in order. Raises ValidationError as `cleaned`."""
    found: list[Cue] = []
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        line = lines[number].strip()
        number += 1
        if "-->" not in line and not _MEANT_AS_TIMING.match(line):
            continue
        timing = _TIMING.fullmatch(line)
        if timing is None:
            raise ValidationError(
                _("Line %(line)s of the captions is no time (00:01.000 --> 00:04.000): mend it and send it again.")
                % {"line": number}
            )
        start, end = _seconds(timing.groups()[:4]), _seconds(timing.groups()[4:])
        if end <= start or (found and start < found[-1].start):
            raise ValidationError(
                _("The time in line %(line)s of the captions runs backwards: mend it and send it again.")
                % {"line": number}
            )
        said = []
        while number < len(lines) and lines[number].strip():
            said.append(_TAGS.sub("", lines[number]).strip())
            number += 1
        if any(said):
            found.append(Cue(start, end, "\n".join(said)))
    return found


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
