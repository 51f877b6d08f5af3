"""Counting what found nothing, once the visitor has the page."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from django.db.models import Case, F, When
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from search.misses.models import Miss, Outcome
from search.misses.permissions import DECIDE
from search.misses.questions import kept_form
from suite.throttle.addresses import client_address
from suite.throttle.domain import TooMany, let_through, refuse_too_many

logger = logging.getLogger("search")

# Rows; whoever works through the list never sees its end.
MOST = 2000
# Different questions of one address that count within an hour: a hall's or a mobile network's neighbours share one.
MOST_FROM_ONE = 60
PURPOSE = "search.miss"
# Seconds that a count waits for other writers on SQLite, before it is given up.
PATIENCE = 1
_ROBOT = re.compile(
    r"bot\b|bot[/;_-]|spider|crawl|slurp|monitor|curl|wget|python|java/|go-http|okhttp|scan", re.IGNORECASE
)


def count_after(request: HttpRequest, response: HttpResponse, typed: str) -> None:
    """Count the question when the server has sent the response: the visitor does not wait for the database.

    Counts plain questions of people: not further pages and filtered lists, not robots and what browsers fetch in
    advance, not those who keep the list and try things out.
    """
    if set(request.GET) != {"q"} or not _by_a_person(request):
        return
    close = response.close

    def count_and_close() -> None:
        try:
            if not request.user.has_perm(DECIDE) and (question := kept_form(typed)):
                count(question, client_address(request))
        except DatabaseError:
            logger.warning("a question without hits was not counted", exc_info=True)
        finally:
            close()

    response.close = count_and_close  # type: ignore[method-assign]


def _by_a_person(request: HttpRequest) -> bool:
    agent = request.headers.get("User-Agent", "")
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "GET" and bool(agent) and not _ROBOT.search(agent) and "prefetch" not in ahead


def count(question: str, address: str) -> bool:
    """Count a question in its kept form once more, and whether it counted: an address asks it once an hour.

    Raises DatabaseError where other writers take longer than PATIENCE.
    """
    try:
        # Read first: what does not count takes no write lock.
        refuse_too_many(PURPOSE, address, MOST_FROM_ONE)
        if known := Miss.objects.filter(question=question).values_list("pk", flat=True).first():
            refuse_too_many(_purpose(known), address, 1)
        with _impatient(), transaction.atomic():
            _add(question, address)
    except TooMany:
        return False
    return True


def _add(question: str, address: str) -> None:
    today = timezone.localdate()
    miss, is_new = Miss.objects.get_or_create(question=question, defaults={"first_day": today, "last_day": today})
    let_through(PURPOSE, address, MOST_FROM_ONE)
    let_through(_purpose(miss.pk), address, 1)
    Miss.objects.filter(pk=miss.pk).update(times=F("times") + 1, last_day=today)
    if is_new and (above := Miss.objects.count() - MOST) > 0:
        # What is least asked goes; what was called not ours comes last, it would only come back.
        ours_first = Case(When(outcome=Outcome.NOT_OURS, then=1), default=0)
        least = Miss.objects.exclude(pk=miss.pk).order_by(ours_first, "times", "last_day", "pk")
        Miss.objects.filter(pk__in=list(least.values_list("pk", flat=True)[:above])).delete()


def _purpose(pk: int) -> str:
    return f"{PURPOSE}:{pk}"


@contextmanager
def _impatient() -> Iterator[None]:
    """Wait for other writers for PATIENCE seconds, not for as long as somebody's form may."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = connection.settings_dict["OPTIONS"].get("timeout", 5)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual * 1000)}")
