"""A draw from the list to the result: each change of state is one function, in the order of requirement I.

The people among the arguments (``witness``, ``name``) are names that become public; ``user`` is the account.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from suite import audit
from suite.draw import algorithm
from suite.draw.enums import AWAITING, OPEN, DrawState, SeedMode
from suite.draw.listing import Candidate, Rules
from suite.draw.models import Draw, Secret
from suite.draw.validators import (
    LEAST_PEOPLE,
    check_candidates,
    check_hash,
    check_rules,
    check_seed_source,
    line_of,
    names_of,
    result_digits,
)
from suite.signals import draw_freezing, draw_held, draw_voided
from suite.state import locked
from suite.theme.dates import in_list


@dataclass(frozen=True)
class Subject:
    """What is drawn for: a plugin's record as (kind, key), its title, and its public address if it has one."""

    kind: str
    key: object
    title: str
    url: str = ""


@dataclass(frozen=True)
class PublicResult:
    """Seed from a public result: which one (``source``, with its issue number), how it is written down (``form``),
    how many digits that makes, and when it is due (aware)."""

    source: str
    form: str
    digits: int
    due: datetime.datetime


@dataclass(frozen=True)
class Strings:
    """Seed from strings of at least three people, all of which must be shown until ``due`` (aware)."""

    due: datetime.datetime


@transaction.atomic
def prepare(
    user: Any,
    *,
    title: str,
    purpose: str,
    subject: Subject,
    candidates: Iterable[Candidate],
    rules: Rules,
    seed: PublicResult | Strings,
) -> Draw:
    """Put a draw together; nobody outside sees it until `freeze`, and `amend` changes it until then.

    Labels are public and must be masked by the caller. Raises ValidationError for what cannot be drawn, and where the
    subject has been drawn already or is being drawn (then: `draw_again`).
    """
    _require_no_other(subject)
    if Draw.objects.of(subject.kind, subject.key).public().exists():
        raise ValidationError(
            _("There has been a draw for “%(subject)s”. Draw again from that draw, with the reason; both stay public.")
            % {"subject": subject.title}
        )
    draw = Draw(prepared_at=timezone.now(), prepared_by=_account(user))
    _name(draw, title, purpose, subject)
    return _prepared(draw, user, candidates, rules, seed)


@transaction.atomic
def amend(
    draw: Draw,
    user: Any,
    *,
    candidates: Iterable[Candidate] | None = None,
    rules: Rules | None = None,
    seed: PublicResult | Strings | None = None,
    title: str | None = None,
    purpose: str | None = None,
) -> Draw:
    """Change a draw that is still being prepared; what is None stays. Raises ValidationError as `prepare`."""
    draw = locked(draw)
    _require(draw, DrawState.PREPARED, _("The list has been published and can no longer be changed."))
    subject = Subject(draw.subject_kind, draw.subject_key, draw.subject_title, draw.subject_url)
    _name(draw, draw.title if title is None else title, draw.purpose if purpose is None else purpose, subject)
    return _prepared(
        draw,
        user,
        draw.people if candidates is None else candidates,
        draw.parsed_rules if rules is None else rules,
        seed or _seed_of(draw),
    )


@transaction.atomic
def draw_again(
    first: Draw,
    reason: str,
    user: Any,
    *,
    seed: PublicResult | Strings,
    candidates: Iterable[Candidate] | None = None,
    rules: Rules | None = None,
) -> Draw:
    """Prepare another draw on the subject of one that is drawn or void; both stay public, and each leads to the other.

    Candidates and rules are those of the first unless given. Raises ValidationError without a reason, for a draw that
    is not the last one on its subject or is still open, and as `prepare`.
    """
    first = locked(first)
    _require_no_other(Subject(first.subject_kind, first.subject_key, first.subject_title))
    if not first.frozen_at:
        raise ValidationError(_("That draw was given up before its list was published. Prepare a new one."))
    if Draw.objects.filter(again_of=first).exclude(frozen_at=None).exists():
        raise ValidationError(_("This draw has been repeated already. Draw again from the last one."))
    # One that was given up before anybody saw it makes room.
    Draw.objects.filter(again_of=first).update(again_of=None)
    draw = Draw(prepared_at=timezone.now(), prepared_by=_account(user), again_of=first)
    draw.again_reason = line_of(reason, "reason", 300)
    _name(
        draw,
        first.title,
        first.purpose,
        Subject(first.subject_kind, first.subject_key, first.subject_title, first.subject_url),
    )
    return _prepared(
        draw,
        user,
        first.people if candidates is None else candidates,
        first.parsed_rules if rules is None else rules,
        seed,
    )


