"""What the office does about a question that found nothing."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from search.analysis import normalise
from search.misses.models import Miss, Outcome
from search.models import Synonym

# A question that nobody has asked for so long has found its answer or was none.
KEPT_FOR = datetime.timedelta(days=180)


@transaction.atomic
def decide(miss: Miss, outcome: Outcome, user: Any) -> Miss:
    """Put down what was decided; with OPEN the question waits again. ``user``: None for the system."""
    miss = Miss.objects.select_for_update().get(pk=miss.pk)
    miss.outcome, miss.times_then = outcome, miss.times
    miss.save()
    write_log(miss, f"search.miss_{outcome or 'open'}", user)
    return miss


@transaction.atomic
def teach(miss: Miss, words: str, one_way: bool, user: Any) -> Miss:
    """Let the words mean the same, and the question be dealt with. Raises ValidationError for words that can't.

    Words of which some stand together in a row already are added to that row.
    """
    row = Synonym(words=words, one_way=one_way)
    together = None if one_way else _row_with(row.each_word())
    if together:
        known = {normalise(word).text for word in together.each_word()}
        new = [word for word in row.each_word() if normalise(word).text not in known]
        together.words = "、".join([*together.each_word(), *new])
    row = together or row
    row.full_clean()
    row.save()
    log(row, "wagtail.edit" if together else "wagtail.create", user=user)
    return decide(miss, Outcome.DONE, user)


def _row_with(words: list[str]) -> Synonym | None:
    """The one row that holds some of the words, if it works both ways."""
    forms = {normalise(word).text for word in words}
    rows = [
        row for row in Synonym.objects.all() if not forms.isdisjoint(normalise(word).text for word in row.each_word())
    ]
    return rows[0] if len(rows) == 1 and not rows[0].one_way else None


@transaction.atomic
def remove(miss: Miss, user: Any) -> None:
    """Delete a question, as one that tells who somebody is."""
    write_log(miss, "wagtail.delete", user)
    miss.delete()


def prune(now: datetime.datetime) -> int:
    """Delete what nobody has asked for KEPT_FOR; the number of rows."""
    return Miss.objects.filter(last_day__lt=timezone.localdate(now - KEPT_FOR)).delete()[0]


def write_log(miss: Miss, action: str, user: Any) -> None:
    """The log never holds the question: it can't be deleted there, should it turn out to name somebody."""
    log(miss, action, user=user, title=_("Question without hits no. %(number)s") % {"number": miss.pk})
