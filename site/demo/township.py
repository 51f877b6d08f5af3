"""The `Township` that every plugin's ``build_demo(township)`` is given."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from django.utils.timezone import localdate
from wagtail.models import Page

from organisation.domain.accounts import open_account
from organisation.models import Person, Unit
from suite.publishing.domain import lifecycle
from suite.publishing.models import PublishedPage

from .models import SampleRow


class Township:
    """The sample township while it is being built.

    ``today``: dates are counted from it. ``people`` and ``units``: by key, for the plugins that come later; the key of
    a person with an account is the username. ``random``: the same numbers on every machine. What plugins create
    through their domain functions while building is a sample row by itself; `keep` is for what Django's signals miss
    (``bulk_create``).
    """

    def __init__(self, encoded: str, today: datetime.date | None = None) -> None:
        self.today = today or localdate()
        self.random = random.Random("石桥镇")  # noqa: S311 - sample data, nothing secret
        self.people: dict[str, Person] = {}
        self.units: dict[str, Unit] = {}
        self._encoded = encoded

    def keep(self, row: Any) -> Any:
        """Register a row, so that ``demo --delete`` takes it away; returns it."""
        # A page is registered by its own type and by Page's, whichever is asked for later.
        kind = ContentType.objects.get_for_model(row, for_concrete_model=True)
        SampleRow.objects.get_or_create(content_type=kind, object_id=str(row.pk))
        return row

    def keep_all(self, rows: Iterable[Any]) -> None:
        """Register rows that were made in bulk: one query for all of them."""
        kinds = ContentType.objects.get_for_model
        kept = [SampleRow(content_type=kinds(row, for_concrete_model=True), object_id=str(row.pk)) for row in rows]
        SampleRow.objects.bulk_create(kept, ignore_conflicts=True)

    def account(self, key: str, roles: Iterable[str]) -> Any:
        """Open the account of ``people[key]``, with the key as username and the password all sample accounts share."""
        person = self.people[key]
        account = open_account(person, key, None, None, roles, email=f"{key}@example.com")
        # Hashing anew for each account would take half a second every time.
        account.password = self._encoded
        account.save(update_fields=["password"])
        person.refresh_from_db()
        return account

    def user(self, key: str) -> Any:
        """The account of ``people[key]``. Raises KeyError for an unknown key, ValueError for a person without one."""
        if (account := self.people[key].user) is None:
            raise ValueError(f"{key} has no account")
        return account

    def publish(
        self,
        page: PublishedPage,
        parent: Page,
        days_ago: int = 0,
        before_check: Callable[[PublishedPage], object] = lambda draft: None,
        before_submit: Callable[[PublishedPage], object] = lambda draft: None,
    ) -> PublishedPage:
        """Publish a new page below ``parent`` as the office does: the editor submits, two others pass it.

        ``days_ago``: when readers are told it appeared; ``before_submit(draft)`` does what the editor has to do
        before handing it in (taking a number), ``before_check(draft)`` what the checker has to do before passing it.
        Returns the live page.
        """
        page.owner = self.user("editor")
        parent.add_child(instance=page)
        page.save_revision(user=page.owner, log_action=True)
        before_submit(page)
        lifecycle.submit(page, page.owner)
        before_check(page)
        lifecycle.approve(page, self.user("checker"))
        page = lifecycle.approve(page, self.user("approver"))
        # A township did not publish everything on the day somebody tried the product.
        appeared = timezone.now() - datetime.timedelta(days=days_ago)
        dates = {"first_published_at": appeared, "last_published_at": appeared}
        Page.objects.filter(pk=page.pk).update(**dates)
        for name, value in dates.items():
            setattr(page, name, value)
        return page

    def day(self, offset: int) -> datetime.date:
        """Today plus ``offset`` days."""
        return self.today + datetime.timedelta(days=offset)


def is_sample(row: Model) -> bool:
    """Whether a row belongs to the sample township."""
    kind = ContentType.objects.get_for_model(row, for_concrete_model=True)
    return SampleRow.objects.filter(content_type=kind, object_id=str(row.pk)).exists()
