"""Names in cells for rows of other tables: a name that is not the only one is followed by its number."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Page

from guides.models import LifeEvent
from organisation.models import Unit
from suite.registers.workbook.cells import tidy

from .columns import NUMBERED, Kind

_NUMBERED = re.compile(rf"(.*){NUMBERED}(\d+)", re.DOTALL)
_BETWEEN = re.compile(r"[；;\n]")


class NameList:
    """The names of one table, both ways."""

    def __init__(self, rows: Iterable[tuple[int, str]]) -> None:
        self.names = {pk: tidy(name) for pk, name in rows}
        self.count = Counter(self.names.values())
        self.only = {name: pk for pk, name in self.names.items() if self.count[name] == 1}

    def label(self, pk: int | None) -> str:
        """What stands in the cell; '' for nothing, and for what was deleted."""
        if pk is None or pk not in self.names:
            return ""
        name = self.names[pk]
        return name if self.count[name] == 1 and not _NUMBERED.fullmatch(name) else f"{name}{NUMBERED}{pk}"

    def find(self, text: str) -> int:
        """The key of what a cell names. Raises ValidationError: nothing is called so, or several things are."""
        numbered = _NUMBERED.fullmatch(text)
        if numbered and self.names.get(int(numbered[2])) == numbered[1]:
            return int(numbered[2])
        if text in self.only:
            return self.only[text]
        if text not in self.count:
            raise ValidationError(
                _("nothing here is called “%(name)s”: choose from the list, or add it here first") % {"name": text}
            )
        several = [self.label(pk) for pk, name in self.names.items() if name == text]
        raise ValidationError(_("several are called so; write one of: %(labels)s") % {"labels": "；".join(several[:5])})


class Names:
    """The tables that cells refer to, each read once and when it is needed."""

    @cached_property
    def units(self) -> NameList:
        return NameList(Unit.objects.values_list("pk", "name"))

    @cached_property
    def documents(self) -> NameList:
        return NameList(get_document_model().objects.order_by("pk").values_list("pk", "title"))

    @cached_property
    def pages(self) -> NameList:
        return NameList(Page.objects.filter(depth__gt=1).order_by("pk").values_list("pk", "title"))

    @cached_property
    def events(self) -> NameList:
        return NameList(LifeEvent.objects.values_list("pk", "name"))

    def of(self, kind: Kind) -> NameList:
        """The table that a kind of cell refers to. Raises KeyError for one that refers to none."""
        return {
            Kind.UNIT: lambda: self.units,
            Kind.DOCUMENT: lambda: self.documents,
            Kind.PAGE: lambda: self.pages,
            Kind.EVENTS: lambda: self.events,
        }[kind]()

    def events_label(self, pks: Iterable[int]) -> str:
        return "；".join(filter(None, map(self.events.label, pks)))

    def find_events(self, text: str) -> list[int]:
        """The life events that a cell names, in their order. Raises ValidationError for an unknown one."""
        found = set()
        for part in filter(None, map(str.strip, _BETWEEN.split(text))):
            # People write 、 too, which may be part of a name.
            names = [part] if part in self.events.count or "、" not in part else map(str.strip, part.split("、"))
            found |= {self.events.find(name) for name in names if name}
        return [pk for pk in self.events.names if pk in found]
