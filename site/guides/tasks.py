"""Background work of guides."""

from django_tasks import task

from guides.domain.exchange.working import work, write_out

# Below what makes a page that was just published be found.
IMPORT_PRIORITY = -10


@task(priority=IMPORT_PRIORITY)
def work_on_import(key: int) -> None:
    """Do one turn of work on an uploaded workbook."""
    work(key)


@task(priority=IMPORT_PRIORITY)
def write_export(key: int) -> None:
    """Write a workbook of all guides that somebody ordered."""
    write_out(key)
