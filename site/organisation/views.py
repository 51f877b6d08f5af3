"""The public page of the office."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .domain.directory import directory


@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """Units, duties, landlines, people in charge, villages and who is stationed there, as of today."""
    return render(request, "organisation/office.html", {"directory": directory()})
