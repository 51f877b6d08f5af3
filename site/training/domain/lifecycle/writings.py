"""One study note or article: begun, written, handed in, taken back, commented, returned, accepted (requirement Q)."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.domain.charge import Decider
from organisation.models import Person
from suite import audit
from suite.autosave.domain import accept as accept_version
from suite.privacy import require_public
from suite.state import locked
from suite.state.changing import moved, require_may, require_state
from training.domain.settings import training_settings
from training.domain.writings.people import decider_of, decides, is_own, may_read, unit_of
from training.domain.writings.texts import as_typed, characters
from training.domain.writings.word import read_text
from training.enums import BEING_WRITTEN, HANDED_IN_ONCE, WritingKind, WritingState
from training.models import Writing, WritingComment, WritingRelease
from training.models.writings import LONGEST_COMMENT, LONGEST_REASON, LONGEST_TEXT, LONGEST_TITLE
from training.permissions import user_can_learn, user_can_run

from .study_pages import draft_page

Typed = Mapping[str, Any]


@transaction.atomic
def begin(person: Person, kind: str, year: int, user: Any) -> Writing:
    """Begin a note or an article of a year; more than are asked for are welcome and count.

    Raises ValidationError for somebody else's, for an unknown kind, for a year that has not begun or is long over.
    """
    require_may(user, user_can_learn)
    if user is not None and person.user_id != user.pk:
        raise ValidationError(_("Everybody writes their own: ask %(person)s.") % {"person": person})
    if kind not in WritingKind.values:
        raise ValidationError({"kind": _("Choose a study note or a research article.")})
    this = timezone.localdate().year
    if year > this:
        raise ValidationError({"year": _("%(year)s has not begun: choose this year.") % {"year": year}})
    if year < this - 1:
        raise ValidationError({"year": _("Only this year and last year are written for: choose one of them.")})
    writing = Writing.objects.create(person=person, kind=kind, year=year)
    audit.record(writing, "training.begin_writing", user)
    return writing


@transaction.atomic
def save_draft(writing: Writing, typed: Typed, version: int, writer: str, user: Any, turn: int = 0) -> Writing:
    """Keep what is being typed, however incomplete: ``title``, ``text``, ``publish``.

    ``version``, ``writer``, ``turn``: see `suite.autosave.domain.accept`, which raises Conflict. Raises
    ValidationError for somebody else's, for one that is not written any more, and for a text too long to be kept.
    """
    writing = _to_write(writing, user)
    accept_version(writing, version, writer, turn)
    _put(writing, typed)
    writing.save()
    return writing


@transaction.atomic
def import_word(writing: Writing, content: bytes, file_name: str, version: int, user: Any) -> Writing:
    """Put a Word file's title and text in place of what stands there; what could not be kept is listed.

    Raises ValidationError for a file that cannot be read, and as `save_draft`, Conflict included.
    """
    writing = _to_write(writing, user)
    accept_version(writing, version)
    found = read_text(content, file_name)
    _put(writing, {"title": found.title, "text": found.text, "publish": writing.publish})
    writing.source, writing.losses = file_name[-255:], found.losses
    writing.save()
    audit.record(writing, "training.import_writing", user, file=writing.source, losses=len(found.losses))
    return writing


@transaction.atomic
def hand_in(writing: Writing, typed: Typed, version: int, writer: str, user: Any, turn: int = 0) -> Writing:
    """Hand it in to the leader in charge of the unit the author works in today.

    What was returned may come back as it was: the author may have answered in a comment, or think it right. The leader
    is told that nothing was changed (`Writing.unchanged_since_return`).

    Raises Conflict as `save_draft`, and one ValidationError with everything that is to be mended; nothing is stored
    then: save the draft first.
    """
    writing = _to_write(writing, user)
    accept_version(writing, version, writer, turn)
    _put(writing, typed)
    _require_complete(writing)
    writing.unit = unit_of(writing.person, timezone.localdate())
    writing.handed_in_at = timezone.now()
    moved(writing, writing.to_handed_in, "training.hand_in_writing", user, characters=characters(writing.text))
    return writing


@transaction.atomic
def take_back(writing: Writing, user: Any) -> Writing:
    """Take one's own back to change it, as long as the leader has not decided. Raises ValidationError."""
    writing = locked(writing)
    _require_own(writing, user)
    require_state(writing, (WritingState.HANDED_IN,), _("Only what waits for the leader can be taken back."))
    moved(writing, writing.to_taken_back, "training.take_back_writing", user)
    return writing


@transaction.atomic
def discard(writing: Writing, user: Any) -> None:
    """Delete what was begun and never handed in. Raises ValidationError."""
    writing = locked(writing)
    _require_own(writing, user)
    if writing.state != WritingState.WRITING or writing.handed_in_at is not None:
        raise ValidationError(_("It was handed in once, so it stays: others may have read it."))
    audit.record(writing, "training.discard_writing", user)
    writing.delete()


@transaction.atomic
def comment(writing: Writing, text: str, user: Any) -> WritingComment:
    """Say something about what was handed in: its author and all who may read it. Raises ValidationError."""
    writing = locked(writing)
    if not may_read(user, writing):
        raise ValidationError(_("Only its author, the leader in charge and the office read this: leave it to them."))
    require_state(writing, HANDED_IN_ONCE, _("It is commented once it was handed in."))
    text = _said(text, _("Write what you want to say about it."))
    audit.record(writing, "training.comment_writing", user)
    return WritingComment.objects.create(writing=writing, by=user, text=text)


