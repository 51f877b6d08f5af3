"""Whether an error speaks of a damaged index, or of the machine, which an index must not be thrown away for."""

import errno
from collections.abc import Iterator

# A full disk, a quota, a limit on a file's size, a folder that may not be written, too many open files, no memory.
_OF_THE_MACHINE = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOMEM,
}
# Tantivy gives the system's words in errors of its own; of one in a thread only that there was one. A search or the
# sums of files tell whether that was damage.
_SAID = (
    "writer was killed",
    "No space left",
    "quota",
    "File too large",
    "Read-only file system",
    "ermission",
    "Too many open files",
)


def of_the_machine(error: BaseException) -> bool:
    """Whether the system refused something, so that the index may be whole."""
    return any(
        isinstance(each, MemoryError)
        or (isinstance(each, OSError) and each.errno in _OF_THE_MACHINE)
        or any(said in str(each) for said in _SAID)
        for each in _chain(error)
    )


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
