"""What came on paper, keyed in for those who filled it in by hand (requirement I)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .domain.lifecycle import commitments as lifecycle
from .domain.queries import month_of, not_filed, running_months
from .enums import CommitmentState, MonthState, Source
from .form_rows import by_field, rows_in
from .form_views import REFUSED, form_context
from .models import Commitment
from .own_forms import PaperDayForm
from .permissions import user_can_key_in


@never_cache
@login_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The month, and who owes: nobody else can be chosen."""
    _admit(request)
    months = list(running_months())
    chosen = month_of(request.GET.get("month", "")) if request.GET.get("month") else None
    month = chosen if chosen in months else next((one for one in months if one.state == MonthState.OPEN), None)
    month = month or next(iter(months), None)
    asked = request.GET.get("q", "").strip()[:40]
    owing = not_filed(month).exclude(person__user=request.user.pk) if month else Commitment.objects.none()
    if asked:
        owing = owing.filter(Q(person__name__icontains=asked) | Q(unit__name__icontains=asked))
    context = {
        "months": months,
        "month": month,
        "asked": asked,
        "owing": list(owing.order_by("unit__order", "unit_id", "person__sort_key")),
        "results": _results_on_paper(request),
    }
    return render(request, "commitments/own/key_in.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def key_in(request: HttpRequest, pk: int) -> HttpResponse:
    """The same rows as on the desk, and the day on the paper."""
    _admit(request)
    commitment = get_object_or_404(Commitment.objects.select_related("person", "unit", "month"), pk=pk)
    opened = timezone.localdate(commitment.month.opened_at)
    day = PaperDayForm(request.POST or None, opened=opened)
    rows, refusal = [], None
    if request.method == "POST":
        rows = rows_in(request.POST)
        if day.is_valid():
            try:
                stored = lifecycle.key_in(commitment, rows, day.cleaned_data["filed_on"], request.user)
            except ValidationError as error:
                refusal = _taken_over(day, error)
            else:
                said = _("Keyed in for %(person)s. It waits for approval.")
                late = _("Keyed in for %(person)s, late. It waits for approval.")
                messages.success(request, (late if stored.late else said) % {"person": commitment.person})
                return redirect("commitments_key_in")
    wrong = request.method == "POST"
    context = form_context(rows, refusal)
    context["problems"] = [
        *((f"id_{name}", f"{day.fields[name].label}：{text}") for name, texts in day.errors.items() for text in texts),
        *context["problems"],
    ]
    context |= {"commitment": commitment, "month": commitment.month, "day": day}
    return render(request, "commitments/own/key_in_form.html", context, status=REFUSED if wrong else 200)


def _admit(request: HttpRequest) -> None:
    if not user_can_key_in(request.user):
        raise PermissionDenied


def _taken_over(day: PaperDayForm, error: ValidationError) -> ValidationError | None:
    """What is wrong with the day goes beside its field; returns the rest."""
    found = by_field(error)
    for text in found.pop("filed_on", []):
        day.add_error("filed_on", text)
    return ValidationError(found) if found else None


def _results_on_paper(request: HttpRequest) -> list[Commitment]:
    """Results that are due of those who filed on paper or have no account."""
    rows = Commitment.objects.filter(state=CommitmentState.APPROVED, month__state=MonthState.REPORTING)
    rows = rows.filter(Q(source=Source.PAPER) | Q(person__user=None) | Q(person__user__is_active=False))
    rows = rows.exclude(person__user=request.user.pk)
    return list(rows.select_related("person", "unit", "month").order_by("unit__order", "unit_id", "person__sort_key"))
