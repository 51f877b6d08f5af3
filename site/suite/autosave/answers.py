"""What a view reads from a form that saves itself, and what it answers."""

from collections.abc import Mapping, Sequence
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

Values = Mapping[str, str | Sequence[str]]


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
    request: HttpRequest, version: int, values: Values, labels: Mapping[str, str], back: str = ""
) -> HttpResponse:
    """409: nothing was stored. A script gets the stored values; a person a page with both versions, to choose one.

    Arguments: ``version`` and ``values``, what is stored, by the names of the form's fields; ``labels``, what the
    fields are called that a person sees, in their order, those of rows that only one side has too; ``back``, the
    address of the form, where it is another than the one that was posted to.
    """
    if wants_json(request):
        return JsonResponse({"version": version, "values": dict(values)}, status=CONFLICT)
    mine = fields_of(request.POST)
    stored = {name: [value] if isinstance(value, str) else list(value) for name, value in values.items()}
    differing = [
        {"label": label, "theirs": _shown(stored.get(name, [])), "mine": _shown(mine.get(name, []))}
        for name, label in labels.items()
        if _shown(stored.get(name, [])) != _shown(mine.get(name, []))
    ]
    context = {"version": version, "differing": differing, "mine": mine, "back": back or request.path}
    return render(request, "autosave/conflict.html", context, status=CONFLICT)


def _shown(values: Sequence[str]) -> str:
    return "、".join(values).replace("\r\n", "\n").strip()


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= len("2147483647") else otherwise
