"""Finding somebody's own sign-up by its code and the last four digits of their phone, and opening it for an hour."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from .people import plain

DIGITS = 4
# For so long a page that was opened stays open on a telephone that may not be one's own.
OPEN_FOR = datetime.timedelta(hours=1)

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Slips(Generic[Row]):
    """The sign-ups of one kind. ``rows``: all of them, with fields ``code`` and ``phone``; ``salt``: what its passes
    are for, so that they open nothing else."""

    rows: Callable[[], QuerySet[Row]]
    salt: str

    def find(self, code: str, last_digits: str) -> Row:
        """The sign-up with this code and phone. Raises ValidationError, which does not say which is wrong."""
        one: Any = self.rows().filter(code=plain(code)).first()
        if one is None or not constant_time_compare(one.phone[-DIGITS:], plain(last_digits)):
            raise ValidationError(
                _("No sign-up has this code and these last four digits. Look at the slip again, or call the office.")
            )
        return one

    def pass_for(self, one: Row) -> str:
        """What opens this sign-up for an hour, as part of an address."""
        return signing.dumps(one.pk, salt=self.salt)

    def by_pass(self, text: str) -> Row | None:
        """The sign-up a pass opens; None where it is not ours or an hour old."""
        try:
            pk = signing.loads(text, salt=self.salt, max_age=OPEN_FOR)
        except signing.BadSignature:
            return None
        return self.rows().filter(pk=pk).first()
