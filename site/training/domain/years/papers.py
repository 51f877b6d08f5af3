"""A person's year of learning on one sheet of paper."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.models import Person
from printing import Printable, Sheet
from suite.theme.office import current_office

from .told import Told, by_key, user_can_print

KIND = "training-year"


def year_sheet(found: Told) -> Sheet:
    """Who, where, each part of the year with what it consists of, room to sign."""
    title = _("Training record of %(year)s") % {"year": found.year}
    return Sheet(
        kind=KIND,
        template="training/years/paper.html",
        style="training/year",
        context={"title": title, "issuer": current_office().township_name, "found": found, "as_of": localdate()},
        title=f"{title}：{found.person}",
        issued=localdate(),
        name=f"{title} {found.person}",
        names=(found.person.name,),
    )


def papers() -> list[Printable]:
    """For the person, the leader in charge, and who runs or views training; without versions and codes."""
    return [
        Printable(
            kind=KIND,
            label=gettext_lazy("training record of a person"),
            model=None,
            document=year_sheet,
            find=by_key,
            keys=_keys,
            user_can_print=user_can_print,
            traced=False,
        )
    ]


def _keys() -> Iterable[str]:
    year = localdate().year
    return (f"{pk}-{year}" for pk in Person.objects.filter(active=True).order_by("pk").values_list("pk", flat=True))
