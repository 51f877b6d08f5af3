"""The file of a draw: everything that anybody needs to compute it again, without this site."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from suite.draw import algorithm
from suite.draw.enums import SeedMode
from suite.draw.models import Draw
from suite.draw.verification import FORMAT

from .lifecycle import seed_of


def as_file(draw: Draw, address: str = "") -> dict[str, Any]:
    """The JSON of a public draw as docs/draw.md describes it; what is not known yet is left out.

    ``address``: the page of the draw. Raises ValueError before the list is published.
    """
    file: dict[str, Any] = {
        "format": FORMAT,
        "address": address,
        "state": draw.state,
        "list": draw.list_text,
        "list_sha256": draw.list_sha256,
    }
    if draw.mode == SeedMode.STRINGS:
        file["people"] = [_person(secret) for secret in draw.secrets.order_by("number")]
        if draw.committed_at:
            file["hashes_closed_at"] = _iso(draw.committed_at)
    elif draw.seeded_at:
        file["result"] = {
            "value": draw.value,
            "where": draw.published_where,
            "witness": draw.seed_witness,
            "entered_at": _iso(draw.seeded_at),
        }
    if draw.seeded_at:
        file["seed_key"] = seed_of(draw)
    if draw.result is not None and draw.drawn_at:
        key = file["seed_key"]
        file["order"] = [[one, algorithm.ticket(key, one), outcome] for one, outcome in draw.result]
        file["witnesses"], file["drawn_at"] = draw.witnesses, _iso(draw.drawn_at)
    if draw.voided_at:
        file["void"] = {"reason": draw.void_reason, "at": _iso(draw.voided_at)}
    return file


def _person(secret: Any) -> dict[str, Any]:
    person = {
        "number": secret.number,
        "name": secret.name,
        "sha256": secret.sha256,
        "recorded_at": _iso(secret.recorded_at),
    }
    return {**person, "text": secret.text, "shown_at": _iso(secret.revealed_at)} if secret.revealed_at else person


def _iso(moment: datetime.datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")
