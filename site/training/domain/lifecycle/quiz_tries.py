"""Taking a quiz: begin, answer, hand in, run out of time; and marking what no machine can (requirement Q)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from organisation.models import Person
from suite import audit
from suite.autosave.domain import accept
from suite.state import locked
from suite.state.changing import require_may, require_state
from suite.theme.dates import in_list
from training.domain import whom
from training.domain.quizzes.drawing import draw
from training.domain.quizzes.marking import counted, score, worth
from training.domain.quizzes.versions import asked_now
from training.enums import AttemptState, QuestionKind, QuizState
from training.models import Answer, Attempt, Quiz
from training.models.quizzes import LONGEST_ANSWER
from training.permissions import user_can_run

# What was on its way when the time was over still counts.
GRACE = datetime.timedelta(seconds=15)

# What is posted: by place of the question, the places of the chosen options as they are shown, or one text.
Given = Mapping[int, Sequence[str]]


def begin(quiz: Quiz, user: Any) -> Attempt:
    """Begin a try on the version that is asked now; the one under way where there is one, on the version it began.

    Raises ValidationError for who is not asked, has passed, waits for marking or has no try left, and where the quiz is
    not open.
    """
    person = _person(user)
    for earlier in Attempt.objects.filter(quiz=quiz, person=person, state=AttemptState.RUNNING):
        settle(earlier)
    return _begin(quiz, person)


@transaction.atomic
def _begin(quiz: Quiz, person: Person) -> Attempt:
    quiz = locked(quiz)
    if running := Attempt.objects.filter(quiz=quiz, person=person, state=AttemptState.RUNNING).first():
        return running
    if refusal := why_not(quiz, person):
        raise ValidationError(refusal)
    version = asked_now(quiz)
    assert version is not None  # noqa: S101 (an open quiz has one)
    number = Attempt.objects.filter(quiz=quiz, person=person).count() + 1
    now = timezone.now()
    ends_by = now + datetime.timedelta(minutes=version.minutes) if version.minutes else None
    attempt = Attempt.objects.create(
        quiz=quiz, quiz_version=version, person=person, number=number, began_at=now, ends_by=ends_by
    )
    drawn = draw(attempt.seed, version.questions.order_by("number"), version.drawn)
    Answer.objects.bulk_create(
        Answer(attempt=attempt, question=question, place=place, order=order)
        for place, (question, order) in enumerate(drawn, 1)
    )
    return attempt


def why_not(quiz: Quiz, person: Person) -> str:
    """Why this person may not begin a try now; '' where they may."""
    if quiz.state != QuizState.OPEN:
        return _("This quiz is not open: ask the efficiency office.")
    if not whom.concerns(quiz, person):
        return _("You are not among those whom this quiz asks.")
    made = list(counted(Attempt.objects.filter(quiz=quiz, person=person)))
    if any(score(one).passed for one in made):
        return _("You have passed this quiz: there is nothing more to do.")
    if any(one.state == AttemptState.MARKING for one in made):
        return _("Your last try is still being marked: wait for its result.")
    if quiz.tries and len(made) >= quiz.tries:
        return _("You have no try left: all %(tries)s are used, those at earlier versions too.") % {"tries": quiz.tries}
    return ""


def answer(attempt: Attempt, given: Given, sent: Iterable[Any], user: Any) -> Attempt:
    """Store the answers as they are given, by `suite.autosave`.

    Raises ValidationError once it has ended or its time is over, Conflict where another page stored others meanwhile.
    """
    settle(attempt)
    with transaction.atomic():
        attempt = _to_answer(attempt, user)
        accept(attempt, *sent)
        _store(attempt, given)
        attempt.save()
        return attempt


def finish(attempt: Attempt, given: Given, sent: Iterable[Any], user: Any, incomplete: bool = False) -> Attempt:
    """Hand in: the answers are stored and marked; short texts that fit no accepted answer wait for somebody to read.

    ``incomplete``: hand in although questions have no answer. Raises as `answer` does, and ValidationError naming the
    questions without an answer.
    """
    settle(attempt)
    with transaction.atomic():
        attempt = _to_answer(attempt, user)
        accept(attempt, *sent)
        _store(attempt, given)
        empty = [str(place) for place, found in _given(attempt) if not found]
        if empty and not incomplete:
            raise ValidationError(
                _("No answer yet to question %(places)s: answer, or tick that you hand it in like this.")
                % {"places": "、".join(empty)}
            )
        _end(attempt, timezone.now())
        return attempt


def settle(attempt: Attempt) -> Attempt:
    """End a try whose time is over; what was saved until then counts. Nothing happens to any other."""
    with transaction.atomic():
        attempt = locked(attempt)
        if attempt.state == AttemptState.RUNNING and is_over(attempt):
            _end(attempt, attempt.ends_by)
        return attempt


def is_over(attempt: Attempt) -> bool:
    """Whether the time of a try is over, by the server's clock, with the seconds that a slow line may need."""
    return attempt.ends_by is not None and timezone.now() > attempt.ends_by + GRACE


