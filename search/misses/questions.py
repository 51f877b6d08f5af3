"""What of a question may be kept: its normalised words, and nothing that tells who somebody is."""

import re

from search.analysis import normalise
from search.misses.models import LONGEST
from search.misses.names import people
from suite.hooks import collect
from suite.privacy import find

SHORTEST = 2
_EDGES = re.compile(r"^[^\w〔\[（(]+|[^\w〕\]）)]+$")
_SPACES = re.compile(r"\s+")
# Numbers of people, whether their check digits are right or not: cards, accounts, telephones, QQ. 国发〔2014〕17号,
# 12345 and 2026年11月22日 are none. Also as they are said aloud.
_LONG_NUMBER = re.compile(r"\d(?:[ .·\-‐‑‒–—−]?\d){6}|[〇零一二三四五六七八九幺]{7}")
_PLATE = re.compile(r"[一-龥][a-z][ ·.-]?(?=[a-z]*\d)[a-z0-9]{5,6}(?![a-z0-9])")
_MAIL = re.compile(r"\S@\S")
# What attacks and pasted programs are made of, and no question of a villager.
_NO_WORDS = re.compile(r"[<>{}|\\^`$;=]|\.\./|//|--|www\.|\.(?:com|cn|php|html?)\b")


def kept_form(typed: str) -> str | None:
    """The question as it is counted, or None where nothing of it is kept.

    Nothing is kept of what is longer than LONGEST characters, holds no word, or may say who somebody is: an ID,
    telephone, card or account number (right or mistyped), a car's plate, an e-mail address, a person's name.
    """
    whole = normalise(typed).text
    form = _SPACES.sub(" ", _EDGES.sub("", whole)).strip()
    words = sum(character.isalnum() for character in form)
    if words < SHORTEST or len(form) > LONGEST or _NO_WORDS.search(whole) or _tells_who(typed, form):
        return None
    return form


def _tells_who(typed: str, form: str) -> bool:
    marks = (_LONG_NUMBER, _PLATE, _MAIL)
    return (
        any(mark.search(form) for mark in marks)
        or bool(find(typed) or people(form))
        or any(name and normalise(name).text in form for name in collect("personal_names"))
    )
