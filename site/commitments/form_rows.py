"""The rows of a commitment's form: read from what was posted, shown again with what is wrong beside each field."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from suite.autosave.answers import fields_of, rows_of

from .domain.offers import plugin_called
from .domain.rows import FIELDS, WRITTEN, label_of

# Without scripts so many empty rows wait below the last one; with scripts there is a button.
EMPTY_ROWS = 3
# What the rows are called in the form.
GROUP = "rows"


@dataclass(frozen=True)
class FormRow:
    """One row as the template draws it. ``index`` counts from 0, or is "__prefix__"; ``spare``: for browsers without
    scripts only."""

    index: int | str
    typed: Mapping[str, str]
    wrong: Mapping[str, Sequence[str]] = field(default_factory=dict)
    spare: bool = False

    @property
    def number(self) -> int | str:
        return self.index + 1 if isinstance(self.index, int) else ""

    @property
    def comes_from(self) -> str:
        """Where a row that was taken over comes from; '' for one that was written here."""
        if self.typed.get("carried_from"):
            return _("not finished last month")
        return plugin_called(self.typed["origin_kind"]) if self.typed.get("origin_kind") else ""

    @property
    def kind_id(self) -> int:
        """The key of the kind of work that is chosen; 0 for none."""
        text = self.typed.get("kind", "")
        return int(text) if text.isdecimal() else 0

    @property
    def due_is_a_day(self) -> bool:
        """A field for days shows nothing of what is none: then it is an ordinary field, and nothing typed is lost."""
        text = self.typed.get("due", "")
        try:
            return not text or parse_date(text) is not None
        except ValueError:
            return False


def rows_in(posted: QueryDict) -> list[dict[str, str]]:
    """What was typed, in the order of the form, without the empty rows."""
    rows = rows_of(fields_of(posted), GROUP)
    return [{name: row.get(name, "") for name in FIELDS} for row in rows if not is_empty(row)]


def is_empty(row: Mapping[str, str]) -> bool:
    """Whether nobody wrote anything into the row."""
    return not any(row.get(name, "").strip() for name in (*WRITTEN, "kind"))


def form_rows(rows: Sequence[Mapping[str, str]], most: int, refusal: ValidationError | None = None) -> list[FormRow]:
    """The rows to draw: those typed, and empty ones to write in, no more than may be filed."""
    wrong: dict[int, dict[str, list[str]]] = defaultdict(dict)
    for name, texts in by_field(refusal).items():
        number, _dash, of_field = name.partition("-")
        if number.isdecimal():
            wrong[int(number) - 1][of_field] = texts
    drawn = [FormRow(index, row, wrong[index]) for index, row in enumerate(rows)]
    begin = len(drawn)
    for index in range(begin, max(min(begin + EMPTY_ROWS, most), begin, 1)):
        drawn.append(FormRow(index, dict.fromkeys(FIELDS, ""), spare=index > 0))
    return drawn


def empty_row() -> FormRow:
    """The row from which scripts make new ones."""
    return FormRow("__prefix__", dict.fromkeys(FIELDS, ""))


def by_field(refusal: ValidationError | None) -> dict[str, list[str]]:
    """What is wrong, by field ("2-goal"); `NON_FIELD_ERRORS` for the whole."""
    if refusal is None:
        return {}
    if hasattr(refusal, "error_dict"):
        return {name: [str(text) for error in errors for text in error] for name, errors in refusal.error_dict.items()}
    return {NON_FIELD_ERRORS: refusal.messages}


def problems(refusal: ValidationError | None) -> list[tuple[str, str]]:
    """(id of the field, what is wrong) for the list at the top of the form; the id is '' for the whole."""
    found = []
    for name, texts in by_field(refusal).items():
        number, _dash, of_field = name.partition("-")
        place = f"id_rows-{int(number) - 1}-{of_field}" if number.isdecimal() else ""
        if number.isdecimal() and of_field not in (*WRITTEN, "kind"):
            place = f"id_rows-{int(number) - 1}-work"
        found += [(place, text) for text in texts]
    return found


def labels_of(count: int) -> dict[str, str]:
    """What the fields of so many rows are called, in the order of the form."""
    called = {name: label_of(name) for name in ("kind", *WRITTEN)}
    return {
        f"{GROUP}-{index}-{name}": _("Row %(row)s: %(field)s") % {"row": index + 1, "field": label}
        for index in range(count)
        for name, label in called.items()
    }
