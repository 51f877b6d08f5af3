"""Background work on the list."""

from django_tasks import task

from search.misses.asking import ask_again


@task(priority=-10)
def ask_misses_again() -> None:
    """Ask once more what found nothing; below everything else in the queue."""
    ask_again()
