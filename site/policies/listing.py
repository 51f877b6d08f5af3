"""What the reading room and the register list."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from search.kinds import Filters

from .enums import APPLICABLE, Validity

if TYPE_CHECKING:
    from .models import PolicyIndexPage, PolicyPage

PAGE_SIZE = 20


def with_validity(policies: "QuerySet[PolicyPage]", day: date) -> "QuerySet[PolicyPage]":
    """Annotates `current_validity` (a Validity value, or None where nobody has said anything) in one query."""
    from .models import ValidityRecord

    newest = ValidityRecord.objects.filter(policy=OuterRef("pk"), since__lte=day).order_by("-since", "-pk")
    return policies.annotate(current_validity=Subquery(newest.values("status")[:1]))


def search_filters() -> Filters:
    """What documents among the hits of the search are narrowed down by; validity as it is today."""
    from .models import ValidityRecord

    newest = ValidityRecord.objects.filter(policy=OuterRef("pk"), since__lte=timezone.localdate())
    applies = newest.order_by("-since", "-pk").values(
        applies=Case(When(status__in=APPLICABLE, then=True), When(status=Validity.REPEALED, then=False))
    )
    return Filters(issuer="issuing_body", day="issued_on", in_force=Subquery(applies[:1]))


def reading_room(index: "PolicyIndexPage", query: Mapping[str, str]) -> dict[str, Any]:
    """What the reading room shows: one page of documents under the chosen theme and validity, and the choices.

    Arguments: ``index``, the reading room; ``query``, the address's parameters `theme`, `validity`, `p`.
    Unknown values are ignored, so that an old link still leads somewhere.
    """
    from .models import PolicyPage, PolicyTheme

    policies = PolicyPage.objects.child_of(index).live().public()
    themes = PolicyTheme.objects.filter(policies__in=policies).annotate(count=Count("policies"))
    theme = next((row for row in themes if str(row.pk) == query.get("theme")), None)
    validity = query.get("validity") if query.get("validity") in Validity.values else ""
    listed = with_validity(policies, timezone.localdate()).select_related("theme")
    if theme:
        listed = listed.filter(theme=theme)
    if validity == Validity.UNKNOWN:
        listed = listed.filter(Q(current_validity=None) | Q(current_validity=Validity.UNKNOWN))
    elif validity:
        listed = listed.filter(current_validity=validity)
    # An imported collection has no dates of issue: those stand last, by title.
    ordered = listed.order_by(F("issued_on").desc(nulls_last=True), "title")
    choice = {name: value for name, value in (("theme", theme and theme.pk), ("validity", validity)) if value}
    return {
        "policies": Paginator(ordered.defer("body"), PAGE_SIZE).get_page(query.get("p")),
        "keep": f"&{urlencode(choice)}" if choice else "",
        "themes": themes,
        "theme": theme,
        "validity": validity,
        "validities": Validity.choices,
    }
