"""Giving a number, voiding it, and keeping the series. No number is ever given twice or taken away."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from suite import audit
from suite.numbering.enums import NumberState
from suite.numbering.models import DocumentNumber, NumberSeries
from suite.state import locked
from suite.theme.dates import in_full

from .carriers import live_page_with
from .queries import next_number, number_of_page, open_years


@transaction.atomic
def issue(
    series: NumberSeries,
    user: Any,
    title: str,
    page: Page | None = None,
    reference: tuple[str, object] | None = None,
    year: int | None = None,
    at: datetime.datetime | None = None,
) -> DocumentNumber:
    """Give the next number of `series` to a document called `title`, and return it.

    Arguments: ``page``, the page that carries it, or ``reference`` (kind, key), the record of a plugin that does;
    neither for a document on paper. ``year``: this year, or in January the last one (default: this year). ``at``: when
    (aware; default: now), for samples and for registers that are taken over.

    The number is taken under a lock on the series in the caller's transaction: rolled back, it leaves no gap, and two
    at once get two numbers. Hold that transaction short, for the series waits for it.
    Raises ValidationError: series closed, year not open, no title, page or record with a number already.
    """
    series = NumberSeries.objects.select_for_update().get(pk=series.pk)
    moment = at or timezone.now()
    year = year or timezone.localdate(moment).year
    _require_open(series, year, timezone.localdate(moment))
    if not title.strip():
        raise ValidationError({"title": _("Enter the title of the document: the register shows it with the number.")})
    kind, key = (reference[0], str(reference[1])) if reference else ("", "")
    if taken := _number_that_counts(page, kind, key):
        raise ValidationError(
            _("“%(title)s” has the number %(number)s already. Have that one voided before you take another.")
            % {"title": title, "number": taken}
        )
    number = DocumentNumber(
        series=series,
        year=year,
        number=next_number(series, year).number,
        title=title.strip(),
        page_id=page.pk if page else None,
        reference_kind=kind,
        reference_key=key,
        issued_by=_account(user),
        issued_at=moment,
    )
    number.save()
    audit.record(number, "numbering.issue", user, number=number.text, title=number.title)
    return number


@transaction.atomic
def void(number: DocumentNumber, reason: str, user: Any) -> DocumentNumber:
    """Void a number for good: it stays in the register with `reason`, and nothing gets it again.

    Raises ValidationError: without a reason, voided already, or carried by a page that is public.
    """
    number = locked(number)
    if number.state == NumberState.VOIDED:
        raise ValidationError(
            _("%(number)s was voided on %(day)s already.") % {"number": number, "day": in_full(number.voided_at)}
        )
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the reason stays in the register with the number.")})
    if page := live_page_with(number.text):
        raise ValidationError(
            _(
                "The public page “%(page)s” carries %(number)s. Take that page down, or publish it with another "
                "number, then void this one."
            )
            % {"page": page.title, "number": number}
        )
    number.void_reason, number.voided_by, number.voided_at = reason.strip(), _account(user), timezone.now()
    number.to_voided()
    number.save()
    audit.record(number, "numbering.void", user, number=number.text, reason=number.void_reason)
    return number


@transaction.atomic
def keep_series(series: NumberSeries, user: Any) -> NumberSeries:
    """Save a series, new or changed. Prefix and beginning are fixed as soon as it has given a number.

    Raises ValidationError for that, and for what the fields do not take.
    """
    adding = series._state.adding
    if not adding:
        before = NumberSeries.objects.select_for_update().get(pk=series.pk)
        fixed = [name for name in ("prefix", "first_year", "first_number") if _differ(before, series, name)]
        if fixed and before.numbers.exists():
            text = _("This series has given numbers already, so this can no longer change. Add another series instead.")
            raise ValidationError(dict.fromkeys(fixed, text))
    series.full_clean()
    series.save()
    audit.record(series, "numbering.keep_series", user, prefix=series.prefix, active=series.active)
    return series


def _require_open(series: NumberSeries, year: int, today: datetime.date) -> None:
    if not series.active:
        raise ValidationError(
            {"series": _("No more numbers are given from %(series)s: choose another series.") % {"series": series}}
        )
    if year not in open_years(today):
        raise ValidationError(
            {
                "year": _(
                    "No number of %(year)d is given on %(day)s: numbers follow the order in which documents are "
                    "issued. Take one of this year; only in January can one of the last year be taken."
                )
                % {"year": year, "day": in_full(today)}
            }
        )
    if year < series.first_year:
        raise ValidationError(
            {
                "year": _("The register of %(series)s begins with %(year)d: numbers of earlier years are on paper.")
                % {"series": series, "year": series.first_year}
            }
        )


def _number_that_counts(page: Page | None, kind: str, key: str) -> DocumentNumber | None:
    if page is not None:
        return number_of_page(page.pk)
    if kind:
        return DocumentNumber.objects.issued().filter(reference_kind=kind, reference_key=key).first()
    return None


def _differ(before: NumberSeries, after: NumberSeries, name: str) -> bool:
    return bool(getattr(before, name) != getattr(after, name))


def _account(user: Any) -> Any:
    return user if user is not None and user.is_authenticated else None