@transaction.atomic
def return_with_remark(writing: Writing, version: int, remark: str, user: Any) -> Writing:
    """Give it back to be written better; the author reads the remark. Raises ValidationError as `accept`."""
    writing, found = _to_decide(writing, version, user)
    remark = _said(remark, _("Write what is to be changed: the author reads it."))
    _decided(writing, found, user)
    writing.returned_as = writing.fingerprint
    WritingComment.objects.create(writing=writing, by=user, text=remark, decision=WritingState.RETURNED)
    moved(writing, writing.to_returned, "training.return_writing", user)
    return writing


@transaction.atomic
def accept(writing: Writing, version: int, remark: str, user: Any) -> Writing:
    """Accept it: it counts for its year, and nothing of it changes any more. ``remark`` may be empty.

    ``version`` is the one that was read. Where the author wishes it, a page is drafted for the editors. Raises
    ValidationError for anybody but who decides today, for one's own, and where it was changed since it was opened.
    """
    writing, found = _to_decide(writing, version, user)
    if as_typed(remark):
        text = _said(remark, "")
        WritingComment.objects.create(writing=writing, by=user, text=text, decision=WritingState.ACCEPTED)
    _decided(writing, found, user)
    moved(writing, writing.to_accepted, "training.accept_writing", user, on_behalf_of=str(writing.decided_for or ""))
    if writing.publish:
        draft_page(writing, user)
    return writing


@transaction.atomic
def release(person: Person, year: int, reason: str, user: Any) -> WritingRelease:
    """Say that somebody need not write in a year, with the reason; nobody does that for themselves."""
    require_may(user, user_can_run)
    _require_other(person, user)
    reason = as_typed(reason)
    if not reason:
        raise ValidationError({"reason": _("Say why nothing need be written: long illness, posted elsewhere.")})
    if len(reason) > LONGEST_REASON:
        raise ValidationError({"reason": _("Say it in at most %(most)s characters.") % {"most": LONGEST_REASON}})
    require_public({"reason": reason})
    if WritingRelease.objects.filter(person=person, year=year).exists():
        raise ValidationError(_("%(person)s need not write in %(year)s already.") % {"person": person, "year": year})
    made = WritingRelease.objects.create(person=person, year=year, reason=reason, by=user)
    audit.record(made, "training.release_from_writing", user, reason=reason)
    return made


@transaction.atomic
def ask_again(found: WritingRelease, user: Any) -> None:
    """Take a release back: the person owes what everybody owes. Raises ValidationError."""
    require_may(user, user_can_run)
    _require_other(found.person, user)
    audit.record(found, "training.ask_for_writing_again", user)
    found.delete()


def _to_write(writing: Writing, user: Any) -> Writing:
    """The writing under a lock. Raises ValidationError where it is not the account's own or not written any more."""
    writing = locked(writing)
    _require_own(writing, user)
    if writing.state == WritingState.ACCEPTED:
        raise ValidationError(_("It was accepted and does not change any more: begin another one."))
    require_state(writing, BEING_WRITTEN, _("It was handed in: take it back before you change it."))
    return writing


def _require_own(writing: Writing, user: Any) -> None:
    if user is not None and not is_own(user, writing):
        raise ValidationError(_("This is by %(person)s: everybody writes their own.") % {"person": writing.person})


def _require_other(person: Person, user: Any) -> None:
    if user is not None and person.user_id == user.pk:
        raise ValidationError(_("This is about yourself: let a colleague of the efficiency office do it."))


def _put(writing: Writing, typed: Typed) -> None:
    title, text = " ".join(str(typed.get("title", "")).split()), as_typed(str(typed.get("text", "")))
    problems = {}
    if len(title) > LONGEST_TITLE:
        problems["title"] = _("At most %(most)s characters: shorten the title.") % {"most": LONGEST_TITLE}
    if len(text) > LONGEST_TEXT:
        problems["text"] = _("At most %(most)s characters: shorten it or make two of it.") % {"most": LONGEST_TEXT}
    if problems:
        raise ValidationError(problems)
    writing.title, writing.text, writing.publish = title, text, bool(typed.get("publish"))


def _require_complete(writing: Writing) -> None:
    settings = training_settings()
    least = settings.note_characters if writing.kind == WritingKind.NOTE else settings.article_characters
    problems, count = {}, characters(writing.text)
    if not writing.title:
        problems["title"] = _("Give it a title.")
    if not count:
        problems["text"] = _("Nothing is written yet: write it, or take it from a Word file.")
    elif count < least:
        problems["text"] = _("It has %(count)s characters, at least %(least)s are asked for: go on writing.") % {
            "count": count,
            "least": least,
        }
    if problems:
        raise ValidationError(problems)
    if writing.publish:
        require_public({"title": writing.title, "text": writing.text})


def _to_decide(writing: Writing, version: int, user: Any) -> tuple[Writing, Decider | None]:
    """The writing under a lock, and who decides. Raises ValidationError for everybody else."""
    writing = locked(writing)
    if is_own(user, writing):
        raise ValidationError(_("Nobody accepts or returns what they wrote themselves."))
    found = decider_of(writing)
    if user is not None and not decides(user, writing):
        who = found.person if found else _("the efficiency office")
        raise ValidationError(_("%(who)s decides about this: leave it to them.") % {"who": who})
    require_state(writing, (WritingState.HANDED_IN,), _("Only what was handed in is accepted or returned."))
    if version != writing.version:
        raise ValidationError(_("It was changed since you opened it: read it again, as it is now."))
    return writing, found


def _decided(writing: Writing, found: Decider | None, user: Any) -> None:
    writing.decided_at, writing.decided_by = timezone.now(), user
    writing.decided_for = found.on_behalf_of if found else None


def _said(text: str, asked: str) -> str:
    text = as_typed(text)
    if not text:
        raise ValidationError({"remark": asked})
    if len(text) > LONGEST_COMMENT:
        raise ValidationError({"remark": _("Say it in at most %(most)s characters.") % {"most": LONGEST_COMMENT}})
    return text
