"""The rotating code: it shows that somebody sees the trainer's screen now (requirement Q).

Every `STEP` seconds a session has another code: six digits to type, and a longer token for the QR picture, both made
of the session's secret. A code counts during its own step and the next one, so that it is worth nothing `LIFE` seconds
after it came up, wherever it was sent meanwhile.
"""

import datetime
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from training.models import Session

STEP = 20
LIFE = 2 * STEP
_DIGITS = 6
# How far back and ahead a code that does not count is recognised, only to say what is wrong with it.
_BACK, _AHEAD = 180, 15
_TOKEN = 20


@dataclass(frozen=True)
class Code:
    """What the screen shows in one step: ``digits`` to type, ``token`` in the QR's address."""

    digits: str
    token: str


def step_at(now: datetime.datetime) -> int:
    """The number of the step that `now` (aware) belongs to."""
    return int(now.timestamp()) // STEP


def seconds_left(now: datetime.datetime) -> int:
    """How long the code of `now` stays on the screen: 1 to `STEP`."""
    return STEP - int(now.timestamp()) % STEP


def code_at(session: Session, step: int) -> Code:
    """The session's code of one step."""
    mac = hmac.new(session.secret.encode(), str(step).encode(), hashlib.sha256)
    digest = mac.digest()
    # The digits and the token come from different bytes: who sees the one learns nothing of the other.
    number = int.from_bytes(digest[:8], "big") % 10**_DIGITS
    return Code(f"{number:0{_DIGITS}}", digest[8 : 8 + _TOKEN // 2].hex())


def counts(session: Session, given: str, now: datetime.datetime) -> bool:
    """Whether what was typed or scanned is the code of this step or of the one before."""
    step = step_at(now)
    return any(_is(session, given, one) for one in (step, step - 1))


def what_is_wrong(session: Session, given: str, now: datetime.datetime, others: Iterable[Session]) -> str:
    """Of a code that does not count: "old", "future", "other" (one of `others`, open now), or "wrong"."""
    step = step_at(now)
    if any(_is(session, given, step - back) for back in range(2, _BACK)):
        return "old"
    if any(_is(session, given, step + ahead) for ahead in range(1, _AHEAD)):
        return "future"
    return "other" if any(counts(one, given, now) for one in others) else "wrong"


def as_typed(text: str) -> str:
    """The digits of what somebody typed, full-width ones and blanks included: "１２３ 456" is 123456."""
    found = "".join(str(int(one)) for one in text if one.isdecimal())
    return found if len(found) == _DIGITS and all(one.isdecimal() or one.isspace() for one in text) else text.strip()


def _is(session: Session, given: str, step: int) -> bool:
    code = code_at(session, step)
    return hmac.compare_digest(given.encode(), code.digits.encode()) or hmac.compare_digest(
        given.encode(), code.token.encode()
    )