@transaction.atomic
def mark(marked: Answer, right: bool, user: Any) -> Attempt:
    """Say whether a short text is right; the last one ends the try. A mark given by hand can be changed.

    Raises ValidationError for one's own answers, and for what was marked by itself.
    """
    require_may(user, user_can_run)
    attempt = locked(marked.attempt)
    found = Answer.objects.select_for_update().select_related("question").get(pk=marked.pk)
    require_state(attempt, [AttemptState.MARKING, AttemptState.ENDED], _("This try has not been handed in yet."))
    if user is not None and getattr(user, "person", None) == attempt.person:
        raise ValidationError(_("Nobody marks their own answers: ask a colleague who runs training."))
    if found.question.kind != QuestionKind.TEXT or (found.correct is not None and found.marked_at is None):
        raise ValidationError(_("This answer was marked by itself, by the answers that count."))
    found.correct, found.marked_by, found.marked_at = right, user, timezone.now()
    found.save()
    said = pgettext("quiz", "right") if right else pgettext("quiz", "wrong")
    audit.record(attempt, "training.mark_quiz", user, question=found.place, mark=said)
    if attempt.state == AttemptState.MARKING and not attempt.answers.filter(correct=None).exists():
        attempt.to_ended()
        attempt.save()
    return attempt


def _person(user: Any) -> Person:
    person = getattr(user, "person", None)
    if person is None:
        raise ValidationError(_("Your account belongs to nobody in the directory: ask the system administrator."))
    found: Person = person
    return found


def _to_answer(attempt: Attempt, user: Any) -> Attempt:
    attempt = locked(attempt)
    if attempt.person != _person(user):
        raise ValidationError(_("This is somebody else's try: open the quiz from your own desk."))
    if attempt.state != AttemptState.RUNNING:
        if attempt.ran_out:
            raise ValidationError(
                _("The time was over at %(time)s: what was saved until then counts.")
                % {"time": in_list(attempt.ends_by)}
            )
        raise ValidationError(_("This try has been handed in already: look at its result."))
    return attempt


def _store(attempt: Attempt, given: Given) -> None:
    """Write the answers that changed. Raises ValidationError for a text that is too long."""
    changed = []
    for one in attempt.answers.select_related("question"):
        kept = _kept(one, given.get(one.place, ()))
        if kept != one.given:
            one.given = kept
            changed.append(one)
    Answer.objects.bulk_update(changed, ["given"])


def _kept(one: Answer, values: Sequence[str]) -> list[Any]:
    """What is stored of a posted answer; options that are not there are no answer."""
    if one.question.kind == QuestionKind.TEXT:
        text = values[-1].replace("\0", "").strip() if values else ""
        if len(text) > LONGEST_ANSWER:
            raise ValidationError(
                _("The answer to question %(place)s has %(length)s characters: shorten it to %(most)s.")
                % {"place": one.place, "length": len(text), "most": LONGEST_ANSWER}
            )
        return [text] if text else []
    shown = {str(place): number for place, number in enumerate(one.order)}
    chosen = sorted({shown[value] for value in values if value in shown})
    return chosen if one.question.kind == QuestionKind.MULTIPLE else chosen[:1]


def _given(attempt: Attempt) -> list[tuple[int, list[Any]]]:
    return list(attempt.answers.order_by("place").values_list("place", "given"))


def _end(attempt: Attempt, when: datetime.datetime | None) -> None:
    answers = list(attempt.answers.select_related("question"))
    for one in answers:
        one.correct = worth(one.question, one.given)
    Answer.objects.bulk_update(answers, ["correct"])
    attempt.ended_at = when
    if any(one.correct is None for one in answers):
        attempt.to_marking()
    else:
        attempt.to_ended()
    attempt.save()