@transaction.atomic
def freeze(draw: Draw, user: Any, at: datetime.datetime | None = None) -> Draw:
    """Publish the list with its hash: from now on nobody changes it. ``at``: when (aware; default now), for samples.

    Sends `suite.signals.draw_freezing` first, so that the list is the one of this moment. Raises ValidationError where
    the seed is due already: it might be known.
    """
    draw = locked(draw)
    _require(draw, DrawState.PREPARED, _("The list has been published already."))
    moment = (at or timezone.now()).replace(microsecond=0)
    if draw.due_at <= moment:
        raise ValidationError(
            _("The seed is due on %(due)s, which is over: it could be known. Name one that is still to come.")
            % {"due": in_list(draw.due_at)}
        )
    draw_freezing.send(sender=Draw, draw=draw, user=user, at=moment)
    draw = locked(draw)
    draw.frozen_at, draw.frozen_by = moment, _account(user)
    draw.list_sha256 = algorithm.sha256(draw.list_text)
    draw.to_frozen()
    draw.save()
    audit.record(draw, "draw.freeze", user, sha256=draw.list_sha256, candidates=len(draw.candidates))
    return draw


@transaction.atomic
def commit(draw: Draw, name: str, digest: str, user: Any, at: datetime.datetime | None = None) -> Secret:
    """Record the SHA-256 of a string that ``name`` keeps secret until all hashes are there.

    Raises ValidationError: not a draw by strings, list not published, hashes closed, no hash, name or hash twice.
    """
    draw = locked(draw)
    _require_mode(draw, SeedMode.STRINGS)
    _require(draw, DrawState.FROZEN, _("Hashes are recorded after the list is published and before they are closed."))
    moment = at or timezone.now()
    if moment > draw.due_at:
        raise ValidationError(_too_late(draw))
    name, digest = line_of(name, "name", 60), check_hash(digest)
    if draw.secrets.filter(name=name).exists():
        raise ValidationError({"name": _("A hash of %(name)s is recorded already; nobody has two.") % {"name": name}})
    if other := Secret.objects.filter(sha256=digest).first():
        raise ValidationError(
            {
                "digest": _(
                    "%(name)s has this very hash already. Everybody makes a string of their own, a new one "
                    "for each draw."
                )
                % {"name": other.name}
            }
        )
    secret = Secret(draw=draw, number=draw.secrets.count() + 1, name=name, sha256=digest, recorded_at=moment)
    secret.recorded_by = _account(user)
    secret.save()
    audit.record(draw, "draw.commit", user, name=name, sha256=digest)
    return secret


@transaction.atomic
def close_hashes(draw: Draw, user: Any, at: datetime.datetime | None = None) -> Draw:
    """All hashes are recorded; now the strings may be shown. Raises ValidationError with fewer than three."""
    draw = locked(draw)
    _require_mode(draw, SeedMode.STRINGS)
    _require(draw, DrawState.FROZEN, _("The hashes are closed already."))
    if (count := draw.secrets.count()) < LEAST_PEOPLE:
        raise ValidationError(
            _("%(count)d hashes are recorded; at least three people take part. Record the others first.")
            % {"count": count}
        )
    draw.committed_at = at or timezone.now()
    draw.to_committed()
    draw.save()
    audit.record(draw, "draw.close_hashes", user, people=count)
    return draw


