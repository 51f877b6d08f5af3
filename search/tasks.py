"""Background work of the index."""

from django_tasks import task

from search.indexing import index_objects


@task()
def index_object(app_label: str, model_name: str, pk: str) -> None:
    """Bring the index up to date with one object; one that is gone meanwhile is no error."""
    index_objects(app_label, model_name, [pk])


@task(priority=-10)
def learn_spelling() -> None:
    """Learn anew what “did you mean” knows; below everything else in the queue."""
    from search.suggesting import learn

    learn()
