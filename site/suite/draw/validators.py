"""What may go into a draw. Everything here becomes public, and one line of the frozen list each."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from suite.privacy import find

from .listing import KEY, Candidate, Rules

LEAST_PEOPLE = 3
MOST_CANDIDATES = 20_000
# Fewer digits are too few different results; more than that is no result of a lottery any more.
LEAST_DIGITS, MOST_DIGITS = 5, 40
MOST_LABEL = 80
_HASH = re.compile(r"[0-9a-f]{64}")
_BETWEEN_DIGITS = re.compile(r"[\s,，、.。;；:：+|/\-–—]+")


def line_of(text: str, field: str, most: int) -> str:
    """A text as one line of the list, blanks folded. Raises ValidationError: empty, too long, not fit to be public."""
    line = " ".join(text.split())
    if not line:
        raise ValidationError({field: _("Fill this in: it is published with the draw.")})
    if len(line) > most:
        raise ValidationError({field: _("At most %(most)d characters: shorten it.") % {"most": most}})
    if problem := _problem(line):
        raise ValidationError({field: problem})
    return line


def names_of(witnesses: Iterable[str]) -> list[str]:
    """The witnesses' names, each once, in order. Raises ValidationError without any."""
    names = [*dict.fromkeys(line_of(name, "witnesses", 60) for name in witnesses if name.strip())]
    if not names:
        raise ValidationError({"witnesses": _("Name at least one witness who is present, a line for each.")})
    return names


def check_candidates(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates as they are frozen. Raises ValidationError: none, too many, a key twice or not fit, a label that
    is empty or shows a personal number."""
    people = [Candidate(one.key, *_public(one), one.last) for one in candidates]
    if not people:
        raise ValidationError(_("There are no candidates. Add those who may be drawn."))
    if len(people) > MOST_CANDIDATES:
        raise ValidationError(_("At most %(most)d candidates fit into one draw.") % {"most": MOST_CANDIDATES})
    for one in people:
        if not KEY.fullmatch(one.key):
            raise ValidationError(
                _("“%(key)s” cannot be a candidate's key: letters, digits and ._:- only, at most 60.")
                % {"key": one.key}
            )
        if find(one.key):
            raise ValidationError(
                _("The key of “%(label)s” is a personal number; keys are public.") % {"label": one.label}
            )
        if one.last < 0:
            raise ValidationError(_("“%(label)s”: how many draws ago cannot be negative.") % {"label": one.label})
    twice = [key for key, count in Counter(one.key for one in people).items() if count > 1]
    if twice:
        raise ValidationError(_("On the list twice: %(keys)s. Take one of each out.") % {"keys": "、".join(twice[:10])})
    return people


def check_rules(rules: Rules, people: Sequence[Candidate]) -> None:
    """Raises ValidationError where the rules cannot be carried out with these candidates."""
    if rules.total < 1:
        raise ValidationError(_("At least one is drawn: give the number of seats."))
    if rules.rest < 0 or any(seats < 0 for seats in rules.seats.values()):
        raise ValidationError(_("Numbers of seats and of draws cannot be negative."))
    if rules.open_seats < 0:
        raise ValidationError(
            _("%(kept)d seats are kept for groups, and there are %(total)d in all. Raise the total or keep fewer.")
            % {"kept": rules.total - rules.open_seats, "total": rules.total}
        )
    unknown = [stratum for stratum in rules.seats if stratum not in {one.stratum for one in people}]
    if unknown:
        raise ValidationError(
            _("Seats are kept for %(groups)s, where nobody is on the list. Take these seats out, or add candidates.")
            % {"groups": "、".join(unknown)}
        )


def check_seed_source(source: str, form: str, digits: int) -> tuple[str, str, int]:
    """Which public result, how it is written, how many digits. Raises ValidationError where that leaves a choice."""
    source, form = line_of(source, "source", 200), line_of(form, "form", 200)
    if not any(character.isdecimal() for character in source):
        raise ValidationError({"source": _("Name the one result that counts, with its issue number or date.")})
    if not LEAST_DIGITS <= digits <= MOST_DIGITS:
        raise ValidationError(
            {
                "digits": _("Give how many digits the result has when written like that: %(least)d to %(most)d.")
                % {"least": LEAST_DIGITS, "most": MOST_DIGITS}
            }
        )
    return source, form, digits


def result_digits(value: str, digits: int, form: str) -> str:
    """The digits of a public result alone, so that blanks and commas make no difference.

    Raises ValidationError where they are not as many as the frozen list says.
    """
    found = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", value))
    if not (found.isascii() and found.isdecimal()) or len(found) != digits:
        raise ValidationError(
            {
                "value": _("The published list asks for %(digits)d digits, written like this: %(form)s.")
                % {"digits": digits, "form": form}
            }
        )
    return found


def check_hash(digest: str) -> str:
    """A SHA-256 as 64 small hexadecimal digits. Raises ValidationError for anything else."""
    digest = "".join(digest.split()).lower()
    if not _HASH.fullmatch(digest):
        raise ValidationError(
            {"digest": _("A hash has 64 characters, 0 to 9 and a to f. Copy it whole; the string itself stays secret.")}
        )
    return digest


def _public(one: Candidate) -> tuple[str, str]:
    label, stratum = " ".join(one.label.split()), " ".join(one.stratum.split())
    if not label or len(label) > MOST_LABEL or len(stratum) > MOST_LABEL:
        raise ValidationError(
            _("The candidate “%(key)s” needs a name for the public list, at most %(most)d characters long.")
            % {"key": one.key, "most": MOST_LABEL}
        )
    for text in (label, stratum):
        if problem := _problem(text):
            raise ValidationError(_("Candidate “%(key)s”: %(problem)s") % {"key": one.key, "problem": problem})
    return label, stratum


def _problem(line: str) -> str:
    if find(line):
        return _("This holds a personal number, and it becomes public: take it out.")
    if not line.isprintable():
        return _("This holds characters that do not show. Type it anew.")
    return ""