@transaction.atomic
def reveal(draw: Draw, number: int, text: str, user: Any, at: datetime.datetime | None = None) -> Draw:
    """Person ``number`` shows the string; the last one makes the seed known.

    Raises ValidationError: hashes not closed, time over, shown already, or a string with another hash.
    """
    draw = locked(draw)
    _require_mode(draw, SeedMode.STRINGS)
    _require(draw, DrawState.COMMITTED, _("Strings are shown after the hashes are closed, each of them once."))
    moment = at or timezone.now()
    if moment > draw.due_at:
        raise ValidationError(_too_late(draw))
    secret = draw.secrets.filter(number=number).first()
    if secret is None or secret.revealed_at:
        raise ValidationError({"person": _("Choose somebody whose string is not shown yet.")})
    if algorithm.sha256(text) != secret.sha256:
        raise ValidationError(
            {
                "text": _(
                    "This string does not give the hash that was recorded for %(name)s. Compare every character, "
                    "capitals, and blanks at both ends."
                )
                % {"name": secret.name}
            }
        )
    if not algorithm.is_one_line(text):
        raise ValidationError(
            {"text": _("This string has more than one line and cannot be used. Void the draw and draw again.")}
        )
    secret.text, secret.revealed_at, secret.revealed_by = text, moment, _account(user)
    secret.save()
    audit.record(draw, "draw.reveal", user, name=secret.name)
    if not draw.secrets.filter(revealed_at=None).exists():
        draw.seeded_at, draw.seeded_by = moment, _account(user)
        draw.to_seeded()
        draw.save()
    return draw


@transaction.atomic
def enter_result(
    draw: Draw, value: str, where: str, witness: str, user: Any, at: datetime.datetime | None = None
) -> Draw:
    """The public result, typed in by a witness after it was due, with where it was published.

    Raises ValidationError: not a draw by a public result, too early, other digits than the frozen list asks for, no
    witness, or the same account that published the list.
    """
    draw = locked(draw)
    _require_mode(draw, SeedMode.RESULT)
    _require(draw, DrawState.FROZEN, _("The result is entered once, after the list is published."))
    moment = at or timezone.now()
    if moment < draw.due_at:
        raise ValidationError(
            _("The result is due on %(due)s. Come back then: nobody can know it earlier.")
            % {"due": in_list(draw.due_at)}
        )
    if user is not None and user.pk == draw.frozen_by_id:
        raise ValidationError(
            _("You published the list, so somebody else enters the result: ask an efficiency supervisor or a leader.")
        )
    draw.value = result_digits(value, draw.digits, draw.form)
    draw.published_where = line_of(where, "where", 300)
    draw.seed_witness = line_of(witness, "witness", 60)
    draw.seeded_at, draw.seeded_by = moment, _account(user)
    draw.to_seeded()
    draw.save()
    audit.record(draw, "draw.enter_result", user, value=draw.value, witness=draw.seed_witness)
    return draw


@transaction.atomic
def carry_out(draw: Draw, witnesses: Sequence[str], user: Any, at: datetime.datetime | None = None) -> Draw:
    """Draw: the result follows from list and seed. Sends `suite.signals.draw_held`.

    Raises ValidationError: seed not known, drawn already, no witness named.
    """
    draw = locked(draw)
    if draw.state == DrawState.DRAWN:
        raise ValidationError(_("This draw has been carried out: its result stands on its page."))
    _require(draw, DrawState.SEEDED, _("The seed is not known yet, so nothing can be drawn."))
    draw.witnesses = names_of(witnesses)
    places = algorithm.draw(draw.people, draw.parsed_rules, seed_of(draw))
    draw.result = [[place.key, place.outcome] for place in places]
    draw.drawn_at, draw.drawn_by = at or timezone.now(), _account(user)
    draw.to_drawn()
    draw.save()
    drawn = sum(place.outcome != algorithm.Outcome.WAITING for place in places)
    audit.record(draw, "draw.carry_out", user, drawn=drawn, witnesses="、".join(draw.witnesses))
    draw_held.send(sender=Draw, draw=draw)
    return draw


@transaction.atomic
def void(draw: Draw, reason: str, user: Any, at: datetime.datetime | None = None) -> Draw:
    """End a draw without a result; what was published stays public with the reason. Sends `draw_voided`.

    Raises ValidationError without a reason, for a draw that is void already, and for one that is drawn: its result
    stands until another draw with a reason takes its place.
    """
    draw = locked(draw)
    if draw.state == DrawState.DRAWN:
        raise ValidationError(_("This draw has its result, which stands. Draw again with a reason instead."))
    _require(draw, OPEN, _("This draw is void already."))
    draw.void_reason = line_of(reason, "reason", 300)
    draw.voided_at, draw.voided_by = at or timezone.now(), _account(user)
    draw.to_void()
    draw.save()
    audit.record(draw, "draw.void", user, reason=draw.void_reason)
    draw_voided.send(sender=Draw, draw=draw)
    return draw


