"""Rows of a commitment's form: cleaned of what nobody typed on purpose, checked before they are filed."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from commitments.models import Month, Promise, WorkKind
from commitments.models.commitments import LONGEST_GOAL, LONGEST_MEASURES, LONGEST_WORK
from organisation.models import Person
from suite.privacy import find
from suite.privacy.public import number_refused
from suite.theme.dates import in_full

from .carrying import open_work_for

# What a row is in the form and in the draft, all of them strings.
FIELDS = ("kind", "work", "measures", "goal", "due", "carried_from", "origin_kind", "origin_key")
# What a person writes in a row; the rest says where it comes from.
WRITTEN = ("work", "measures", "goal", "due")
LONGEST = {"work": LONGEST_WORK, "measures": LONGEST_MEASURES, "goal": LONGEST_GOAL}
# More than this is no form any more: a draft is kept as it is up to here.
MOST_DRAFT_ROWS, LONGEST_DRAFT = 100, 10_000
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
# Signs that turn the direction of what follows, and signs without width. The one that joins emoji stays.
_UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_LONGEST_KEY = 18
_CLOSING = "。；，、！？：.;,!?:"


@dataclass(frozen=True)
class Row:
    """One row that may be filed."""

    kind: WorkKind | None
    work: str
    measures: str
    goal: str
    due: datetime.date
    carried_from_id: int | None
    origin_kind: str
    origin_key: str


def draft_rows(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The rows as a draft keeps them: every field a string, nothing taken away that can be stored.

    Raises ValidationError for more than a form can hold.
    """
    kept = [{field: draft_text(str(row.get(field) or "")) for field in FIELDS} for row in rows]
    if len(kept) > MOST_DRAFT_ROWS:
        raise ValidationError(_("That are more than %(most)s rows: put them together.") % {"most": MOST_DRAFT_ROWS})
    return kept


def draft_text(text: str) -> str:
    """One text as a draft keeps it. Raises ValidationError for one that no field is meant for."""
    if len(text) > LONGEST_DRAFT:
        raise ValidationError(_("One field holds more than %(most)s characters: shorten it.") % {"most": LONGEST_DRAFT})
    return _storable(text)


def as_draft(promises: Iterable[Promise]) -> list[dict[str, str]]:
    """Filed promises as rows of the form."""
    return [
        {
            "kind": str(one.kind_id or ""),
            "work": one.work,
            "measures": one.measures,
            "goal": one.goal,
            "due": one.due.isoformat(),
            "carried_from": str(one.carried_from_id or ""),
            "origin_kind": one.origin_kind,
            "origin_key": one.origin_key,
        }
        for one in promises
    ]


def lines(text: str) -> str:
    """A text of several lines: a pasted table becomes its lines, invisible signs go, emoji stay."""
    cleaned = (re.sub(r"[\t \u3000]+", " ", line).strip() for line in _visible(text).split("\n"))
    return "\n".join(line for line in cleaned if line)


def line(text: str) -> str:
    """A text of one line: the lines of a pasted one follow each other, divided by semicolons."""
    joined = ""
    for part in lines(text).split("\n"):
        joined += ("；" if joined and joined[-1] not in _CLOSING else "") + part
    return joined


def checked(rows: Sequence[Mapping[str, Any]], month: Month, person: Person, most: int) -> list[Row]:
    """The rows that are filed; empty ones are left out.

    Raises one ValidationError with everything that is wrong: keys are "2-goal" for the goal of the second row as it
    stands in the form, and `NON_FIELD_ERRORS` for the whole.
    """
    filled = [
        (number, row)
        for number, row in enumerate(draft_rows(rows), 1)
        if any(row[field].strip() for field in (*WRITTEN, "kind"))
    ]
    if not filled:
        raise ValidationError(_("Fill in at least one row: key work, measures, goal and its day."))
    if len(filled) > most:
        raise ValidationError(
            _("These are %(rows)s rows, and at most %(most)s are filed: put some together or take some out.")
            % {"rows": len(filled), "most": most}
        )
    known = _Known(filled, month, person)
    problems: dict[str, list[str]] = {}
    found = [_checked_row(number, row, month, known, problems) for number, row in filled]
    if problems:
        raise ValidationError(problems)
    return [row for row in found if row is not None]


