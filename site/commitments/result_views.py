"""What became of the promises, reported by whose they are, or keyed in for them from paper (requirement I)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suite.autosave import answers
from suite.autosave.domain import Conflict
from suite.evidence.models import Evidence
from suite.registers.refusals import saved_or_refused

from .domain.lifecycle import results
from .domain.promise_evidence import EVIDENCE_KIND, evidence_by_promise, may_report
from .enums import CommitmentState, MonthState, Outcome
from .form_rows import by_field
from .form_views import REFUSED, nothing_owed, own_commitment
from .models import Commitment, Promise
from .own_forms import PieceForm, RemoveForm
from .own_told import told
from .permissions import user_can_file, user_can_key_in, user_can_run

# What a script saves of each promise; files and links are added with the button.
_TYPED = ("claimed", "result", "links")


def user_can_report(user: Any) -> bool:
    """Report some result: one's own, or what others handed in on paper."""
    return bool(user_can_file(user) or user_can_key_in(user) or user_can_run(user))


@dataclass
class ResultRow:
    """One promise as the template draws it: ``typed``, what stands in its fields; ``wrong``, field -> what is wrong."""

    promise: Promise
    typed: Mapping[str, str]
    evidence: list[Evidence]
    wrong: dict[str, list[str]]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, code: str) -> HttpResponse:
    """One's own results. A script saves here what is typed."""
    commitment = own_commitment(request, code)
    if commitment is None:
        return nothing_owed(request, code)
    return _result(request, commitment, reverse("commitments_result", args=[code]))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def result_for(request: HttpRequest, pk: int) -> HttpResponse:
    """The results that somebody handed in on paper."""
    return _result(request, _of_another(request, pk), reverse("commitments_result_for", args=[pk]))


