"""What waits on the desk of who has to file: owed, close to the end, late, returned (requirement I)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Person
from suite.clock.domain import working_days_between
from suite.desk import DeskItem

from .domain.settings import commitments_settings
from .enums import WRITABLE, CommitmentState, MonthState
from .models import Commitment


def to_file(person: Person) -> Iterator[DeskItem]:
    """One line for each commitment the person still has to file, due when filing closes."""
    owed = Commitment.objects.filter(person=person, state__in=WRITABLE).exclude(month__state=MonthState.CLOSED)
    for one in owed.select_related("month", "unit").order_by("month__first"):
        title = (
            _("File your commitment of %(month)s again")
            if one.state == CommitmentState.RETURNED
            else _("File your commitment of %(month)s")
        )
        yield DeskItem(
            f"commitments.file:{one.pk}",
            title % {"month": one.month},
            reverse("commitments_form", args=[one.month.code]),
            _why(one),
            one.month.files_until,
            "commitments",
        )


def _why(commitment: Commitment) -> str:
    if commitment.state == CommitmentState.RETURNED:
        return _("It was returned: %(remark)s") % {"remark": commitment.remark}
    today, last = timezone.localdate(), timezone.localdate(commitment.month.files_until)
    if timezone.now() > commitment.month.files_until:
        return _("Filing is over: you can still file, and it is marked as late.")
    if working_days_between(today, last) <= commitments_settings().remind_days:
        return _("Filing is nearly over, and yours is not there yet.")
    return _("You hold a post in %(unit)s.") % {"unit": commitment.unit}