def label_of(field: str) -> str:
    """What a field of a row is called."""
    definition: Any = Promise._meta.get_field(field)
    return str(definition.verbose_name)


def checked_text(field: str, text: str) -> tuple[str, str]:
    """What one text of a row becomes, and what is wrong with it ('' where nothing is); field: work, measures, goal."""
    text, most = lines(text) if field == "measures" else line(text), LONGEST[field]
    label = label_of(field)
    if not text:
        return text, _("fill in the %(field)s.") % {"field": label}
    if len(text) > most:
        return text, _("the %(field)s has %(length)s characters; shorten it to %(most)s.") % {
            "field": label,
            "length": len(text),
            "most": most,
        }
    return text, number_refused() if find(text) else ""


def checked_due(text: str, month: Month) -> tuple[datetime.date | None, str]:
    """The day that was typed in, and what is wrong with it; 2026-11-20, 2026/11/20 and 2026年11月20日 are read."""
    text = unicodedata.normalize("NFKC", text).strip()
    if not text:
        return None, _("enter the day by which the goal is reached.")
    match = _DATE.fullmatch(text)
    try:
        due = datetime.date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        due = None
    if due is None:
        return None, _("that is no day of the calendar; write it like 2026-11-20.")
    if not month.first <= due <= month.last:
        return None, _("%(day)s is not in %(month)s; choose a day from %(first)s to %(last)s.") % {
            "day": in_full(due),
            "month": month,
            "first": month.first,
            "last": month.last,
        }
    return due, ""


class _Known:
    """The kinds of work, the person's earlier promises and open work that rows name, each asked for at most once."""

    def __init__(self, rows: list[tuple[int, dict[str, str]]], month: Month, person: Person) -> None:
        kinds = {pk for _number, row in rows if (pk := _key(row["kind"]))}
        carried = {pk for _number, row in rows if (pk := _key(row["carried_from"]))}
        self.kinds = WorkKind.objects.in_bulk(kinds) if kinds else {}
        mine = Promise.objects.filter(commitment__person=person, commitment__month__first__lt=month.first)
        self.earlier = set(mine.filter(pk__in=carried).values_list("pk", flat=True)) if carried else set()
        named = any(row["origin_kind"] for _number, row in rows)
        self.work = {(one.kind, one.key) for one in open_work_for(person)} if named else set()


def _checked_row(
    number: int, row: dict[str, str], month: Month, known: _Known, problems: dict[str, list[str]]
) -> Row | None:
    def wrong(field: str, text: str) -> None:
        if text:
            problems[f"{number}-{field}"] = [_("Row %(row)s: %(problem)s") % {"row": number, "problem": text}]

    texts = {}
    for field in ("work", "measures", "goal"):
        texts[field], problem = checked_text(field, row[field])
        wrong(field, problem)
    due, problem = checked_due(row["due"], month)
    wrong("due", problem)
    kind = known.kinds.get(_key(row["kind"]))
    if row["kind"] and kind is None:
        wrong("kind", _("this kind of work is no longer in the list; choose another."))
    carried = _key(row["carried_from"]) or None
    if row["carried_from"] and carried not in known.earlier:
        wrong("carried_from", _("it is carried over from a promise that is not yours; write it as a new row."))
    if due is None:
        return None
    # What the form sends back is not taken on trust: work of others, or done since, leaves the row without its name.
    sent = (row["origin_kind"], row["origin_key"])
    origin = sent if sent in known.work else ("", "")
    return Row(kind, texts["work"], texts["measures"], texts["goal"], due, carried, *origin)


def _key(text: str) -> int:
    """The primary key that stands in a row; 0, which no row has, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_KEY else 0


def _storable(text: str) -> str:
    """Without what no database and no page can hold."""
    return "".join(sign for sign in text if sign != "\0" and unicodedata.category(sign) != "Cs")


def _visible(text: str) -> str:
    text = _UNSEEN.sub("", _LINE_END.sub("\n", text))
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
