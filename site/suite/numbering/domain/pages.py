"""A page and its number: taking one, bringing in one that was given on paper, and what the gate asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from suite import audit
from suite.numbering.enums import NumberState
from suite.numbering.models import DocumentNumber, NumberSeries
from suite.numbering.notation import parse
from suite.publishing import PublishProblem
from suite.publishing.models import PublishedPage
from suite.publishing.permissions import user_can_edit
from suite.state import locked
from suite.theme.dates import in_full

from .carriers import live_page_with, number_field
from .lifecycle import issue
from .queries import number_of_page, series_of


@transaction.atomic
def take(page: PublishedPage, series: NumberSeries, user: Any, year: int | None = None, at: Any = None) -> Any:
    """Give `page` the next number of `series` and write it into its newest draft, as a revision by `user`.

    Returns (the number, whether a running check of the page starts again). ``year`` and ``at`` as in `issue`.
    Raises ValidationError: may not edit the page now, a type without number, a page with a number, or as `issue`.
    """
    draft = _draft_to_write(page, user)
    number = issue(series, user, draft.title, page=draft, year=year, at=at)
    return number, _write(draft, number, user)


@transaction.atomic
def attach(page: PublishedPage, number: DocumentNumber, user: Any) -> Any:
    """Bring the number that the document on paper got to the `page` that shows it; as `take` otherwise.

    Raises ValidationError: number voided, or given to another page or record; page not to be edited, or with a number.
    """
    number = locked(number)
    if number.state == NumberState.VOIDED:
        raise ValidationError(_voided(number))
    if number.page_id or number.reference_kind:
        raise ValidationError(
            _("%(number)s belongs to “%(title)s”: a number is given to one document only. Take another.")
            % {"number": number, "title": number.title}
        )
    draft = _draft_to_write(page, user)
    if own := number_of_page(draft.pk):
        raise ValidationError(
            _("“%(title)s” has the number %(number)s already. Have that one voided before you take another.")
            % {"title": draft.title, "number": own}
        )
    number.page_id = draft.pk
    number.save()
    audit.record(number, "numbering.attach", user, number=number.text, page=draft.title)
    return number, _write(draft, number, user)


def problems(page: Page) -> Iterator[PublishProblem]:
    """Hook ``publish_checks``: a number of this office is one that the register gave to this very page."""
    if not (name := number_field(page)):
        return
    text = getattr(page, name)
    if own := number_of_page(page.pk):
        if text != own.text:
            yield PublishProblem(
                name,
                _("This page was given the number %(number)s: write that in, or have it voided in the register.")
                % {"number": own},
            )
        return
    carried = parse(text)
    if carried is None:
        if begun := next((series for series in NumberSeries.objects.all() if _looks_like(text, series)), None):
            yield PublishProblem(
                name,
                _("Write a number of this office as %(example)s, or take one by “Take a document number” above.")
                % {"example": f"{begun.prefix}〔{begun.first_year}〕1号"},
            )
        return
    series = series_of(carried)
    if series is None:
        return
    if series.keeps(carried.year, carried.number):
        given = series.numbers.filter(year=carried.year, number=carried.number).first()
        yield PublishProblem(name, _not_of_this_page(str(carried), given))
    elif other := live_page_with(text, other_than=page.pk):
        yield PublishProblem(
            name,
            _("The public page “%(page)s” carries %(number)s already: no number stands on two documents.")
            % {"page": other.title, "number": carried},
        )


def _looks_like(text: str, series: NumberSeries) -> bool:
    """Whether a text that is no number begins like one of `series`: 石政发2026年3号, and not 石政发函."""
    return re.match(rf"{re.escape(series.prefix)}(第|[\W\d_])", text) is not None


def _not_of_this_page(text: str, given: DocumentNumber | None) -> str:
    if given is None:
        return _(
            "%(number)s is not in the register of this office. Empty the field and take a number by “Take a document "
            "number” above."
        ) % {"number": text}
    if given.state == NumberState.VOIDED:
        return _voided(given)
    if given.page_id or given.reference_kind:
        return _("%(number)s belongs to “%(title)s”: a number is given to one document only. Take another.") % {
            "number": text,
            "title": given.title,
        }
    return _(
        "%(number)s was given to “%(title)s” on paper. If that is this document, enter it by “Take a document number” "
        "above; otherwise take a new number there."
    ) % {"number": text, "title": given.title}


def _voided(number: DocumentNumber) -> str:
    return _("%(number)s was voided on %(day)s (%(reason)s) and cannot be used: take another.") % {
        "number": number,
        "day": in_full(number.voided_at),
        "reason": number.void_reason,
    }


def _draft_to_write(page: PublishedPage, user: Any) -> Any:
    """The newest draft of `page`, read under a lock on its row."""
    page = type(page.specific)._default_manager.select_for_update().get(pk=page.pk)
    if not number_field(page):
        raise ValidationError(_("“%(title)s” is of a kind that carries no document number.") % {"title": page.title})
    if not user_can_edit(user, page):
        raise ValidationError(
            _("You cannot change “%(title)s” now. If it is being checked, withdraw it first.") % {"title": page.title}
        )
    return page.get_latest_revision_as_object()


def _write(draft: Any, number: DocumentNumber, user: Any) -> bool:
    setattr(draft, number_field(draft), number.text)
    # A draft may still lack what is asked for before it goes public.
    draft.save_revision(user=user, log_action=True, clean=False)
    return bool(draft.check_restarted)
