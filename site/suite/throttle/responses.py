"""The answer to who sends too much: a page that costs next to nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .domain import TooMany


def too_many(request: HttpRequest, refusal: TooMany) -> HttpResponse:
    """Status 429 with Retry-After, and what to do in words."""
    response = render(request, "throttle/too_many.html", {"message": refusal.messages[0]}, status=429)
    response["Retry-After"] = str(refusal.retry_after)
    response["Cache-Control"] = "no-store"
    return response
