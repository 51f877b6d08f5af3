"""Questions from a workbook: read, looked at, then taken over whole or not at all (requirement Q)."""

from __future__ import annotations

import datetime
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from suite import audit
from suite.state import locked
from suite.state.changing import require_may
from training.domain.lifecycle.quizzes import add_question, replace_questions
from training.domain.quizzes.questions import fingerprint
from training.domain.quizzes.versions import shown_questions
from training.domain.quizzes.workbook import read_workbook
from training.models import QuestionImport, Quiz
from training.permissions import user_can_run

# A dry run that nobody confirmed is dropped after so many days.
KEPT = datetime.timedelta(days=7)
_LONGEST_NAME = 200


@transaction.atomic
def read_questions(quiz: Quiz, file: BinaryIO, name: str, replaces: bool, user: Any) -> QuestionImport:
    """The dry run: nothing of the quiz changes. Raises ValidationError for what is no workbook of questions."""
    require_may(user, user_can_run)
    reading = read_workbook(file)
    there = shown_questions(quiz)
    if not replaces:
        known = {one.text for one in there}
        reading.notes += [
            _("A question with these words is there already: %(text)s") % {"text": one["text"][:60]}
            for one in reading.questions
            if one["text"] in known
        ]
    report = {
        "problems": [[one.place, one.message] for one in reading.problems],
        "more": reading.more,
        "notes": reading.notes,
        "count": len(reading.questions),
    }
    return QuestionImport.objects.create(
        quiz=quiz,
        file_name=name[-_LONGEST_NAME:],
        replaces=replaces,
        questions=[] if reading.problems else reading.questions,
        report=report,
        before=fingerprint(there),
        requested_by=user,
        requested_at=timezone.now(),
    )


@transaction.atomic
def take_over(upload: QuestionImport, user: Any) -> Quiz:
    """Write the questions of a dry run among those being written, all or none.

    Raises ValidationError while something is wrong with the file, where somebody changed the questions since, and where
    there would be too many.
    """
    require_may(user, user_can_run)
    quiz = locked(upload.quiz)
    if not upload.questions:
        raise ValidationError(_("Nothing is imported while a cell is wrong: mend the file and read it again."))
    there = shown_questions(quiz)
    if fingerprint(there) != upload.before:
        raise ValidationError(_("Somebody changed the questions since the file was read: read it again."))
    if upload.replaces:
        replace_questions(quiz, upload.questions, user)
    else:
        for values in upload.questions:
            add_question(quiz, user, values)
    audit.record(quiz, "training.import_questions", user, file=upload.file_name, count=len(upload.questions))
    upload.delete()
    return quiz


def forgotten(now: datetime.datetime) -> QuerySet[QuestionImport]:
    """Dry runs that nobody confirmed."""
    return QuestionImport.objects.filter(requested_at__lt=now - KEPT)
