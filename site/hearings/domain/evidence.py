"""What shows that a measure was carried out: pictures and files that everybody sees (requirement H)."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hearings.enums import MeasureKind
from hearings.models import Evidence, Measure
from suite.evidence.validators import MOST_FILES, require_fit

# A study is shown by what it came to, and what was done in front of everybody's eyes by the minutes.
_SHOWN_BY_WORDS = (MeasureKind.STUDY, MeasureKind.DONE)


def require_evidence(measure: Measure, rows: Sequence[Evidence]) -> None:
    """Raise ValidationError where evidence is wanting, or a file is not fit (`suite.evidence.validators`)."""
    if not rows and measure.kind not in _SHOWN_BY_WORDS:
        raise ValidationError({"evidence": _("Show that it was done: add a picture or a file.")})
    if len(rows) > MOST_FILES:
        raise ValidationError({"evidence": _("Add at most %(most)s pictures and files.") % {"most": MOST_FILES}})
    for row in rows:
        if bool(row.image) == bool(row.document):
            raise ValidationError({"evidence": _("Every piece of evidence is one picture or one file.")})
        _require_fit(row.image or row.document)


def _require_fit(stored: Any) -> None:
    with stored.file.storage.open(stored.file.name) as file:
        try:
            require_fit(file, stored.filename)
        except ValidationError as refusal:
            raise ValidationError({"evidence": refusal.messages}) from None
