"""Personal numbers in what a page is going to show."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _

from suite.hooks import collect

from .numbers import Kind, Number, find


@dataclass(frozen=True)
class Finding:
    """One number: ``field`` to mend (None: said by a plugin), ``label`` where it stands, the number itself."""

    field: str | None
    label: str
    number: Number

    @property
    def message(self) -> str:
        """Where it is, what it is, masked, and the mend."""
        kind = {
            Kind.IDENTITY: _("an ID card number"),
            Kind.MOBILE: _("a mobile number"),
            Kind.BANK_CARD: _("a bank card number"),
        }[self.number.kind]
        return _(
            "“%(label)s” holds %(kind)s (%(masked)s), which must not be public: take it out, or put an office landline "
            "or stars in its place."
        ) % {"label": self.label, "kind": kind, "masked": self.number.masked}


def find_in_page(page: Model) -> Iterator[Finding]:
    """The personal numbers in all texts of `page` and in what plugins name with the hook ``privacy_fields()``.

    That hook answers pairs ``(model, function)``; ``function(obj)`` gives pairs ``(label, text)`` for a page of that
    model. The same number is reported once for each label.
    """
    from .texts import texts_of

    seen: set[tuple[str, str]] = set()
    parts: list[tuple[str | None, str, str]] = [(part.field, part.label, part.text) for part in texts_of(page)]
    for model, function in collect("privacy_fields"):
        if isinstance(page, model):
            parts += [(None, str(label), text) for label, text in function(page)]
    for field, label, text in parts:
        for number in find(text):
            if (label, number.digits) not in seen:
                seen.add((label, number.digits))
                yield Finding(field, label, number)
