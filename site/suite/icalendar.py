"""Calendar files after RFC 5545, as phones and office programs subscribe to: written, never read.

Only what a feed of dated meetings needs. Times are written in UTC, which needs no description of time zones.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

# Octets of a line before it is folded (RFC 5545, 3.1).
LONGEST_LINE = 75


@dataclass(frozen=True)
class Event:
    """One meeting. ``uid``: the same whenever the feed is written; ``sequence`` rises with every change of the day or
    place; ``changed``: when it last changed; moments are aware; ``status`` is CONFIRMED, TENTATIVE or CANCELLED."""

    uid: str
    title: str
    starts: datetime.datetime
    ends: datetime.datetime
    changed: datetime.datetime
    place: str = ""
    about: str = ""
    address: str = ""
    status: str = "CONFIRMED"
    sequence: int = 0


def calendar(name: str, events: Iterable[Event], producer: str = "-//Bianmin//Calendar//ZH") -> bytes:
    """A whole calendar as UTF-8: lines end in CR LF, none longer than 75 octets."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{producer}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_text(name)}")
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _event(event: Event) -> list[str]:
    parts = {"LOCATION": _text(event.place), "DESCRIPTION": _text(event.about), "URL": event.address}
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{_moment(event.changed)}",
        f"LAST-MODIFIED:{_moment(event.changed)}",
        f"SEQUENCE:{event.sequence}",
        f"STATUS:{event.status}",
        f"DTSTART:{_moment(event.starts)}",
        f"DTEND:{_moment(event.ends)}",
        f"SUMMARY:{_text(event.title)}",
        *(f"{name}:{value}" for name, value in parts.items() if value),
        "END:VEVENT",
    ]


def _moment(value: datetime.datetime) -> str:
    return value.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """As a TEXT value: backslash, comma and semicolon escaped, line ends written as \\n, other controls left out."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        value = value.replace(plain, escaped)
    return "".join(one for one in value if one >= " " and one != "\x7f")


def _folded(line: str) -> bytes:
    """The line cut into pieces of at most 75 octets, between characters; each further piece begins with a blank."""
    pieces: list[bytes] = []
    piece = b""
    for character in line:
        octets = character.encode()
        # A further piece has its blank in front.
        room = LONGEST_LINE - (1 if pieces else 0)
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            piece = b""
        piece += octets
    return b"\r\n ".join([*pieces, piece])
