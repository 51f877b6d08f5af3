"""The shapes that the sample is written in."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Report:
    """A topic as it was reported. ``by``: the account's key; ``days``: how long before the hearing, or today."""

    key: str
    village: str
    theme: str
    title: str
    text: str
    wish: str
    concerned: int
    days: int
    by: str = "efficiency_office"
    raised_by: str = ""


@dataclass(frozen=True)
class Deed:
    """A measure. ``due``: days after the session (None: done on the spot); ``ended``: days after it, when it was done
    or explained; ``moved``: (days later, reason)."""

    kind: str
    text: str
    unit: str
    due: int | None = None
    handler: str = ""
    ended: int | None = None
    result: str = ""
    explained: bool = False
    moved: tuple[int, str] | None = None


@dataclass(frozen=True)
class Talk:
    """One problem of a session. ``topic``: the key of its report, or '' for what a representative asks there.

    ``said``: (kind, who, text), who being the number of a representative or the key of an officer. ``study``: days
    until the township answers, where there is no conclusion.
    """

    topic: str
    said: tuple[tuple[str, int | str, str], ...]
    conclusion: str = ""
    against: tuple[int, ...] = ()
    study: int | None = None
    deeds: tuple[Deed, ...] = ()
    title: str = ""
    theme: str = ""
    village: str = ""


@dataclass(frozen=True)
class Volunteer:
    """Somebody who signed up (``village``) or was invited (``represents``); ``line``: the last figures of the phone."""

    name: str
    village: str
    line: str
    problem: str = ""
    represents: str = ""
    accepts: bool | None = None


@dataclass(frozen=True)
class Sitting:
    """A whole hearing. ``held``: days ago, about; negative for one that is still to come."""

    title: str
    about: str
    place: str
    held: int
    hour: int
    quotas: dict[str, int]
    invited: int
    officers: dict[str, str]
    reports: tuple[Report, ...]
    people: tuple[Volunteer, ...]
    talks: tuple[Talk, ...] = ()
    closed: bool = False
    postings: tuple[tuple[str, str, str, str, str], ...] = field(default=())
