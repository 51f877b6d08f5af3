"""What monthly commitments tell the appraisal about one person (requirement J), by hook ``appraisal_facts``.

Figures alone: of notices how many there were of each grade, and not what they said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.enums import COUNTING, HANDED_IN, CommitmentState, Grade, Outcome
from commitments.models import Commitment, ServedNotice
from commitments.models import Promise as Row
from organisation.models import Person
from suite.appraisal import PIECES, AppraisalFact, Period

_LABELS = {
    "owed": _("Monthly commitments owed"),
    "on_time": _("Monthly commitments filed in time"),
    "late": _("Monthly commitments filed late"),
    "missed": _("Monthly commitments not filed"),
    "promises_fulfilled": _("Promises fulfilled"),
    "promises_partly": _("Promises partly fulfilled"),
    "promises_not": _("Promises not fulfilled"),
    "notices_explain": _("Notices: explain yourself"),
    "notices_talk": _("Notices: admonishing talk"),
    "notices_rectify": _("Notices: rectify by a date"),
}


def appraisal_facts(person: Person, period: Period) -> Iterator[AppraisalFact]:
    """Commitments of the months that end in the period, the promises in them, and notices served in it.

    Missed: closed without ever having been filed. Late: filed after the window. A notice that was refused, withdrawn
    or is not served yet does not count. Nothing about whom none of this concerns.
    """
    facts = {**_commitments(person, period), **_notices(person, period)}
    if any(facts.values()):
        for key, count in facts.items():
            yield _fact(key, count)


def _commitments(person: Person, period: Period) -> dict[str, int]:
    rows = _ending_in(person, period).exclude(state=CommitmentState.RELEASED)
    missed = set(Row.objects.filter(commitment__in=rows, missing=True).values_list("commitment_id", flat=True))
    owed = list(rows.values_list("pk", "state", "late"))
    filed = [late for pk, state, late in owed if state in HANDED_IN and pk not in missed]
    decided = Row.objects.filter(commitment__in=rows, missing=False).exclude(outcome="")
    outcomes = Counter(decided.order_by().values_list("outcome", flat=True))
    return {
        "owed": len(owed),
        "on_time": filed.count(False),
        "late": filed.count(True),
        "missed": len(missed),
        **{f"promises_{outcome.value}": outcomes[outcome.value] for outcome in Outcome},
    }


def _notices(person: Person, period: Period) -> dict[str, int]:
    served = ServedNotice.objects.filter(
        commitment__person=person,
        state__in=COUNTING,
        served_at__date__range=(period.first, period.last),
    )
    grades = Counter(served.order_by().values_list("grade", flat=True))
    return {f"notices_{grade.value}": grades[grade.value] for grade in Grade}


def _ending_in(person: Person, period: Period) -> QuerySet[Commitment]:
    """Commitments whose month's last day lies in the period: a month counts once it is over."""
    until = min(period.last, timezone.localdate())
    found = Commitment.objects.filter(person=person, month__first__lte=period.last).select_related("month")
    return Commitment.objects.filter(pk__in=[one.pk for one in found if period.first <= one.month.last <= until])


def _fact(key: str, count: int) -> AppraisalFact:
    # What was promised and kept is public; a notice is looked up by who may see it.
    url = reverse("commitments_notices" if key.startswith("notices_") else "commitments_index")
    return AppraisalFact(f"commitments.{key}", _LABELS[key], count, PIECES, url, "commitments")
