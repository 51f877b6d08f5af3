"""Notes and articles of others: leaders read, comment, accept and return; the office sees who owes one."""

import io

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from organisation.models import Person
from suite.registers.refusals import saved_or_refused
from suite.registers.sheets import write_book
from training.domain.lifecycle import writings as lifecycle
from training.domain.writings.book import owing_book, standing, why_nothing
from training.domain.writings.owing import Owing, by_unit, owing, owing_of
from training.domain.writings.people import decides, is_own, may_read
from training.domain.writings.queries import decided_by, user_can_decide, waiting_for
from training.domain.writings.texts import as_html, characters
from training.enums import WritingKind, WritingState
from training.forms.writings import CommentForm, DecideForm, ReleaseForm
from training.models import Writing, WritingRelease
from training.permissions import user_can_run

REFUSED = 422
DECIDED_ON_A_PAGE = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for this account, and what it has decided before."""
    if not user_can_decide(request.user):
        raise PermissionDenied
    decided = Paginator(decided_by(request.user), DECIDED_ON_A_PAGE).get_page(request.GET.get("p"))
    return render(request, "training/writings/waiting.html", {"waiting": waiting_for(request.user), "decided": decided})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """One of somebody else's: read, commented, accepted or returned; then the next one."""
    if not user_can_decide(request.user):
        raise PermissionDenied
    row = get_object_or_404(Writing.objects.select_related("person__user", "unit", "decided_for"), pk=pk)
    if is_own(request.user, row):
        return redirect("training_writings_one", pk)
    if not may_read(request.user, row):
        raise PermissionDenied
    waits = row.state == WritingState.HANDED_IN and decides(request.user, row)
    asked = request.POST.get("do", "")
    form = DecideForm(request.POST if asked in ("accept", "return") else None, initial={"version": row.version})
    said = CommentForm(request.POST if asked == "comment" else None)
    if request.method == "POST":
        if asked == "comment" and said.is_valid():
            text = said.cleaned_data["remark"]
            if saved_or_refused(said, lambda: lifecycle.comment(row, text, request.user)):
                messages.success(request, _("Your comment stands below the text."))
                return redirect("training_writings_read", pk)
        if asked in ("accept", "return") and form.is_valid() and _decided(form, row, asked, request):
            left = waiting_for(request.user)
            return (
                redirect("training_writings_read", left[0].writing.pk)
                if left
                else redirect("training_writings_waiting")
            )
    context = {
        "writing": row,
        "html": as_html(row.text),
        "characters": characters(row.text),
        "comments": row.comments.select_related("by"),
        "waits": waits,
        "form": form,
        "said": said,
        "back": reverse("training_writings_waiting"),
    }
    wrong = form.errors or said.errors
    return render(request, "training/writings/read.html", context, status=REFUSED if wrong else 200)


def _decided(form: DecideForm, row: Writing, asked: str, request: HttpRequest) -> bool:
    data, step = form.cleaned_data, lifecycle.accept if asked == "accept" else lifecycle.return_with_remark
    if not saved_or_refused(form, lambda: step(row, data["version"], data["remark"], request.user)):
        return False
    done = _("Accepted: %(person)s.") if asked == "accept" else _("Returned to %(person)s with your remark.")
    messages.success(request, done % {"person": row.person})
    return True


@never_cache
@login_required
@require_safe
def owing_list(request: HttpRequest) -> HttpResponse:
    """Who still owes a note or an article in a year (``?year=``), unit by unit; ``?all=1`` shows everybody."""
    _admit(request)
    year, years = _year(request.GET.get("year", ""))
    everybody = owing(year)
    shown = everybody if request.GET.get("all") else [one for one in everybody if one.owes]
    context = {
        "year": year,
        "years": years,
        "all": bool(request.GET.get("all")),
        "kinds": WritingKind.choices,
        "units": [(unit, [_row(one) for one in unit.people]) for unit in by_unit(shown)],
        "asked": sum(any(one.asked.values()) for one in everybody),
        "owes": sum(one.owes for one in everybody),
        "totals": [
            (label, sum(one.owed(kind) == 0 for one in everybody if any(one.asked.values())))
            for kind, label in WritingKind.choices
        ],
    }
    return render(request, "training/writings/owing.html", context)


@never_cache
@login_required
@require_safe
def owing_file(request: HttpRequest, year: int) -> FileResponse:
    """The same as XLSX, everybody and the units' figures."""
    _admit(request)
    if year not in _year("")[1]:
        raise Http404
    output = io.BytesIO()
    write_book(output, owing_book(owing(year)))
    output.seek(0)
    name = _("Study notes and articles of %(year)s.xlsx") % {"year": year}
    return FileResponse(output, as_attachment=True, filename=name, content_type=XLSX)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def release_person(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Let somebody off a year with a reason, or ask again."""
    _admit(request)
    if year not in _year("")[1]:
        raise Http404
    person = get_object_or_404(Person, pk=pk)
    found = WritingRelease.objects.filter(person=person, year=year).select_related("person").first()
    form = ReleaseForm(request.POST if not found and request.method == "POST" else None)
    back = f"{reverse('training_writings_owing')}?year={year}"
    if request.method == "POST":
        if found and saved_or_refused(form, lambda: lifecycle.ask_again(found, request.user)):
            messages.success(request, _("%(person)s is asked again.") % {"person": person})
            return redirect(back)
        reason = form.cleaned_data["reason"] if not found and form.is_valid() else ""
        if reason and saved_or_refused(form, lambda: lifecycle.release(person, year, reason, request.user)):
            messages.success(request, _("%(person)s need not write in %(year)s.") % {"person": person, "year": year})
            return redirect(back)
    context = {"person": person, "year": year, "found": found, "form": form, "one": owing_of(person, year)}
    context |= {"back": back, "kinds": WritingKind.choices}
    return render(request, "training/writings/release.html", context, status=REFUSED if form.errors else 200)


def _row(one: Owing) -> dict[str, object]:
    kinds = [
        {"label": label, "owed": one.owed(kind), "text": standing(one, kind), "asked": one.asked[kind]}
        for kind, label in WritingKind.choices
    ]
    return {"one": one, "kinds": kinds, "why": why_nothing(one)}


def _admit(request: HttpRequest) -> None:
    if not user_can_run(request.user):
        raise PermissionDenied


def _year(asked: str) -> tuple[int, list[int]]:
    """The year asked for (this one where none or nonsense was), and those that can be: this and four before."""
    this = timezone.localdate().year
    years = list(range(this, this - 5, -1))
    return next((year for year in years if str(year) == asked), this), years
