"""Background work of printing."""

from django_tasks import task

from printing.domain.packs.packing import work

# Below everything else in the queue: a page that was just published must be found at once, a pack takes its time.
PACK_PRIORITY = -10


@task(priority=PACK_PRIORITY)
def work_on_pack(key: int, turn: int) -> int:
    """Do one turn of work on a pack; returns how many papers it printed."""
    return work(key, turn)
