"""Versions of papers: which one a sheet is, and recording the next one."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone

from printing.codes import new_code, spaced
from printing.models import PaperVersion
from printing.sheets import Mark, Printable, Sheet
from suite.privacy import mask
from suite.theme.office import outside_address

from .registry import find_printable, sheet_of
from .wording import Wording, wording

_ATTEMPTS = 8


@dataclass(frozen=True)
class Living:
    """An object as it is now: how it is printed, and the sheet in the kind's usual size.

    All sizes of a paper are one version, and that size says what it reads.
    """

    printable: Printable
    key: str
    found: Any
    sheet: Sheet

    @property
    def is_public(self) -> bool:
        """Whether everybody may read the paper."""
        return self.printable.user_can_print(AnonymousUser(), self.found)


def key_of(key: str, found: Any) -> str:
    """The one key of an object: the primary key of a row, however it was written in an address ("7", "007")."""
    return str(found.pk) if isinstance(found, models.Model) else key


def living(printable: Printable, key: str, found: Any) -> Living:
    """The object with its sheet, made now."""
    return Living(printable, key_of(key, found), found, sheet_of(printable, found))


def mark_of(now: Living) -> Mark | None:
    """What to print on the paper; the next version is recorded where it says something new.

    None for a draft and for papers nobody traces. The mark's address is '' while the site has none outside.
    """
    if now.sheet.draft or not now.printable.traced:
        return None
    version = version_of(now)
    address = outside_address(reverse("papers:paper", args=[version.code]))
    return Mark(version.edition, version.since, address, spaced(version.code))


def record_next(kind: str, key: str) -> None:
    """Record what the paper says now, where that is new. Raises ValidationError where there is no such paper."""
    printable, found = find_printable(kind, key)
    now = living(printable, key, found)
    if printable.traced and not now.sheet.draft:
        version_of(now)


def newest(kind: str, key: str) -> PaperVersion | None:
    """The last version that was recorded."""
    return PaperVersion.objects.filter(kind=kind, key=key).order_by("-pk").first()


def version_of(now: Living) -> PaperVersion:
    """The version that the sheet is: the newest where it says the same, else the next, recorded now.

    Safe with several processes at once: a version number and a code are given once.
    """
    says = wording(now.sheet)
    latest = newest(now.printable.kind, now.key)
    if latest and _is(latest, now.sheet, says):
        return latest
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with transaction.atomic():
                return _next(now, says)
        except IntegrityError:
            # Another process was first: it may have recorded just this.
            if attempt == _ATTEMPTS:
                raise
    raise AssertionError


def _next(now: Living, says: Wording) -> PaperVersion:
    latest = newest(now.printable.kind, now.key)
    if latest and _is(latest, now.sheet, says):
        return latest
    if latest and (earlier := _overtaken(now, says, latest)):
        return earlier
    public = now.is_public
    number, reprint = _numbers(now, latest)
    return PaperVersion.objects.create(
        kind=now.printable.kind,
        key=now.key,
        number=number,
        reprint=reprint,
        since=_since(now.sheet, latest),
        code=new_code(),
        digest=says.digest,
        public=public,
        # Checked before it was published; what slipped through all the same must not stay here.
        title=mask(says.title)[:500] if public else "",
        text=[mask(paragraph) for paragraph in says.paragraphs] if public else [],
    )


def _is(version: PaperVersion, sheet: Sheet, says: Wording) -> bool:
    """Whether the sheet is that version: the same words, and the object did not become another version since."""
    return version.digest == says.digest and sheet.version in (None, version.number)


def _numbers(now: Living, latest: PaperVersion | None) -> tuple[int, int]:
    """The next version's number and reprint. The object's own number goes before ours."""
    if now.sheet.version is None:
        return (latest.number + 1 if latest else 1), 0
    same = PaperVersion.objects.filter(kind=now.printable.kind, key=now.key, number=now.sheet.version)
    before = same.order_by("-reprint").first()
    return now.sheet.version, before.reprint + 1 if before else 0


def _overtaken(now: Living, says: Wording, latest: PaperVersion) -> PaperVersion | None:
    """The earlier version that a sheet is which was made before the object was changed; None for a fresh sheet."""
    versions = PaperVersion.objects.filter(kind=latest.kind, key=latest.key, digest=says.digest).order_by("pk")
    earlier = next((one for one in reversed(versions) if _is(one, now.sheet, says)), None)
    if earlier is None:
        return None
    found = now.printable.find(now.key)
    sheet = sheet_of(now.printable, found) if found is not None else now.sheet
    fresh = sheet.version == now.sheet.version and wording(sheet).digest == says.digest
    return None if fresh else earlier


def _since(sheet: Sheet, latest: PaperVersion | None) -> Any:
    """The day of the change. What changed without the object (the office's phone) changed after the last version."""
    today = timezone.localdate()
    if sheet.changed is None or (latest and sheet.changed < timezone.localdate(latest.recorded_at)):
        return today
    return min(sheet.changed, today)
