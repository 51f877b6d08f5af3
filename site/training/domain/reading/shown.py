"""What was shown to whom, and what is still to be shown before somebody can confirm (requirement Q)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.db import transaction

from organisation.models import Person
from training.domain.materials.versions import sheet_count
from training.models import MaterialVersion, SheetShown

END = 0
# What browsers send with pages that nobody looks at yet; a page drawn ahead says "prefetch;prerender".
_FETCHED_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
_SALT = "training.reading.end"


def sheets_of(version: MaterialVersion) -> set[int]:
    """The numbers that have to be shown: 1 to the last sheet; of what has no sheets the end of its page, 0."""
    count = sheet_count(version)
    return set(range(1, count + 1)) if count else {END}


def shown_of(person: Person, version: MaterialVersion) -> set[int]:
    """The sheets of the version that this person was shown."""
    found = SheetShown.objects.filter(person=person, version=version).values_list("numbers", flat=True).first()
    return set(found or ())


def unseen(person: Person, version: MaterialVersion) -> list[int]:
    """The sheets of the version that this person has still to be shown, in order."""
    return sorted(sheets_of(version) - shown_of(person, version))


def note(person: Person, version: MaterialVersion, number: int) -> None:
    """The person was shown sheet `number` of the version; asked again for the same, nothing is written.

    A number that the version does not have is passed over. Call it where somebody looks at the sheet: not for HEAD,
    nor for what a browser fetches ahead, nor for a preview.
    """
    if number not in sheets_of(version) or number in shown_of(person, version):
        return
    with transaction.atomic():
        row, _new = SheetShown.objects.select_for_update().get_or_create(person=person, version=version)
        row.numbers = sorted({*row.numbers, number})
        row.save(update_fields=["numbers"])


def note_view(user: Any, version: MaterialVersion, number: int, method: str, headers: Mapping[str, str]) -> None:
    """`user` opened the page of a sheet. Counts for people in service who look at it: not for HEAD, nor for what a
    browser fetches ahead, as its headers say."""
    person = getattr(user, "person", None)
    ahead = any("prefetch" in headers.get(name, "").lower() for name in _FETCHED_AHEAD)
    if person is not None and person.active and method == "GET" and not ahead:
        note(person, version, number)


def end_token(person: Person, version: MaterialVersion) -> str:
    """What stands at the very end of a text, for this person and version: who hands it in has come there."""
    return signing.dumps([person.pk, version.pk], salt=_SALT)


def note_end(person: Person, version: MaterialVersion, token: str) -> None:
    """The person has come to the end of the version's text, as `token` proves; passed over where it does not."""
    try:
        reached = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return
    if reached == [person.pk, version.pk]:
        note(person, version, END)