@never_cache
@login_required
@require_safe
def news_for(request: HttpRequest, pk: int) -> HttpResponse:
    """A fresh token for who keys in, when that of the page has expired."""
    return answers.news(request, _of_another(request, pk).version)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file or link away before the result is reported; the reason stays."""
    piece = get_object_or_404(Evidence.objects.present(), pk=pk, kind=EVIDENCE_KIND)
    promise = get_object_or_404(
        Promise.objects.select_related("commitment__person__user", "commitment__month"), pk=piece.key
    )
    commitment = promise.commitment
    if not may_report(request.user, commitment):
        raise PermissionDenied
    form = RemoveForm(request.POST or None)
    back = _address(request, commitment)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if saved_or_refused(form, lambda: results.remove_evidence(promise, piece, reason, request.user)) is not None:
            messages.success(request, _("Removed: %(what)s") % {"what": piece})
            return redirect(f"{back}#promise-{promise.number}")
    context = {"form": form, "piece": piece, "promise": promise, "back": back}
    return render(request, "commitments/own/remove.html", context, status=REFUSED if form.errors else 200)


def _of_another(request: HttpRequest, pk: int) -> Commitment:
    if not user_can_report(request.user):
        raise PermissionDenied
    found = Commitment.objects.select_related("person__user", "unit", "month")
    commitment: Commitment = get_object_or_404(found, pk=pk)
    if not may_report(request.user, commitment):
        raise PermissionDenied
    return commitment


def _address(request: HttpRequest, commitment: Commitment) -> str:
    if commitment.person.user_id == request.user.pk:
        return reverse("commitments_result", args=[commitment.month.code])
    return reverse("commitments_result_for", args=[commitment.pk])


def _result(request: HttpRequest, commitment: Commitment, here: str) -> HttpResponse:
    if request.method == "POST":
        return _posted(request, commitment, here)
    if not _is_open(commitment):
        own = commitment.person.user_id == request.user.pk
        if own:
            return redirect("commitments_form", commitment.month.code)
        return redirect("commitments_key_in")
    typed = {int(row["promise"]): row for row in commitment.draft if str(row.get("promise", "")).isdecimal()}
    return _form(request, commitment, here, typed)


def _is_open(commitment: Commitment) -> bool:
    return commitment.state == CommitmentState.APPROVED and commitment.month.state == MonthState.REPORTING


def _posted(request: HttpRequest, commitment: Commitment, here: str) -> HttpResponse:
    promises = list(commitment.promises.order_by("number"))
    typed = {promise.pk: {name: _posted_text(request, name, promise) for name in _TYPED} for promise in promises}
    sent, user = answers.sent(request), request.user
    try:
        commitment = _save(commitment, typed, sent, user)
    except Conflict as conflict:
        return _conflicting(request, conflict.stored, promises)
    except ValidationError as refusal:
        if answers.wants_json(request):
            return answers.refused(refusal)
        messages.error(request, " ".join(refusal.messages))
        return redirect(here)
    if answers.wants_json(request):
        return answers.saved(commitment.version)
    if (piece := request.POST.get("remove", "")).isdecimal():
        return redirect("commitments_evidence_remove", int(piece))
    return _pressed(request, commitment, here, promises, typed)


def _pressed(
    request: HttpRequest, commitment: Commitment, here: str, promises: list[Promise], typed: dict[int, dict[str, str]]
) -> HttpResponse:
    """The texts are saved: keep files and links, and report where that was asked for."""
    wrong, added = _add_evidence(request, promises, typed)
    if added:
        # The links that were added stand in the list now, no longer in the field.
        commitment = _save(commitment, typed, answers.Sent(commitment.version, "", 0), request.user)
    if not wrong and "report" in request.POST:
        wrong = _reported(commitment, typed, request.user)
        if not wrong:
            messages.success(request, _("Reported. An efficiency supervisor verifies it now."))
            return redirect(here)
    if wrong:
        return _form(request, commitment, here, typed, wrong)
    where = request.POST.get("add", "")
    messages.success(request, _("Added and saved.") if added else _("Saved. It is not reported yet."))
    return redirect(f"{here}#promise-{where}" if where.isdecimal() else here)


def _save(commitment: Commitment, typed: Mapping[int, Mapping[str, str]], sent: answers.Sent, user: Any) -> Commitment:
    links = {pk: row["links"] for pk, row in typed.items()}
    return results.save_result_draft(
        commitment, _told(typed), sent.version, sent.writer, user, turn=sent.turn, links=links
    )


def _told(typed: Mapping[int, Mapping[str, str]]) -> dict[int, tuple[str, str]]:
    return {pk: (row["claimed"], row["result"]) for pk, row in typed.items()}


def _reported(commitment: Commitment, typed: Mapping[int, Mapping[str, str]], user: Any) -> dict[str, list[str]]:
    """Report it; what is wrong, by field, where that was refused."""
    try:
        results.report(commitment, _told(typed), user)
    except ValidationError as refusal:
        return by_field(refusal)
    return {}


def _posted_text(request: HttpRequest, name: str, promise: Promise) -> str:
    return str(request.POST.get(f"{name}-{promise.pk}", "")).replace("\r\n", "\n")


def _add_evidence(
    request: HttpRequest, promises: list[Promise], typed: dict[int, dict[str, str]]
) -> tuple[dict[str, list[str]], bool]:
    """Keep the files and links of every promise that were chosen, each promise by itself.

    Returns what is wrong, by field, and whether anything was added.
    """
    wrong: dict[str, list[str]] = {}
    added = False
    for promise in promises:
        form = PieceForm(promise, request.POST, request.FILES)
        if form.is_empty():
            continue
        if form.is_valid():
            files, links = form.cleaned_data["uploads"], form.cleaned_data["links"]
            try:
                results.attach_evidence(promise, files, links, request.user)
            except ValidationError as refusal:
                form.take_over(refusal)
            else:
                added, typed[promise.pk]["links"] = True, ""
        wrong |= {f"{name}-{promise.pk}": [str(text) for text in texts] for name, texts in form.errors.items()}
    return wrong, added


def _conflicting(request: HttpRequest, stored: Commitment, promises: list[Promise]) -> HttpResponse:
    values = {
        f"{name}-{row['promise']}": [row.get(name, "")] for row in stored.draft if "promise" in row for name in _TYPED
    }
    called = {"claimed": _("what became of it"), "result": _("what was done"), "links": _("links that show it")}
    labels = {f"{name}-{one.pk}": f"{one.number}. {called[name]}" for one in promises for name in _TYPED}
    outcomes = dict(Outcome.choices)

    def show(name: str, value: str) -> str:
        return str(outcomes.get(value, value)) if name.startswith("claimed-") else value

    return answers.conflict(request, stored.version, values, labels, show)


def _form(
    request: HttpRequest,
    commitment: Commitment,
    here: str,
    typed: Mapping[int, Mapping[str, str]],
    wrong: Mapping[str, list[str]] | None = None,
) -> HttpResponse:
    promises = list(commitment.promises.select_related("kind").order_by("number"))
    shown, wrong = evidence_by_promise(promises), wrong or {}
    rows = []
    for one in promises:
        # Sent back, what was reported stands in the form again.
        text = typed.get(one.pk) or {"claimed": one.claimed, "result": one.result, "links": ""}
        mine = {name: wrong.get(f"{name}-{one.pk}", []) for name in (*_TYPED, "uploads")}
        rows.append(ResultRow(one, text, shown[one.pk], mine))
    places = {
        "claimed": "id_claimed-{}_0",
        "result": "id_result-{}",
        "links": "id_links-{}",
        "uploads": "id_uploads-{}",
    }
    problems = [("", text) for text in wrong.get(NON_FIELD_ERRORS, [])]
    for row in rows:
        for name, texts in row.wrong.items():
            problems += [(places[name].format(row.promise.pk), text) for text in texts]
    own = commitment.person.user_id == request.user.pk
    context = {
        "commitment": commitment,
        "month": commitment.month,
        "rows": rows,
        "problems": problems,
        "outcomes": Outcome.choices,
        "told": told(commitment, timezone.now()),
        "late": commitment.month.results_until < timezone.now(),
        "here": here,
        "news": reverse("commitments_form_news", args=[commitment.month.code])
        if own
        else reverse("commitments_result_for_news", args=[commitment.pk]),
        "own": own,
    }
    return render(request, "commitments/own/result.html", context, status=REFUSED if wrong else 200)
