"""What was shown to whom, and what is still to be shown before somebody can confirm (requirement Q)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.db import transaction

from organisation.models import Person
from training.domain.materials.versions import sheet_count
from training.models import MaterialVersion, SheetShown

from .parts import END, Left, parts

# What browsers send with pages that nobody looks at yet; a page drawn ahead says "prefetch;prerender".
_FETCHED_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
_SALT = "training.reading.end"


def parts_of(version: MaterialVersion) -> frozenset[int]:
    """The numbers of everything that has to be shown: every sheet, the end of the text, the video."""
    return parts(sheet_count(version), version.has_text, version.video_id is not None)


def left_of(person: Person, version: MaterialVersion) -> Left:
    """What of the version this person has still to come through."""
    found = SheetShown.objects.filter(person=person, version=version).values_list("numbers", flat=True).first()
    return Left(parts_of(version), None if found is None else frozenset(found))


def note(person: Person, version: MaterialVersion, number: int) -> None:
    """The person was shown part `number` of the version; asked again for the same, nothing is written.

    A number that the version does not have is passed over. Call it where somebody looks at the part: not for HEAD,
    nor for what a browser fetches ahead, nor for a preview; of a video `watching` says when it counts.
    """
    if number not in left_of(person, version).numbers:
        return
    with transaction.atomic():
        row, _new = SheetShown.objects.select_for_update().get_or_create(person=person, version=version)
        row.numbers = sorted({*row.numbers, number})
        row.save(update_fields=["numbers"])


def looks(user: Any, method: str, headers: Mapping[str, str]) -> bool:
    """Whether `user` is somebody in service who looks at a page: not for HEAD, nor for what a browser fetches ahead,
    as its headers say."""
    person = getattr(user, "person", None)
    ahead = any("prefetch" in headers.get(name, "").lower() for name in _FETCHED_AHEAD)
    return person is not None and person.active and method == "GET" and not ahead


def note_view(user: Any, version: MaterialVersion, number: int, method: str, headers: Mapping[str, str]) -> None:
    """`user` opened the page of a sheet; counts for whoever `looks` at it."""
    if looks(user, method, headers):
        note(user.person, version, number)


def end_token(person: Person, version: MaterialVersion) -> str:
    """What stands at the very end of a text, for this person and version: who hands it in has come there."""
    return signing.dumps([person.pk, version.pk], salt=_SALT)


def note_end(person: Person, version: MaterialVersion, token: str) -> None:
    """The person has come to the end of the version's text, as `token` proves; passed over where it does not."""
    if proves(token, person, version, _SALT):
        note(person, version, END)


def proves(token: str, person: Person, version: MaterialVersion, salt: str) -> bool:
    """Whether the token was signed with that salt for this person and version."""
    try:
        return bool(signing.loads(token, salt=salt) == [person.pk, version.pk])
    except signing.BadSignature:
        return False
