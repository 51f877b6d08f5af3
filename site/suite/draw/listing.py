"""The frozen list: candidates and rules as one text, byte by byte the same wherever it is written.

One line for each thing, its fields with a tab between them, a line feed after every line, UTF-8. Its SHA-256 is
published before the seed exists; ``sha256sum`` on the downloaded text gives the same. The words are Chinese because
villagers read it; docs/draw.md explains each line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

HEAD = ("便民抽签名单", "1")
RESULT, STRINGS = "公开结果", "多人暗号"
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,59}")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")


@dataclass(frozen=True)
class Candidate:
    """One who may be drawn.

    ``key``: letters, digits and ``._:-``, public, nothing personal (a number of the sign-up). ``label``: as it may be
    public, masked already. ``stratum``: the group seats are kept for (a village, a unit), '' where there are none.
    ``last``: how many draws ago they were drawn last, 1 is the last one, 0 is never or not known.
    """

    key: str
    label: str
    stratum: str = ""
    last: int = 0


@dataclass(frozen=True)
class Rules:
    """How many are drawn, and how they are spread.

    ``total``: seats in all. ``seats``: how many of them are kept for each stratum; the others are open to everybody.
    At least one for each stratum is ``Rules.one_each(...)``. ``rest``: who was drawn within so many of the last draws
    comes after everybody else, the longest ago first; 0: that does not count.
    """

    total: int
    seats: Mapping[str, int] = field(default_factory=dict)
    rest: int = 0

    @classmethod
    def one_each(cls, candidates: "list[Candidate]", total: int, rest: int = 0) -> "Rules":
        """One seat kept for every stratum among the candidates, the others open."""
        return cls(total, {one.stratum: 1 for one in candidates}, rest)

    @property
    def open_seats(self) -> int:
        """Seats that are kept for no stratum."""
        return self.total - sum(self.seats.values())

    def lateness(self, candidate: Candidate) -> int:
        """0 for those who come first; else the larger, the more recently they were drawn."""
        return self.rest + 1 - candidate.last if 0 < candidate.last <= self.rest else 0


@dataclass(frozen=True)
class Listing:
    """Everything that is frozen. ``source``, ``form`` and ``digits`` tell of a public result; for strings they are
    '', '' and 0. ``due``: when the result is due, or until when all strings must be shown."""

    draw: str
    title: str
    purpose: str
    subject: tuple[str, str, str]
    candidates: tuple[Candidate, ...]
    rules: Rules
    due: datetime
    frozen: datetime
    source: str = ""
    form: str = ""
    digits: int = 0
    again: tuple[str, str] | None = None

    @property
    def is_result(self) -> bool:
        """Whether the seed is a public result."""
        return self.digits > 0


def write(listing: Listing) -> str:
    """The text whose hash is published. Fields must hold neither tabs nor line ends (the domain refuses them)."""
    seed = (RESULT, listing.source, listing.form, str(listing.digits)) if listing.is_result else (STRINGS,)
    lines = [
        HEAD,
        ("编号", listing.draw),
        ("名称", listing.title),
        ("用途", listing.purpose),
        ("事项", *listing.subject),
        *([("重抽", *listing.again)] if listing.again else []),
        ("名额", str(listing.rules.total)),
        *(("保底", stratum, str(seats)) for stratum, seats in listing.rules.seats.items()),
        ("轮休", str(listing.rules.rest)),
        ("种子", *seed),
        ("到期", listing.due.isoformat(timespec="seconds")),
        ("冻结", listing.frozen.isoformat(timespec="seconds")),
        ("人数", str(len(listing.candidates))),
        *((one.key, one.stratum, str(one.last), one.label) for one in listing.candidates),
    ]
    return "".join("\t".join(line) + "\n" for line in lines)


def parse(text: str) -> Listing:
    """What a text written by `write` says. Raises ValueError, naming the line, for every other text."""
    lines = [tuple(line.split("\t")) for line in text.split("\n")]
    reader = _Reader(lines)
    if reader.take() != HEAD:
        raise ValueError("1")
    draw, title, purpose = (reader.named(name, 1)[0] for name in ("编号", "名称", "用途"))
    subject = reader.named("事项", 3)
    again = reader.named("重抽", 2) if reader.next_is("重抽") else None
    total = reader.number("名额")
    seats = {}
    while reader.next_is("保底"):
        stratum, kept = reader.named("保底", 2)
        seats[stratum] = _number(kept, reader.at)
    rest = reader.number("轮休")
    mode, *about = reader.take()[1:]
    source, form, digits = about if mode == RESULT and len(about) == 3 else ("", "", "0")  # noqa: PLR2004
    due, frozen = reader.moment("到期"), reader.moment("冻结")
    count = reader.number("人数")
    candidates = tuple(reader.candidate() for _line in range(count))
    listing = Listing(
        draw, title, purpose, (subject[0], subject[1], subject[2]), candidates, Rules(total, seats, rest), due, frozen,
        source, form, _number(digits, reader.at), (again[0], again[1]) if again else None,
    )  # fmt: skip
    if write(listing) != text or len({one.key for one in candidates}) != count or listing.rules.open_seats < 0:
        raise ValueError("?")
    return listing


class _Reader:
    """Takes one line after the other; a ValueError names the number of the line that is not as it should be."""

    def __init__(self, lines: list[tuple[str, ...]]) -> None:
        self.lines, self.at = lines, 0

    def take(self) -> tuple[str, ...]:
        self.at += 1
        if self.at > len(self.lines):
            raise ValueError(str(self.at))
        return self.lines[self.at - 1]

    def next_is(self, name: str) -> bool:
        return self.at < len(self.lines) and self.lines[self.at][0] == name

    def named(self, name: str, fields: int) -> tuple[str, ...]:
        first, *others = self.take()
        if first != name or len(others) != fields:
            raise ValueError(str(self.at))
        return tuple(others)

    def number(self, name: str) -> int:
        return _number(self.named(name, 1)[0], self.at)

    def moment(self, name: str) -> datetime:
        moment = datetime.fromisoformat(self.named(name, 1)[0])
        if moment.tzinfo is None:
            raise ValueError(str(self.at))
        return moment

    def candidate(self) -> Candidate:
        line = self.take()
        if len(line) != 4 or not KEY.fullmatch(line[0]):  # noqa: PLR2004
            raise ValueError(str(self.at))
        return Candidate(line[0], line[3], line[1], _number(line[2], self.at))


def _number(text: str, line: int) -> int:
    if not _NUMBER.fullmatch(text):
        raise ValueError(str(line))
    return int(text)