def void_overdue(draw: Draw, now: datetime.datetime) -> Draw | None:
    """Void a draw by strings whose time is over, naming who has not shown theirs; None where that is not so."""
    draw = Draw.objects.get(pk=draw.pk)
    if draw.mode != SeedMode.STRINGS or draw.state not in AWAITING or now <= draw.due_at:
        return None
    silent = "、".join(draw.secrets.filter(revealed_at=None).values_list("name", flat=True))
    if draw.state == DrawState.COMMITTED:
        reason = _("Not shown until %(due)s: the string of %(names)s.")
    else:
        reason = _("Until %(due)s the strings were not shown: the hashes had not been closed.")
    return void(draw, reason % {"due": in_list(draw.due_at), "names": silent}, None, at=now)


def seed_of(draw: Draw) -> str:
    """The key of all tickets. Raises ValueError before the seed is known."""
    if draw.seeded_at is None:
        raise ValueError(f"the seed of {draw.public_id} is not known")
    if draw.mode == SeedMode.RESULT:
        return algorithm.seed_key(draw.list_sha256, [draw.value])
    return algorithm.seed_key(draw.list_sha256, [*draw.secrets.order_by("number").values_list("text", flat=True)])


def _prepared(
    draw: Draw, user: Any, candidates: Iterable[Candidate], rules: Rules, seed: PublicResult | Strings
) -> Draw:
    """Check and save what a draw consists of."""
    people = check_candidates(candidates)
    check_rules(rules, people)
    draw.candidates = [[one.key, one.label, one.stratum, one.last] for one in people]
    draw.rules = {"total": rules.total, "seats": [[*pair] for pair in rules.seats.items()], "rest": rules.rest}
    draw.due_at = seed.due.replace(microsecond=0)
    if isinstance(seed, PublicResult):
        draw.mode = SeedMode.RESULT
        draw.source, draw.form, draw.digits = check_seed_source(seed.source, seed.form, seed.digits)
    else:
        draw.mode, draw.source, draw.form, draw.digits = SeedMode.STRINGS, "", "", 0
    adding = draw._state.adding
    draw.save()
    audit.record(draw, "draw.prepare" if adding else "draw.amend", user, candidates=len(people), seats=rules.total)
    return draw


def _name(draw: Draw, title: str, purpose: str, subject: Subject) -> None:
    draw.title, draw.purpose = line_of(title, "title", 120), line_of(purpose, "purpose", 300)
    draw.subject_kind, draw.subject_key = line_of(subject.kind, "subject", 50), line_of(str(subject.key), "subject", 50)
    draw.subject_url = subject.url
    draw.subject_title = line_of(subject.title, "subject_title", 200)


def _seed_of(draw: Draw) -> PublicResult | Strings:
    if draw.mode == SeedMode.RESULT:
        return PublicResult(draw.source, draw.form, draw.digits, draw.due_at)
    return Strings(draw.due_at)


def _require_no_other(subject: Subject) -> None:
    if other := Draw.objects.of(subject.kind, subject.key).filter(state__in=OPEN).first():
        raise ValidationError(
            _("The draw “%(draw)s” for “%(subject)s” is under way. Finish it, or void it with a reason.")
            % {"draw": other.title, "subject": subject.title}
        )


def _require(draw: Draw, state: DrawState | tuple[DrawState, ...], otherwise: str) -> None:
    if draw.state not in (state if isinstance(state, tuple) else (state,)):
        raise ValidationError(_("%(why)s Now: %(state)s.") % {"why": otherwise, "state": draw.get_state_display()})


def _require_mode(draw: Draw, mode: SeedMode) -> None:
    if draw.mode != mode:
        raise ValidationError(
            _("The seed of this draw is %(mode)s, as its list says.") % {"mode": SeedMode(draw.mode).label}
        )


def _too_late(draw: Draw) -> str:
    return _("The time for the strings was over on %(due)s. The draw is void; draw again with that reason.") % {
        "due": in_list(draw.due_at)
    }


def _account(user: Any) -> Any:
    return user if user is not None and user.is_authenticated else None
