"""Requirement E's rules for a guide, said once more from the requirement alone, over plain values.

Nothing here is the product's: neither its limits, nor its charts, nor its variants.
"""

import itertools
import re
from decimal import Decimal

SHORT_TEXTS = ["summary", "item_kind", "case_kind", "level", "audience", "scope", "contact_phone", "complaint_phone"]
SHORT_TEXTS += ["result_name", "remedies"]
WINDS_TOO_MUCH = 40
ROWS = {"materials": ["name"], "steps": ["name", "post"], "basis": ["title"], "answers": ["question", "answer"]}


def broken(guide, unit, places, per_working):
    """The fields that break a rule. ``guide``: the values of `complete`; ``per_working``: days for a working day."""
    return {*_six_facts_and_elements(guide, unit), *_handling(guide, places), *_limits(guide, per_working)} | {
        *_rows(guide),
        *_variants(guide),
        *(["steps"] if steps_are_wrong(guide, per_working) else []),
    }


def _six_facts_and_elements(guide, unit):
    yield from (name for name in SHORT_TEXTS if not guide.get(name))
    if not re.sub(r"<[^>]*>", "", guide["conditions"]).strip():
        yield "conditions"
    if unit is None:
        yield "responsible_unit"
    if not guide["basis"]:
        yield "basis"
    if not guide["materials"] and not guide.get("no_materials"):
        yield "materials"
    if guide["materials"] and guide.get("no_materials"):
        yield "no_materials"
    if guide.get("fee") and not guide.get("fee_basis"):
        yield "fee_basis"
    phones = [re.sub(r"\D", "", guide.get(name) or "") for name in ("contact_phone", "complaint_phone")]
    if phones[0] == phones[1]:
        yield "complaint_phone"


def _handling(guide, places):
    if not guide.get("no_sample_reason"):
        yield "no_sample_reason"  # no guide here has a sample
    window = guide.get("at_window", True)
    if not (window or guide.get("by_agent") or guide.get("online")):
        yield "at_window"
    if window and not places:
        yield "places"
    if guide["visits"] is None:
        yield "visits"
    elif guide["visits"] > 0 and not guide["visits_reason"]:
        yield "visits_reason"


def _days(number, unit, per_working):
    return Decimal(number or 0) * (per_working if unit == "working" else 1)


def _promise(guide, per_working):
    """Natural days; None where nothing is promised."""
    if guide["case_kind"] == "instant":
        return Decimal(0)
    days = guide.get("promised_limit")
    return _days(days, guide.get("promised_unit", "working"), per_working) if days else None


def _limits(guide, per_working):
    law, none = guide.get("statutory_limit"), guide.get("no_statutory_limit")
    if not law and not none:
        yield "statutory_limit"
    if law and none:
        yield "no_statutory_limit"
    instant = guide["case_kind"] == "instant"
    if bool(guide.get("promised_limit")) is instant:
        yield "promised_limit"
    promise = _promise(guide, per_working)
    if law and promise and promise > _days(law, guide.get("statutory_unit", "working"), per_working):
        yield "promised_limit"


def _rows(guide):
    for field, names in ROWS.items():
        if any(not row["value"][name] for row in guide.get(field, []) for name in names):
            yield field
    for row in guide["steps"]:
        if any(not way["to"] for way in row["value"]["ways"]):
            yield "steps"


def _variants(guide):
    asked = guide.get("questions", [])
    known = {f"{number}{letter}" for number, row in enumerate(asked, 1) for letter, _ in _answers(row)}
    for row in asked:
        if not row["value"]["text"] or len(row["value"]["answers"]) < 2 or not all(row["value"]["answers"]):
            yield "questions"
    for field in ("materials", "steps"):
        if any(not set(row["value"]["only_for"].split()) <= known for row in guide[field]):
            yield field


def _answers(row):
    return list(zip("ABCDE", row["value"]["answers"], strict=False))


def steps_are_wrong(guide, per_working):
    """Whether the steps cannot be followed by everybody to an end, in the promised time."""
    rows = [row["value"] for row in guide["steps"]]
    if not rows or len(rows) > WINDS_TOO_MUCH:
        return True
    if any(way["to"] not in map(str, range(len(rows) + 1)) for row in rows for way in row["ways"]):
        return True
    asked = guide.get("questions", [])
    given = itertools.product(
        *([f"{number}{letter}" for letter, _ in _answers(row)] for number, row in enumerate(asked, 1))
    )
    promise = _promise(guide, per_working)
    return any(_wrong_for(rows, set(codes), promise, per_working) for codes in given)


def _wrong_for(rows, codes, promise, per_working):
    here = [number for number, row in enumerate(rows, 1) if _meant(row["only_for"].split(), codes)]
    if not here:
        return True
    out = {number: _out(number, rows[number - 1], here) for number in here}
    for number, ways in out.items():
        labels = [label for _to, label in ways]
        if number in [to for to, _label in ways] or len(ways) > 5 or (len(ways) > 1 and not all(labels)):
            return True
    ends = {number for number, ways in out.items() if not ways} | {0}
    if {one for walk in _walks(here[0], out) for one in walk} - {0} != set(here):
        return True
    if any(not any(walk[-1] in ends for walk in _walks(number, out)) for number in here):
        return True
    takes = {0: Decimal(0)} | {
        number: _days(rows[number - 1]["limit"], rows[number - 1]["unit"], per_working) for number in here
    }
    longest = max(sum(takes[number] for number in walk) for walk in _walks(here[0], out))
    return promise is not None and longest > promise


def _meant(only_for, codes):
    """Whether of every question that is named, a named answer was given."""
    asked = {code[0] for code in codes}
    return all(
        any(code in codes for code in only_for if code[0] == number)
        for number in {code[0] for code in only_for} & asked
    )


def _out(number, row, here):
    """(where to, in which case) of a step; 0 is the end. Only ends: no way at all."""
    later = [one for one in here if one > number]
    if not row["ways"]:
        return [(later[0], "")] if later else []
    found = []
    for way in row["ways"]:
        to = int(way["to"])
        if to and to not in here:
            to = min((one for one in here if one > to), default=0)
        found.append((to, way["label"]))
    return found if any(to for to, _label in found) else []


def _walks(start, out):
    """Every way of going on that comes to no step twice, as far as it can be gone, and all its beginnings."""
    walks = [[start]]
    while walks:
        walk = walks.pop()
        yield walk
        walks += [[*walk, to] for to, _label in out.get(walk[-1], []) if to not in walk]
