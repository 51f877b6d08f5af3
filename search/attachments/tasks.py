"""Background work on files, below what people wait for: saved pages and their references come first."""

from django_tasks import task

from search.attachments import working


@task(priority=-5)
def read_file(key: int) -> None:
    """Read one file, then let its pages be found by it."""
    if working.read_file(key):
        working.bring_into_step()


@task(priority=-5)
def bring_into_step() -> None:
    """After files became open, private or others."""
    working.bring_into_step()


@task(priority=-5)
def index_pages(keys: list[int]) -> None:
    """The pages that linked a file which is gone."""
    working.index_pages(keys)


@task(priority=-8)
def note_files() -> None:
    """Have every file read that has no record yet."""
    for document in working.never_noted().iterator():
        if working.note(document):
            read_file.enqueue(document.pk)
