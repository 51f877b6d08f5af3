"""The papers of served notices: for those who may see the notice, without versions and codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.models import ServedNotice
from printing import Printable

from .notice_access import may_see
from .papers.notices import answer_sheet, nothing_came, notice_sheet


def notice_papers() -> list[Printable]:
    """The notice with its receipt of service, and what came of it."""
    about: dict[str, Any] = {
        "model": ServedNotice,
        "find": _find,
        "keys": _keys,
        "user_can_print": may_see,
        "traced": False,
    }
    return [
        Printable(
            kind="commitment-notice",
            label=gettext_lazy("notice with receipt of service"),
            document=notice_sheet,
            **about,
        ),
        Printable(
            kind="commitment-answer",
            label=gettext_lazy("answer, objection, talk and check"),
            document=answer_sheet,
            refusal=_nothing,
            **about,
        ),
    ]


def _nothing(notice: ServedNotice) -> str:
    return _("Nothing has come of this notice yet: no answer, objection or talk.") if nothing_came(notice) else ""


def _find(key: str) -> ServedNotice | None:
    rows = ServedNotice.objects.select_related("commitment__person", "commitment__month", "commitment__unit", "talk_by")
    return rows.filter(pk=key).first() if key.isascii() and key.isdecimal() else None


def _keys() -> Iterator[str]:
    return map(str, ServedNotice.objects.order_by("pk").values_list("pk", flat=True))
