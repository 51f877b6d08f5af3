"""A kind of paper made of rows of the kernel, so that its tests need no feature."""

from dataclasses import replace
from datetime import date

import pytest
from wagtail import hooks

from organisation.enums import UnitKind
from organisation.models import Unit
from printing import Printable
from printing.domain.gongwen import gongwen_sheet


class Board:
    """A kind of paper, and a unit that it is made of; what it says is set by the test."""

    def __init__(self):
        self.unit = Unit.objects.create(kind=UnitKind.VILLAGE, name="柳岸村")
        self.says = {"title": "关于停水的公告", "body_html": "<p>11月20日停水。</p>", "day": date(2026, 11, 20)}
        self.version = None
        self.public = True
        self.found = True
        self.printable = Printable(
            kind="board",
            label="公示",
            model=Unit,
            document=self.document,
            find=self.find,
            keys=lambda: [str(self.unit.pk)],
            user_can_print=lambda user, unit: self.public,
            sizes=("a4", "a3"),
        )

    @property
    def key(self):
        return str(self.unit.pk)

    def document(self, unit, size):
        sheet = gongwen_sheet(kind="board", **{"issuer": unit.name, "status": "有效期至2026年12月1日", **self.says})
        sheet = replace(sheet, version=self.version)
        if size == "a3":
            sheet = replace(sheet, context={**sheet.context, "note": "大字版"})
        return sheet

    def find(self, key):
        return Unit.objects.filter(pk=key).first() if self.found and key.isdecimal() else None

    def change(self, **says):
        self.says |= says

    def with_printable(self, **changes):
        self.printable = replace(self.printable, **changes)


@pytest.fixture
def board(db):
    made = Board()
    with hooks.register_temporarily("register_printables", lambda: [made.printable]):
        yield made
