"""Background work of the index."""

import logging
from typing import Any

from django_tasks import task

from search.engines.locks import IndexBusy
from search.indexing import index_objects

logger = logging.getLogger("search")


@task()
def index_object(app_label: str, model_name: str, pk: str) -> None:
    """Bring the index up to date with one object; one that is gone meanwhile is no error."""
    index_objects(app_label, model_name, [pk])


@task(priority=-10)
def learn_spelling() -> None:
    """Learn anew what “did you mean” knows; below everything else in the queue."""
    from search.suggesting import learn

    learn()


@task(priority=-10)
def mend_index(name: str) -> None:
    """One turn of filling an index that was begun anew, or of writing and looking for what could not be written.

    Whoever finds nothing to do, or somebody else at it, leaves it; the clock asks again while it is needed.
    """
    from search.reconciling import fill

    tree = _tree(name)
    if tree is None:
        return
    if tree.store.late:
        # Whoever held the lock then has finished without them, as the end of a rebuild does.
        tree.store.write([], tree.index.documents_for)
    if tree.store.usable:
        if tree.store.behind:
            reconcile_index.enqueue(name)
        return
    try:
        done = fill(tree)
    except IndexBusy as busy:
        logger.info("%s: it is left to whoever builds it", busy)
        return
    if not done or tree.store.behind:
        mend_index.enqueue(name)


@task(priority=-10)
def reconcile_index(name: str, after: Any = None) -> None:
    """One turn of comparing an index with the database and mending it, from behind a key."""
    from search.reconciling import reconcile

    tree = _tree(name)
    if tree is None:
        return
    try:
        last = reconcile(tree, None if after is None else tree.root._meta.pk.to_python(after))
    except IndexBusy as busy:
        logger.info("%s: it is left to whoever builds it", busy)
        return
    if last is not None:
        reconcile_index.enqueue(name, str(last))


def _tree(name: str) -> Any:
    """The tree of that name; None where its plugin is gone since."""
    from search.trees import trees

    return next((tree for tree in trees() if tree.name == name), None)
