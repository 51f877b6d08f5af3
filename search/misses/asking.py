"""Asking again what found nothing: the office has published and taught meanwhile."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, get_page_models

from search import batch
from search.misses.deciding import decide
from search.misses.models import Miss, Outcome

# The most asked ones; each costs some milliseconds.
MOST_AGAIN = 300


def hits_now(question: str) -> int:
    """How many pages that anyone may read the question finds now."""
    served = ContentType.objects.get_for_models(*get_page_models())
    return int(Page.objects.live().public().filter(content_type__in=served.values()).search(question).count())


def ask_again() -> int:
    """Ask what waits once more; what finds something by now has been dealt with. How many these were."""
    settled = 0
    for miss in list(Miss.objects.waiting()[:MOST_AGAIN]):
        # Minutes may have passed: somebody may have decided about it, or deleted it.
        if hits_now(miss.question) and Miss.objects.waiting().filter(pk=miss.pk).exists():
            decide(miss, Outcome.DONE, None)
            settled += 1
            batch.let_others_write()
    return settled
