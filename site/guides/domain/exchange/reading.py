"""Reads a filled-in workbook row by row. Everything that is wrong is said at once, each with sheet and cell."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from guides.blocks import MOST_QUESTIONS
from guides.models import GuidePage
from guides.procedure import leads_on
from guides.variants import LETTERS, unknown
from printing.charts import MOST_WAYS
from suite.publishing.slugs import pinyin_slug
from suite.registers.workbook.cells import refuse_uncomputed, text_of, tidy
from suite.registers.workbook.reading import (
    MOST_PROBLEMS,
    Findings,
    check_merged,
    check_sheets,
    filled_rows,
    no_heading,
    read_file,
)

from .cells import value_of
from .columns import GUIDANCE, ITEMS, KEY, LISTS, MOST_OF_ONE, PARTS, SHEETS, SheetFormat
from .items import Item, Row, settle_numbers, ways_row
from .names import Names

Progress = Callable[[int], object]


@dataclass
class Reading(Findings):
    """What a file holds, and what is wrong with it."""

    items: list[Item] = field(default_factory=list)


def read_workbook(file: BinaryIO, progress: Progress = lambda rows: None) -> Reading:
    """The items of a workbook, or all that is wrong with it.

    Arguments: ``file``, seekable; ``progress``, called with the number of rows read since it was last called.
    Raises ValidationError where the file as a whole will not do: no XLSX, macros, password, another template.
    """
    return read_file(file, lambda book, archive: _Reader(book, archive, progress).read())


class _Reader:
    def __init__(self, book: Any, archive: zipfile.ZipFile, progress: Progress) -> None:
        self.archive = archive
        self.progress = progress
        self.book = book
        self.names = Names()
        self.slugs = set(GuidePage.objects.values_list("slug", flat=True))
        self.found = Reading()
        self.items: dict[str, Item] = {}
        self.written: dict[str, str] = {}
        # Cells that point to a step or an answer of the same item: item, the numbers or codes, place.
        self.pointers: list[tuple[Item, str, str, str]] = []
        # Items with a mistake in one of their rows: what would change in them cannot be said.
        self.broken: set[str] = set()

    def read(self) -> Reading:
        titles = [sheet.title for sheet in SHEETS]
        check_sheets(self.book, titles, (GUIDANCE, LISTS), self.found)
        for title in titles:
            check_merged(self.book, self.archive, title, self.found)
        for number, values, _places in self.rows(ITEMS):
            self.add_item(number, values)
        for sheet in PARTS:
            for number, values, places in self.rows(sheet):
                self.add_row(sheet, number, values, places)
        self.check_counts()
        self.check_pointers()
        self.found.items = [item for item in self.items.values() if item.key not in self.broken]
        if not self.found.items and not self.found.problems:
            self.found.wrong(ITEMS.title, _("no item is filled in: write one item in each row"))
        return self.found

    def rows(self, sheet: SheetFormat) -> Iterator[tuple[int, Row, dict[str, str]]]:
        """Number, values and places of the cells of each filled row; a row with a wrong cell is told of, not given."""
        for number, cells in filled_rows(self.book, sheet.title, sheet.headings, sheet.most, self.found):
            self.progress(1)
            values, places = self.row(sheet, cells)
            if values is not None:
                yield number, values, places

    def row(self, sheet: SheetFormat, cells: list[tuple[str, str, Any]]) -> tuple[Row | None, dict[str, str]]:
        columns = {column.heading: column for column in sheet.columns}
        values: Row = {column.name: None for column in sheet.columns}
        places = {}
        good = True
        for heading, where, cell in cells:
            column = columns.get(heading)
            if column is None:
                if tidy(cell.value):
                    self.found.wrong(where, no_heading())
                    good = False
                continue
            places[column.name] = where
            try:
                values[column.name] = self.key(cell) if column is KEY else value_of(sheet, column, cell, self.names)
                if column.name == "replaced_by":
                    values[column.name] = self.slug(values[column.name]) if values[column.name] else ""
            except ValidationError as error:
                self.found.wrong(where, " ".join(error.messages))
                good = False
        if not good and values["key"]:
            self.broken.add(values["key"])
        return (values if good else None), places

    def key(self, cell: Any) -> str:
        refuse_uncomputed(cell)
        if not tidy(cell.value):
            raise ValidationError(_("the item's key is missing: write it in each of its rows, here and in “事项”"))
        return self.slug(text_of(cell.value))

    def slug(self, key: str) -> str:
        """The slug that a key in the file stands for. Raises ValidationError for one that makes no address."""
        slug = key if key in self.slugs else pinyin_slug(key)
        if key not in self.slugs and (not slug[0].isalpha() or (slug == "page" and key.lower() != "page")):
            raise ValidationError(
                _("“%(key)s” makes no address: begin with a Chinese character or a letter, such as 低保")
                % {"key": key[:40]}
            )
        before = self.written.setdefault(slug, key)
        if before != key:
            raise ValidationError(
                _("“%(key)s” and “%(other)s” give the same address (%(slug)s): change one of the two")
                % {"key": key[:40], "other": before[:40], "slug": slug}
            )
        return slug

    def add_item(self, number: int, values: Row) -> None:
        slug = values.pop("key")
        place = f"{ITEMS.title}!A{number}"
        if slug in self.items:
            self.found.wrong(
                place,
                _("the item “%(key)s” is in row %(row)s already: give each item one row")
                % {"key": self.written[slug], "row": self.items[slug].row},
            )
        elif not values["title"]:
            self.broken.add(slug)
            self.found.wrong(f"{ITEMS.title}!B{number}", _("the item's name is missing"))
        else:
            self.items[slug] = Item(slug, values, {sheet.part: [] for sheet in PARTS}, number)

    def add_row(self, sheet: SheetFormat, number: int, values: Row, places: dict[str, str]) -> None:
        slug = values.pop("key")
        item = self.items.get(slug)
        if item is None:
            if slug not in self.broken:
                self.found.wrong(
                    places["key"],
                    _("there is no item “%(key)s” in “事项”: write it there first") % {"key": self.written[slug]},
                )
            return
        if sheet.part == "places" and not values["unit"]:
            self.found.wrong(places["unit"], _("choose the window or station"))
            return
        if sheet.part == "materials":
            settle_numbers(values)
        if sheet.part == "steps":
            ways = [(values.pop(f"label_{way}"), values.pop(f"to_{way}")) for way in range(1, MOST_WAYS + 1)]
            values |= ways_row(ways)
        if sheet.part == "questions" and any(values[letter] for letter in LETTERS) and not values["text"]:
            self.found.wrong(places["text"], _("the question is missing"))
        item.parts[sheet.part].append(values)
        for name, place in places.items():
            if values.get(name) and (name == "only_for" or name.startswith("to_")):
                self.pointers.append((item, name, values[name], place))

    def check_pointers(self) -> None:
        """Note what points nowhere: a draft may, the check before publication refuses it and knows no cells."""
        for item, name, text, place in self.pointers:
            if name == "only_for":
                wrong = unknown(text, _codes(item.parts["questions"]))
                told = _("%(place)s: no question has the answer %(what)s. Correct it before the draft is handed on.")
            else:
                steps = len(item.parts["steps"])
                wrong = [] if leads_on(text, steps) else [text]
                told = _("%(place)s: there is no step %(what)s. Correct it before the draft is handed on.")
            if wrong and len(self.found.notes) < MOST_PROBLEMS:
                self.found.notes.append(told % {"place": place, "what": "、".join(wrong)})

    def check_counts(self) -> None:
        for item in self.items.values():
            if len(item.parts["questions"]) > MOST_QUESTIONS:
                self.found.wrong(
                    f"{ITEMS.title}!A{item.row}",
                    _("more than %(most)s questions: leave those out that change nothing") % {"most": MOST_QUESTIONS},
                )
            for sheet in PARTS:
                if len(item.parts[sheet.part]) > MOST_OF_ONE:
                    self.found.wrong(
                        f"{ITEMS.title}!A{item.row}",
                        _("%(count)s rows in “%(sheet)s”, %(most)s at most: is the same key written in all of them?")
                        % {"count": len(item.parts[sheet.part]), "sheet": sheet.title, "most": MOST_OF_ONE},
                    )


def _codes(questions: list[Row]) -> set[str]:
    """The codes of the answers in rows of the sheet of questions."""
    return {f"{number}{letter}" for number, row in enumerate(questions, 1) for letter in LETTERS if row[letter]}
