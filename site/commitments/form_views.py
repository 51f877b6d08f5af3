"""The form of a month on the desk: written, saved while typing, filed, taken back (requirement I)."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suite.autosave import answers
from suite.autosave.domain import Conflict

from .domain.lifecycle import commitments as lifecycle
from .domain.lifecycle.amendments import may_still_change
from .domain.offers import offers
from .domain.promise_evidence import evidence_by_promise
from .domain.queries import month_of, own
from .domain.settings import commitments_settings
from .enums import WRITABLE, AmendmentState, CommitmentState, MonthState
from .form_rows import GROUP, empty_row, form_rows, labels_of, problems, rows_in
from .models import Commitment, Promise, WorkKind
from .own_told import told
from .permissions import user_can_file

REFUSED = 422
Rows = Sequence[Mapping[str, str]]


def own_commitment(request: HttpRequest, code: str) -> Commitment | None:
    """That of the person who is logged in; None where they owe none. Raises PermissionDenied for who never files."""
    if not user_can_file(request.user):
        raise PermissionDenied
    try:
        first = datetime.date.fromisoformat(f"{code}-01")
    except ValueError:
        return None
    return own(request.user).filter(month__first=first).first()


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, code: str) -> HttpResponse:
    """The form; once it is filed, what was promised. A script saves here what is typed."""
    commitment = own_commitment(request, code)
    if commitment is None:
        return nothing_owed(request, code)
    if request.method == "POST":
        return _posted(request, commitment)
    if commitment.state in WRITABLE and commitment.month.state != MonthState.CLOSED:
        return _form(request, commitment, commitment.draft)
    return _filed(request, commitment)


@never_cache
@login_required
@require_safe
def news(request: HttpRequest, code: str) -> HttpResponse:
    """A fresh token for a page whose own has expired."""
    commitment = own_commitment(request, code)
    return answers.news(request, commitment.version if commitment else 0)


@never_cache
@login_required
@require_POST
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Back into the form, as long as it is not approved."""
    commitment = own_commitment(request, code)
    if commitment is None:
        return nothing_owed(request, code)
    try:
        lifecycle.take_back(commitment, request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Taken back. Change what you like, then file it again."))
    return redirect("commitments_form", code)


def nothing_owed(request: HttpRequest, code: str) -> HttpResponse:
    """404, saying why there is no form."""
    return render(request, "commitments/own/none.html", {"month": month_of(code), "code": code}, status=404)


def _posted(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    rows, sent = rows_in(request.POST), answers.sent(request)
    try:
        if "file" in request.POST:
            return _hand_in(request, commitment, rows, sent)
        return _save(request, commitment, rows, sent)
    except Conflict as conflict:
        return conflicting(request, conflict.stored)
    except ValidationError as refusal:
        return _refused(request, commitment, rows, refusal)


def _save(request: HttpRequest, commitment: Commitment, rows: Rows, sent: answers.Sent) -> HttpResponse:
    """Save it as it is, with what was tapped to be taken over."""
    taken, rows = _with_offer(request.POST.get("take", ""), commitment, rows)
    stored = lifecycle.save_draft(commitment, rows, sent.version, sent.writer, request.user, turn=sent.turn)
    if answers.wants_json(request):
        return answers.saved(stored.version)
    address = reverse("commitments_form", args=[commitment.month.code])
    if taken:
        return redirect(f"{address}#row-{len(rows)}")
    messages.success(request, _("Saved. It is not filed yet: file it when it is complete."))
    return redirect(address)


def _refused(request: HttpRequest, commitment: Commitment, rows: Rows, refusal: ValidationError) -> HttpResponse:
    """Nothing was stored: why, with the form as it was typed, or with what was filed elsewhere meanwhile."""
    if answers.wants_json(request):
        return answers.refused(refusal)
    commitment.refresh_from_db(fields=["state", "version"])
    if commitment.state in WRITABLE:
        return _form(request, commitment, rows, refusal)
    messages.error(request, " ".join(refusal.messages))
    return redirect("commitments_form", commitment.month.code)


def _hand_in(request: HttpRequest, commitment: Commitment, rows: Rows, sent: answers.Sent) -> HttpResponse:
    """File it; refused, it is saved as it was typed, and everything that is wrong is shown at once."""
    user = request.user
    try:
        filed = lifecycle.file(commitment, rows, sent.version, sent.writer, user, turn=sent.turn)
    except Conflict:
        raise
    except ValidationError as refusal:
        stored = lifecycle.save_draft(commitment, rows, sent.version, sent.writer, user, turn=sent.turn)
        stored.person = commitment.person
        return _form(request, stored, rows, refusal)
    said = _("Filed, but late: that stays marked.") if filed.late else _("Filed in time.")
    messages.success(request, said)
    return redirect("commitments_form", commitment.month.code)


def _with_offer(key: str, commitment: Commitment, rows: Rows) -> tuple[bool, Rows]:
    """The rows with what was tapped at their end. Raises ValidationError where it is not offered any more."""
    if not key:
        return False, rows
    for offer in offers(commitment, rows):
        if offer.key == key:
            return True, [*rows, offer.row]
    raise ValidationError(_("This is not open any more, or it stands in your commitment already."))


def conflicting(request: HttpRequest, stored: Commitment) -> HttpResponse:
    """Another device has saved meanwhile: both texts, to choose one; nothing was overwritten."""
    count = max(len(stored.draft), len(rows_in(request.POST)))
    kinds = {str(kind.pk): kind.name for kind in WorkKind.objects.all()}

    def show(name: str, value: str) -> str:
        return kinds.get(value, value) if name.endswith("-kind") else value

    return answers.conflict(request, stored.version, answers.as_fields(stored.draft, GROUP), labels_of(count), show)


def form_context(rows: Rows, refusal: ValidationError | None = None) -> dict[str, Any]:
    """What the rows of a form need, also of one that is keyed in."""
    most = commitments_settings().most_rows
    return {
        "rows": form_rows(rows, most, refusal),
        "empty": empty_row(),
        "problems": problems(refusal),
        "kinds": list(WorkKind.objects.all()),
        "most": most,
    }


def _form(
    request: HttpRequest, commitment: Commitment, rows: Rows, refusal: ValidationError | None = None
) -> HttpResponse:
    context = form_context(rows, refusal)
    context |= {
        "commitment": commitment,
        "month": commitment.month,
        "offers": offers(commitment, rows),
        "told": told(commitment, timezone.now()),
        "fresh": not rows,
        "late": commitment.month.files_until < timezone.now(),
    }
    return render(request, "commitments/own/form.html", context, status=REFUSED if refusal else 200)


def _filed(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    rows = commitment.promises.select_related("kind", "verification").prefetch_related("amendments")
    promises = list(rows.order_by("number"))
    shown = evidence_by_promise(promises)
    amendable = commitment.state == CommitmentState.APPROVED and commitment.month.state != MonthState.CLOSED
    context = {
        "commitment": commitment,
        "month": commitment.month,
        "rows": [(one, shown[one.pk], amendable and may_still_change(one) and not _waits(one)) for one in promises],
        "told": told(commitment, timezone.now()),
    }
    return render(request, "commitments/own/filed.html", context)


def _waits(promise: Promise) -> bool:
    """Whether a change of it waits for approval."""
    return any(one.state == AmendmentState.PROPOSED for one in promise.amendments.all())
