"""The one task behind all background work."""

from django.apps import apps
from django_tasks import task

from suite.background.domain.lifecycle import work_on

# Below everything else in the queue: a page that was just published must be found at once, long work takes its time.
PRIORITY = -10


@task(priority=PRIORITY)
def do_turn(model: str, key: int, turn: int) -> None:
    """One turn of work on a record; `model` as "app.model"."""
    work_on(apps.get_model(model), key, turn)
