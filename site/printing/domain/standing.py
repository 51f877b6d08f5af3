"""What a paper in hand is worth now: asked for its code, answered from the living object."""

from dataclasses import dataclass
from typing import Any

from printing.codes import read_code
from printing.enums import PaperState
from printing.models import PaperVersion
from printing.sheets import Pointer, Printable

from .changes import Change, changes
from .papers import Living, living, newest, version_of
from .registry import printables


@dataclass(frozen=True)
class Standing:
    """``version``: the one in hand; ``newest``: the one that holds now; ``now``: the living object, where everybody
    may read it. ``printable``: None where its plugin was taken out. ``instead``: where to turn with a paper of what was
    taken down.
    """

    version: PaperVersion
    state: PaperState
    newest: PaperVersion
    printable: Printable | None
    now: Living | None = None
    instead: tuple[Pointer, ...] = ()

    @property
    def title(self) -> str:
        """The title of the paper in hand, '' where the public may not know it."""
        return self.version.title or (self.now.sheet.title if self.now else "")

    @property
    def changes(self) -> list[Change]:
        """How the paper in hand differs from the newest; empty where that may not or cannot be told."""
        if self.now is None or not (self.version.public and self.newest.public):
            return []
        return changes(self.version.text, self.newest.text)

    @property
    def told(self) -> list[str]:
        """What changed in the object itself since the version in hand, where its plugin tells that in words."""
        if self.now is None or self.printable is None or self.state != PaperState.REPLACED:
            return []
        same = self.version.number == self.newest.number
        return [] if same else self.printable.changes(self.now.found, self.version.number)

    @property
    def reads_the_same(self) -> bool:
        """Whether an older version says what the newest says: a change was taken back, or does not touch this paper."""
        return self.version.digest == self.newest.digest


def standing(typed: str) -> Standing | None:
    """What is to be said of the paper with that code, however it was typed; None for a code that is not ours.

    Where the object has changed and nobody has printed it since, its next version is recorded first.
    """
    version = PaperVersion.objects.filter(code=read_code(typed)).first()
    if version is None:
        return None
    printable = printables().get(version.kind)
    found = printable.find(version.key) if printable else None
    if printable is None or found is None:
        return _withdrawn(version, printable, None)
    now = living(printable, version.key, found)
    if now.sheet.draft or (version.public and not now.is_public):
        return _withdrawn(version, printable, found)
    if not now.is_public:
        # A paper for few: whether it is the last one handed out may be said, and nothing of what it says.
        last = newest(version.kind, version.key) or version
        return Standing(version, _state(version, last, now), last, printable)
    last = version if now.sheet.ended else version_of(now)
    return Standing(version, _state(version, last, now), last, printable, now)


def _withdrawn(version: PaperVersion, printable: Printable | None, found: Any) -> Standing:
    instead = printable.instead(found) if printable and version.public else []
    return Standing(version, PaperState.WITHDRAWN, version, printable, instead=tuple(instead))


def _state(version: PaperVersion, last: PaperVersion, now: Living) -> PaperState:
    if now.sheet.ended:
        return PaperState.ENDED
    return PaperState.CURRENT if version == last else PaperState.REPLACED
