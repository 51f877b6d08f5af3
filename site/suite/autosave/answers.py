"""What a view reads from a form that saves itself, and what it answers."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import render

CONFLICT, REFUSED = HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY
OWN_FIELDS = frozenset({"csrfmiddlewaretoken", "version", "writer", "turn"})
_LONGEST_WRITER = 36
_UNKNOWN = -1  # no draft has this version: what cannot be read overwrites nothing

Fields = Mapping[str, Sequence[str]]


def _as_it_is(name: str, value: str) -> str:
    return value


class Sent(NamedTuple):
    """Which version a form goes on from, which page sent it, and the how manieth time: `accept(record, *sent)`."""

    version: int
    writer: str
    turn: int


def sent(request: HttpRequest) -> Sent:
    """Read from a posted form. What cannot be read becomes a version that no draft has, so that it is a conflict."""
    version, turn = request.POST.get("version", ""), request.POST.get("turn", "")
    return Sent(_number(version, _UNKNOWN), request.POST.get("writer", "")[:_LONGEST_WRITER], _number(turn, 0))


def fields_of(posted: QueryDict) -> dict[str, list[str]]:
    """The fields of a posted form by name, in its order, each a list of values; without `OWN_FIELDS`."""
    return {name: [str(value) for value in values] for name, values in posted.lists() if name not in OWN_FIELDS}


def rows_of(fields: Fields, group: str) -> list[dict[str, str]]:
    """The rows named ``group``-0-…, in the order of their numbers: field -> text; those with nothing in them left out.

    Of a field that was given several times the last value counts.
    """
    rows: dict[int, dict[str, str]] = {}
    for name, values in fields.items():
        if found := re.fullmatch(rf"{re.escape(group)}-([0-9]{{1,9}})-(.+)", name):
            rows.setdefault(int(found[1]), {})[found[2]] = _lines(values[-1]) if values else ""
    return [rows[number] for number in sorted(rows) if any(text.strip() for text in rows[number].values())]


def as_fields(rows: Iterable[Mapping[str, str]], group: str) -> dict[str, list[str]]:
    """The other way round: rows as the form would post them, as `conflict` wants them."""
    return {f"{group}-{at}-{name}": [text] for at, row in enumerate(rows) for name, text in row.items()}


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, and not a person who pressed a button."""
    return request.headers.get("Accept", "").startswith("application/json")


def saved(version: int) -> JsonResponse:
    """200: stored, as this version."""
    return JsonResponse({"version": version})


def refused(refusal: ValidationError) -> JsonResponse:
    """422: not stored; the page shows why and keeps the text."""
    return JsonResponse({"errors": refusal.messages}, status=REFUSED)


def news(request: HttpRequest, version: int) -> JsonResponse:
    """For the address in ``data-news``: a fresh token for a page whose own has expired, and the stored version."""
    return JsonResponse({"token": get_token(request), "version": version})


def conflict(
    request: HttpRequest,
    version: int,
    values: Fields,
    labels: Mapping[str, str],
    show: Callable[[str, str], str] = _as_it_is,
) -> HttpResponse:
    """409: nothing was stored. A script gets the stored values; a person a page with both versions, to choose one.

    Arguments: ``version`` and ``values``, what is stored, by the names of the form's fields; ``labels``, what the
    fields are called that a person sees, in their order, those of rows that only one side has too; ``show``, called
    with a field's name and value, the words for it where the value is only a key.
    """
    if wants_json(request):
        return JsonResponse({"version": version, "values": dict(values)}, status=CONFLICT)
    mine = fields_of(request.POST)

    def shown(side: Fields, name: str) -> str:
        return "、".join(show(name, _lines(value)) for value in side.get(name, []) if value).strip()

    both = [(label, shown(values, name), shown(mine, name)) for name, label in labels.items()]
    differing = [{"label": label, "theirs": theirs, "mine": own} for label, theirs, own in both if theirs != own]
    context = {"version": version, "differing": differing, "mine": mine}
    return render(request, "autosave/conflict.html", context, status=CONFLICT)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= len("2147483647") else otherwise
