"""The `Township` that every plugin's ``build_demo(township)`` is given."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.timezone import localdate

from organisation.domain.accounts import open_account
from organisation.models import Person, Unit

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

    def day(self, offset: int) -> datetime.date:
        """Today plus ``offset`` days."""
        return self.today + datetime.timedelta(days=offset)


def is_sample(row: Model) -> bool:
    """Whether a row belongs to the sample township."""
    kind = ContentType.objects.get_for_model(row, for_concrete_model=True)
    return SampleRow.objects.filter(content_type=kind, object_id=str(row.pk)).exists()
