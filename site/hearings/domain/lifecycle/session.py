"""The session: who is there, what is said, what it comes to (requirement H).

Nobody declares a consensus that is not there: a conclusion needs the recorded assent of representatives who are
present, and a problem without one goes to the township for study. Silence is no outcome.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hearings.domain.assent import Assents, assents_of, enough, without_assent
from hearings.domain.public_text import hidden_names
from hearings.enums import EntryKind, HearingState, ProblemState, SeatState, TopicState
from hearings.models import Assent, Entry, Hearing, Officer, Problem, Representative
from hearings.session_permissions import user_can_record_hearing
from suite import audit
from suite.autosave.domain import Conflict as KeptConflict
from suite.privacy import mask, require_public
from suite.state import locked
from suite.state.changing import moved, require_may
from suite.theme.dates import in_full

from .changing import lock_hearing

_LONGEST_STUDY = timedelta(days=366)
_VALUES = ("kind", "representative", "officer", "speaker", "text")


class Conflict(KeptConflict):
    """Somebody else changed the contribution meanwhile: ``stored`` is it as it is now; nothing was overwritten."""

    def __init__(self, entry: Entry) -> None:
        told = (
            _("Somebody removed this contribution meanwhile. Write it anew if it belongs into the record.")
            if entry.removed
            else _("Somebody changed this contribution meanwhile. Compare both texts and save what is right.")
        )
        super().__init__(entry, told)


@transaction.atomic
def add_problem(problem: Problem, user: Any) -> Problem:
    """Put one more problem on the agenda of a session that is going on. ``problem``: unsaved, without a number.

    Raises ValidationError outside the session, for a text that may not be public, or for somebody else's people.
    """
    hearing = _sitting(problem.hearing, user)
    asker = problem.raised_by
    if asker and not _is_there(asker, hearing):
        raise ValidationError({"raised_by": _not_there(asker.name)})
    if problem.topic and (problem.topic.hearing_id != hearing.pk or problem.topic.state != TopicState.TAKEN):
        raise ValidationError({"topic": _("This topic was not taken to this hearing: choose one of its topics.")})
    if problem.topic and problem.topic.problems.exists():
        raise ValidationError({"topic": _("This topic is on the agenda already: record what is said there.")})
    problem.title = problem.title.strip()
    require_public({"title": problem.title}, hidden_names(hearing))
    return _append(problem, user)


@transaction.atomic
def set_presence(
    hearing: Hearing, representatives: Iterable[Representative], officers: Iterable[Officer], user: Any
) -> Hearing:
    """Record who is there: those given; every other representative and officer of the hearing is absent.

    Raises ValidationError for people of no seat here, for an absent one whose words are in the record, and where a
    declared conclusion would no longer have the assent it needs: that problem has to be taken up again first.
    """
    hearing = _sitting(hearing, user)
    there, sitting = {row.pk for row in representatives}, {row.pk for row in officers}
    seated = list(hearing.representatives.filter(state=SeatState.SEATED))
    listed = list(hearing.officers.select_related("person"))
    if there - {row.pk for row in seated} or sitting - {row.pk for row in listed}:
        raise ValidationError(_("Somebody on this list holds no seat in this hearing any more: load the page again."))
    _keep_speakers(hearing, there, sitting)
    for rows, present in ((seated, there), (listed, sitting)):
        for row in rows:
            if row.present != (row.pk in present):
                row.present = row.pk in present
                row.save(update_fields=["present"])
    require_assents(hearing)
    audit.record(
        hearing,
        "hearings.presence",
        user,
        representatives="、".join(row.name for row in seated if row.present) or "—",
        officers="、".join(row.person.name for row in listed if row.present) or "—",
    )
    return hearing


@transaction.atomic
def write_entry(problem: Problem, key: UUID, version: int, values: Mapping[str, Any], user: Any) -> Entry:
    """Store one contribution and return it as stored.

    Arguments: ``key``, made by the writer once for each contribution, so that the same one sent twice is stored once;
    ``version``, the one the writer saw, 0 for a new one; ``values``, of kind, representative, officer, speaker, text.
    Raises Conflict where the stored version is another and its values differ, ValidationError for a problem that is
    not open, a key of another problem, or a speaker who is not there.
    """
    problem = _open(problem, user)
    said = _cleaned(values, problem.hearing)
    stored = Entry.objects.filter(key=key).first()
    if stored is None:
        last = problem.entries.aggregate(last=Max("position"))["last"] or 0
        entry = Entry(problem=problem, key=key, position=last + 1, written_by=user, **said)
        return _write(entry, user, "hearings.write", after=mask(entry.text))
    entry = _of_this_problem(stored, problem)
    if not entry.removed and all(getattr(entry, name) == value for name, value in said.items()):
        return entry
    if entry.version != version:
        raise Conflict(entry)
    before, writer, was_removed = entry.text, entry.written_by_id, entry.removed
    for name, value in said.items():
        setattr(entry, name, value)
    entry.removed, entry.version, entry.written_by, entry.written_at = False, version + 1, user, timezone.now()
    # One writer going on with a contribution, saved every few seconds, is one act of writing.
    goes_on = user is not None and writer == user.pk and not was_removed
    action = "" if goes_on else "hearings.rewrite"
    return _write(entry, user, action, before=mask(before), after=mask(entry.text))


@transaction.atomic
def remove_entry(problem: Problem, key: UUID, version: int, user: Any) -> Entry:
    """Take a contribution out of the record; the log keeps its text. Raises as `write_entry`."""
    problem = _open(problem, user)
    stored = Entry.objects.filter(key=key).first()
    if stored is None:
        raise ValidationError(_("This contribution was never stored: there is nothing to remove."))
    entry = _of_this_problem(stored, problem)
    if entry.removed:
        return entry
    if entry.version != version:
        raise Conflict(entry)
    entry.removed, entry.version, entry.written_by, entry.written_at = True, version + 1, user, timezone.now()
    return _write(entry, user, "hearings.unwrite", before=mask(entry.text))


@transaction.atomic
def record_assent(problem: Problem, representative: Representative, agrees: bool, user: Any) -> Assent:
    """What a representative who is present says to the conclusion. Refused for others, and once it is declared."""
    problem = _open(problem, user)
    if not _is_there(representative, problem.hearing):
        raise ValidationError(_not_there(representative.name))
    assent, _made = Assent.objects.update_or_create(
        problem=problem,
        representative=representative,
        defaults={"agrees": agrees, "recorded_by": user, "recorded_at": timezone.now()},
    )
    _touch(problem)
    audit.record(problem, "hearings.assent" if agrees else "hearings.dissent", user, name=representative.name)
    return assent


@transaction.atomic
def declare_conclusion(problem: Problem, text: str, user: Any) -> Problem:
    """Declare the agreed conclusion. Raises ValidationError unless enough of those present agreed, each recorded."""
    problem, text = _open(problem, user), text.strip()
    if not text:
        raise ValidationError({"text": _("Write down what was agreed.")})
    if len(text) > (longest := Problem._meta.get_field("conclusion").max_length or 0):
        raise ValidationError({"text": _("Say it in at most %(most)s characters.") % {"most": longest}})
    require_public({"text": text}, hidden_names(problem.hearing))
    _require_complete(problem)
    assents = assents_of(problem)
    if not assents.present:
        raise ValidationError(
            _("No representative is recorded as present, so nobody can have agreed: record who is there first.")
        )
    if not enough(assents):
        raise ValidationError(_no_consensus(assents))
    problem.conclusion, problem.study_until, problem.closed_at = text, None, timezone.now()
    return _ended(
        problem, problem.to_agreed, "hearings.declare", user, agreed=assents.agreeing, present=assents.present
    )


@transaction.atomic
def end_without_conclusion(problem: Problem, study_until: date | None, user: Any) -> Problem:
    """No agreement: the township studies the matter until a day after today, within a year. ValidationError else."""
    problem, today = _open(problem, user), timezone.localdate()
    if study_until is None or not today < study_until <= today + _LONGEST_STUDY:
        raise ValidationError(
            {"study_until": _("Until when does the township study it? Choose a day after today, within a year.")}
        )
    _require_complete(problem)
    problem.conclusion, problem.study_until, problem.closed_at = "", study_until, timezone.now()
    return _ended(problem, problem.to_studied, "hearings.study", user, until=in_full(study_until))


@transaction.atomic
def take_up_again(problem: Problem, user: Any) -> Problem:
    """Hear a problem again before the session is closed: assents are asked for anew, the text stays as a proposal."""
    hearing = _sitting(problem.hearing, user)
    problem = _with(hearing, problem)
    if problem.state == ProblemState.OPEN:
        raise ValidationError(_("This problem is open: go on recording."))
    given = Assent.objects.filter(problem=problem).select_related("representative")
    names = "、".join(assent.representative.name for assent in given if assent.agrees)
    said = problem.conclusion
    given.delete()
    problem.study_until = problem.closed_at = None
    return _ended(problem, problem.to_open, "hearings.take_up_again", user, agreed=names or "—", conclusion=said or "—")


def require_assents(hearing: Hearing) -> None:
    """Raise ValidationError if a declared conclusion does not have, of those now present, the assent it needs."""
    if problem := without_assent(hearing):
        raise ValidationError(
            _(
                "With these people present, “%(problem)s” no longer has the assent its conclusion needs. Take that "
                "problem up again first, record who is there, and ask them."
            )
            % {"problem": problem}
        )


def _sitting(hearing: Hearing, user: Any) -> Hearing:
    hearing = lock_hearing(hearing)
    require_may(user, lambda one: user_can_record_hearing(one, hearing))
    if hearing.held_at is not None:
        raise ValidationError(
            _("The session is closed and its record stays as it is: ask for a correction of the minutes instead.")
        )
    if hearing.state != HearingState.FIXED or hearing.begun_at is None:
        raise ValidationError(_("The session has not been opened: open it first, on its day."))
    return hearing


def _open(problem: Problem, user: Any) -> Problem:
    hearing = _sitting(problem.hearing, user)
    problem = _with(hearing, problem)
    if problem.state != ProblemState.OPEN:
        raise ValidationError(_("This problem was heard to the end: take it up again to change anything."))
    return problem


def _with(hearing: Hearing, problem: Problem) -> Problem:
    problem = locked(problem)
    problem.hearing = hearing
    return problem


def _append(problem: Problem, user: Any) -> Problem:
    last = problem.hearing.problems.aggregate(last=Max("number"))["last"] or 0
    problem.number = last + 1
    problem.full_clean()
    problem.save()
    audit.record(problem, "hearings.add_problem", user, hearing=str(problem.hearing))
    return problem


def _is_there(one: Representative | Officer, hearing: Hearing) -> bool:
    """Asked of the table: what the caller holds may be older than the last attendance."""
    if isinstance(one, Officer):
        return hearing.officers.filter(pk=one.pk, present=True).exists()
    return hearing.representatives.filter(pk=one.pk, state=SeatState.SEATED, present=True).exists()


def _not_there(name: str) -> str:
    return _("%(name)s is not recorded as present: record who is there first.") % {"name": name}


def _cleaned(values: Mapping[str, Any], hearing: Hearing) -> dict[str, Any]:
    """The values as they are stored. A contribution may wait for its speaker; that of somebody absent is refused."""
    if unknown := set(values) - set(_VALUES):
        raise TypeError(f"a contribution has no {unknown}")
    said: dict[str, Any] = {
        "kind": values.get("kind", EntryKind.DISCUSSION),
        "representative": values.get("representative"),
        "officer": values.get("officer"),
        "speaker": (values.get("speaker") or "").strip(),
        "text": (values.get("text") or "").replace("\r\n", "\n").strip(),
    }
    representative, officer = said["representative"], said["officer"]
    if sum(map(bool, (representative, officer, said["speaker"]))) > 1:
        raise ValidationError(_("One contribution, one speaker: choose who said it, or write a name, not both."))
    if representative and not _is_there(representative, hearing):
        raise ValidationError(_not_there(representative.name))
    if officer and not _is_there(officer, hearing):
        raise ValidationError(_not_there(officer.person.name))
    if said["kind"] == EntryKind.ANSWER and representative:
        raise ValidationError(_("A representative asks, a hearing officer answers: choose “question” or “discussion”."))
    if said["kind"] == EntryKind.QUESTION and officer:
        raise ValidationError(_("A hearing officer answers, a representative asks: choose “answer” or “discussion”."))
    Entry(**said).clean_fields(exclude=["problem", "representative", "officer"])
    return said


def _of_this_problem(entry: Entry, problem: Problem) -> Entry:
    if entry.problem_id != problem.pk:
        raise ValidationError(
            _("This contribution belongs to another problem: load the page again and write it down there.")
        )
    return entry


def _write(entry: Entry, user: Any, action: str, **data: Any) -> Entry:
    entry.save()
    _touch(entry.problem)
    if action:
        audit.record(entry.problem, action, user, **data)
    return entry


def _touch(problem: Problem) -> None:
    """Whoever looks at the problem learns that something changed."""
    problem.version += 1
    problem.save(update_fields=["version"])


def _ended(problem: Problem, transition: Any, action: str, user: Any, **data: Any) -> Problem:
    problem.version += 1
    moved(problem, transition, action, user, **data)
    return problem


def _require_complete(problem: Problem) -> None:
    """Before a problem ends, the record has to say who said what."""
    nobody = problem.entries.filter(removed=False, representative=None, officer=None, speaker="").first()
    if nobody:
        raise ValidationError(
            _("Say who said “%(text)s”: every contribution has a speaker before the problem ends.") % {"text": nobody}
        )


def _keep_speakers(hearing: Hearing, there: set[int], sitting: set[int]) -> None:
    spoken = Entry.objects.filter(problem__hearing=hearing, removed=False)
    gone = (
        spoken.exclude(representative=None).exclude(representative__in=there).first()
        or spoken.exclude(officer=None).exclude(officer__in=sitting).first()
    )
    if gone:
        name = gone.representative.name if gone.representative else gone.officer.person.name if gone.officer else ""
        raise ValidationError(
            _("%(name)s spoke to “%(problem)s” and so was there: correct that contribution first.")
            % {"name": name, "problem": gone.problem}
        )


def _no_consensus(assents: Assents) -> str:
    return _(
        "%(agreeing)s of the %(present)s representatives present agreed, and a conclusion needs %(percent)s %%. "
        "Record the assent of each, or end the problem without conclusion: then the township studies it."
    ) % {"agreeing": assents.agreeing, "present": assents.present, "percent": assents.percent}
