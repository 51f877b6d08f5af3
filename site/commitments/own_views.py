"""One's own commitments on the desk, and changes of what was approved (requirement I)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suite.registers.refusals import saved_or_refused

from .domain.lifecycle.amendments import propose
from .domain.queries import own
from .enums import CommitmentState, MonthState
from .form_views import REFUSED, nothing_owed, own_commitment
from .models import Amendment, Commitment
from .own_forms import AmendForm
from .own_told import told
from .permissions import user_can_file, user_can_key_in

EARLIER_ON_A_PAGE = 12


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """This month first, then what else is running, then earlier months and what became of them."""
    if not user_can_file(request.user):
        raise PermissionDenied
    now, found = timezone.now(), list(own(request.user))
    this = timezone.localdate(now).replace(day=1)
    running = [one for one in found if _runs(one)]
    running.sort(key=lambda one: (one.month.first != this, one.month.first))
    earlier = Paginator([one for one in found if not _runs(one)], EARLIER_ON_A_PAGE).get_page(request.GET.get("p"))
    asked = Amendment.objects.filter(promise__commitment__in=[one.pk for one in running]).order_by("-proposed_at")
    context = {
        "running": [(one, told(one, now)) for one in running],
        "earlier": earlier,
        "told_earlier": [(one, told(one, now)) for one in earlier],
        "amendments": list(asked.select_related("promise__commitment__month")),
        "person": getattr(request.user, "person", None),
        "can_key_in": user_can_key_in(request.user),
    }
    return render(request, "commitments/own/overview.html", context)


def _runs(commitment: Commitment) -> bool:
    return commitment.month.state != MonthState.CLOSED and commitment.state != CommitmentState.ENDED


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Ask to change one approved promise."""
    commitment = own_commitment(request, code)
    if commitment is None:
        return nothing_owed(request, code)
    promise = commitment.promises.filter(number=number).first()
    if promise is None:
        raise Http404
    form = AmendForm(request.POST or None, promise=promise)
    if request.method == "POST" and form.is_valid():
        asked = saved_or_refused(
            form, lambda: propose(promise, form.changes(), form.cleaned_data["reason"], request.user)
        )
        if asked is not None:
            messages.success(request, _("Asked for. Until it is approved the old text holds."))
            return redirect("commitments_form", code)
    context = {"form": form, "commitment": commitment, "promise": promise, "month": commitment.month}
    return render(request, "commitments/own/amend.html", context, status=REFUSED if form.errors else 200)
