"""An item as the workbook holds it: plain values under the names of the columns, the same from a guide and a file.

Compared like this, what the workbook cannot show (bold words, the keys of blocks) is no difference, and stays.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.html import escape

from guides.domain.elements import plain_lines
from guides.models import GuidePage, GuidePlace, LifeEvent
from guides.variants import LETTERS
from printing.charts import MOST_WAYS
from suite.registers.workbook.cells import tidy

from .columns import ITEMS, KEY, PARTS, Kind, SheetFormat

Row = dict[str, Any]
FIELDS = tuple(column for column in ITEMS.columns if column is not KEY)
# What is not simply the field of the same name.
_LINKS = {"responsible_unit", "result_sample"}
_BLOCKS = {"materials": "material", "steps": "step", "questions": "question", "basis": "basis", "answers": "answer"}


@dataclass
class Item:
    """``key``: the guide's slug; ``values``: by column of the sheet of items; ``parts``: rows by part; ``row``: where
    it stands in the file, 0 for one that comes from the database. All values can be kept as JSON."""

    key: str
    values: Row
    parts: dict[str, list[Row]] = field(default_factory=dict)
    row: int = 0

    def fingerprint(self) -> str:
        """SHA-256 of what the item says, in hexadecimal."""
        text = json.dumps([self.key, self.values, self.parts], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def as_json(self) -> Row:
        return {"key": self.key, "values": self.values, "parts": self.parts, "row": self.row}

    @classmethod
    def from_json(cls, data: Row) -> "Item":
        return cls(**data)


def drafts(guides: "QuerySet[GuidePage]") -> Iterator[tuple[GuidePage, GuidePage]]:
    """Each guide as it is in the database and as its newest draft reads, in few queries."""
    related = guides.select_related("latest_revision", "replaced_by").prefetch_related(
        "life_events", Prefetch("places", GuidePlace.objects.order_by("sort_order"))
    )
    for guide in related:
        newest = guide.latest_revision
        yield guide, guide.with_content_json(newest.content) if newest else guide


def item_of(guide: GuidePage, slugs: dict[int, str]) -> Item:
    """What the workbook says of a guide. ``slugs``: of all guides, by key."""
    values: Row = {}
    for column in FIELDS:
        name = column.name
        if name == "life_events":
            values[name] = sorted(event.pk for event in guide.life_events.all())
        elif name in _LINKS:
            values[name] = getattr(guide, f"{name}_id")
        elif name == "replaced_by":
            values[name] = slugs.get(guide.replaced_by_id or 0, "")
        elif name == "conditions":
            values[name] = plain_lines(guide.conditions)
        elif column.kind == Kind.DAY:
            day = getattr(guide, name)
            values[name] = day.isoformat() if day else None
        elif column.kind == Kind.TEXT:
            values[name] = tidy(getattr(guide, name))
        else:
            values[name] = getattr(guide, name)
    rows = {part.part: list(_rows_of(part, guide)) for part in PARTS}
    return Item(slugs[guide.pk], values, rows)


def _rows_of(sheet: SheetFormat, guide: GuidePage) -> Iterator[Row]:
    if sheet.part == "places":
        for place in guide.places.all():
            if place.unit_id:
                yield {"unit": place.unit_id, "window": tidy(place.window), "hours": tidy(place.hours)}
        return
    for block in getattr(guide, sheet.part):
        value = block.value
        row: Row = {}
        if sheet.part == "questions":
            row = {"text": tidy(value["text"]), **dict.fromkeys(LETTERS, "")}
            row |= {letter: tidy(answer) for letter, answer in zip(LETTERS, value["answers"], strict=False)}
        else:
            for column in sheet.columns:
                if column is not KEY and column.name in value:
                    row[column.name] = _plain(value[column.name], column.default)
        if sheet.part == "materials":
            settle_numbers(row)
        if sheet.part == "steps":
            row |= ways_row([(tidy(way["label"]), tidy(way["to"])) for way in value["ways"]])
        yield row


def settle_numbers(material: Row) -> None:
    """A material without a number of originals is one original, or none where there are copies."""
    if material["originals"] is None:
        material["originals"] = 0 if material["copies"] else 1


def ways_row(ways: Iterable[tuple[str, str]]) -> Row:
    """The columns of a step's ways out, without gaps. More than MOST_WAYS are left out: no chart can show them."""
    kept = [way for way in ways if any(way)][:MOST_WAYS]
    kept += [("", "")] * (MOST_WAYS - len(kept))
    return {
        name: text
        for number, (label, to) in enumerate(kept, 1)
        for name, text in ((f"label_{number}", label), (f"to_{number}", to))
    }


def _plain(value: Any, default: Any) -> Any:
    if hasattr(value, "pk"):
        return value.pk
    if value is None or value == "":
        return default
    return tidy(value) if isinstance(value, str) else value


def differences(old: Item, new: Item) -> list[str]:
    """The names of the columns and parts in which two items differ."""
    names = [column.name for column in FIELDS if old.values[column.name] != new.values[column.name]]
    return names + [part.part for part in PARTS if old.parts[part.part] != new.parts[part.part]]


def heading(name: str) -> str:
    """What a column of the sheet of items, or a part, is called in the workbook."""
    columns = {column.name: column.heading for column in ITEMS.columns}
    return columns.get(name) or next(part.title for part in PARTS if part.part == name)


def apply(item: Item, guide: GuidePage, names: Iterable[str], replaced_by: int | None) -> None:
    """Put those columns and parts of an item into a guide, unsaved. ``replaced_by``: the key of that guide."""
    for name in names:
        if name in item.parts:
            _apply_part(guide, name, item.parts[name])
        elif name == "life_events":
            guide.life_events = list(LifeEvent.objects.filter(pk__in=item.values[name]))
        elif name in _LINKS:
            setattr(guide, f"{name}_id", item.values[name])
        elif name == "replaced_by":
            guide.replaced_by_id = replaced_by
        elif name == "conditions":
            guide.conditions = "".join(f"<p>{escape(line)}</p>" for line in item.values[name].splitlines())
        else:
            field_of = GuidePage._meta.get_field(name)
            setattr(guide, name, field_of.to_python(item.values[name]))


def _apply_part(guide: GuidePage, part: str, rows: list[Row]) -> None:
    if part == "places":
        guide.places = [
            GuidePlace(unit_id=row["unit"], window=row["window"], hours=row["hours"], sort_order=order)
            for order, row in enumerate(rows)
        ]
        return
    kind = _BLOCKS[part]
    # A row that keeps its name keeps its block's key, to which remarks of checkers are tied.
    sheet = next(one for one in PARTS if one.part == part)
    ids = {_known_by(row): block.id for row, block in zip(_rows_of(sheet, guide), getattr(guide, part), strict=True)}
    blocks = []
    for row in rows:
        block = {"type": kind, "value": _block_value(part, row)}
        if key := ids.pop(_known_by(row), None):
            block["id"] = key
        blocks.append(block)
    setattr(guide, part, json.dumps(blocks))


def _known_by(row: Row) -> str:
    return str(next(iter(row.values())))


def _block_value(part: str, row: Row) -> Row:
    if part == "questions":
        answers = [row[letter] for letter in LETTERS]
        while answers and not answers[-1]:
            answers.pop()
        return {"text": row["text"], "answers": answers}
    if part == "steps":
        ways = [(row[f"label_{number}"], row[f"to_{number}"]) for number in range(1, MOST_WAYS + 1)]
        value = {name: text for name, text in row.items() if not name.startswith(("label_", "to_"))}
        return {**value, "ways": [{"label": label, "to": to} for label, to in ways if label or to]}
    return dict(row)
