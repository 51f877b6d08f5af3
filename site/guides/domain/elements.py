"""The elements of an item as the national element list names them: for versions, for open data, for comparing.

The keys are stable: other offices read them. They are described in docs/guides.md.
"""

import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any

from django.db.models import Choices
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from guides.enums import Audience, CaseKind, ItemKind, Level
from guides.limits import promised, statutory
from guides.procedure import limit_of
from guides.variants import questions
from suite.theme.dates import in_full

if TYPE_CHECKING:
    from guides.models import GuidePage


def elements(guide: "GuidePage") -> dict[str, Any]:
    """Every element of the guide as plain values that JSON can hold, in the order in which a guide is read."""
    return {
        "name": guide.title,
        "summary": guide.summary,
        "code": guide.item_code,
        "item_kind": guide.item_kind,
        "case_kind": guide.case_kind,
        "level": guide.level,
        "life_events": [event.name for event in guide.life_events.all()],
        "audience": guide.audience,
        "conditions": plain_lines(guide.conditions),
        "questions": [
            {"number": one.number, "text": one.text, "answers": {answer.code: answer.text for answer in one.answers}}
            for one in questions(guide)
        ],
        "materials": [_material(block.value) for block in guide.materials],
        "steps": [_step(number, block.value) for number, block in enumerate(guide.steps, 1)],
        "promised_limit": _limit(promised(guide)),
        "statutory_limit": _limit(statutory(guide)),
        "handling": {"window": guide.at_window, "agent": guide.by_agent, "online": guide.online},
        "visits": guide.visits,
        "visits_reason": guide.visits_reason,
        "scope": guide.scope,
        "places": [
            {"unit": place.unit.name, "window": place.window, "hours": place.hours} for place in guide.places.all()
        ],
        "unit": guide.responsible_name,
        "phone": guide.contact_phone,
        "complaint_phone": guide.complaint_phone,
        "result": guide.result_name,
        "result_sample": guide.result_sample.title if guide.result_sample else "",
        "no_sample_reason": guide.no_sample_reason,
        "fee": guide.fee,
        "fee_basis": guide.fee_basis,
        "basis": [
            {
                "title": block.value["title"],
                "article": block.value["article"] or "",
                "page": block.value["page"].pk if block.value["page"] else None,
            }
            for block in guide.basis
        ],
        "remedies": guide.remedies,
        "answers": [{"question": block.value["question"], "answer": block.value["answer"]} for block in guide.answers],
        "valid_from": guide.valid_from.isoformat() if guide.valid_from else None,
        "valid_until": guide.valid_until.isoformat() if guide.valid_until else None,
    }


def label(key: str) -> str:
    """What an element is called."""
    labels = {
        "name": _("name"),
        "summary": _("in one sentence"),
        "code": _("item code"),
        "item_kind": _("kind of item"),
        "case_kind": _("kind of case"),
        "level": _("level"),
        "life_events": _("life events"),
        "audience": _("who it is for"),
        "conditions": _("conditions"),
        "questions": _("questions that decide what applies"),
        "materials": _("materials"),
        "steps": _("steps"),
        "promised_limit": _("promised time limit"),
        "statutory_limit": _("statutory time limit"),
        "handling": _("How it is done"),
        "visits": _("number of visits"),
        "visits_reason": _("why somebody has to come"),
        "scope": _("where it can be applied for"),
        "places": _("Where"),
        "unit": _("implementing unit"),
        "phone": _("phone for questions"),
        "complaint_phone": _("phone for complaints"),
        "result": _("result"),
        "result_sample": _("sample of the result"),
        "no_sample_reason": _("why there is no sample"),
        "fee": _("fee"),
        "fee_basis": _("legal basis of the fee"),
        "basis": _("legal basis"),
        "remedies": _("remedies"),
        "answers": _("questions and answers"),
        "valid_from": _("valid from"),
        "valid_until": _("valid until"),
    }
    return labels[key]


_CHOICES: dict[str, type[Choices]] = {
    "item_kind": ItemKind,
    "case_kind": CaseKind,
    "level": Level,
    "audience": Audience,
}
# What a row of a list is known by.
_NAMES = ("name", "title", "unit", "text", "question")


def in_words(key: str, value: Any) -> str:
    """An element's value as a reader is told it; '' for nothing."""
    if not value:
        return _("free of charge") if key == "fee" else "0" if key == "visits" and value == 0 else ""
    if key in _CHOICES:
        return str(_CHOICES[key](value).label)
    if key in ("valid_from", "valid_until"):
        return in_full(date.fromisoformat(value))
    if isinstance(value, list):
        return "；".join(name_of(one) for one in value)
    if isinstance(value, dict):
        return str(value["text"]) if "text" in value else _handling(value)
    return str(value)


def name_of(row: Any) -> str:
    """What a row of a list of elements is known by."""
    return str(next(row[name] for name in _NAMES if row.get(name))) if isinstance(row, dict) else str(row)


def _handling(value: dict[str, Any]) -> str:
    ways = [_("at a window") if value["window"] else "", _("through the village agent") if value["agent"] else ""]
    return "；".join(way for way in [*ways, value["online"]] if way)


def _limit(limit: Any) -> dict[str, Any] | None:
    return {"days": limit.days, "unit": str(limit.unit), "text": str(limit)} if limit else None


def _material(value: Any) -> dict[str, Any]:
    return {
        "name": value["name"],
        "originals": value["originals"],
        "copies": value["copies"],
        "form": value["form"],
        "source": value["source"],
        "required": value["required"],
        "deferrable": value["deferrable"],
        "note": value["note"] or "",
        "sample": value["sample"].title if value["sample"] else "",
        "blank": value["blank"].title if value["blank"] else "",
        "only_for": (value["only_for"] or "").strip(),
    }


def _step(number: int, value: Any) -> dict[str, Any]:
    return {
        "number": number,
        "name": value["name"],
        "post": value["post"],
        "action": value["action"] or "",
        "limit": _limit(limit_of(value)),
        "ways": [{"when": way["label"] or "", "to": str(way["to"]).strip()} for way in value["ways"]],
        "only_for": (value["only_for"] or "").strip(),
    }


def plain_lines(text: str, html: bool = True) -> str:
    """Rich text (or text) as lines of plain text, without empty ones."""
    if html:
        text = unescape(strip_tags(re.sub(r"</(p|li|h\d)>|<br\s*/?>", "\n", text)))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
