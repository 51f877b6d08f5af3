"""Which part of a file a browser asks for (RFC 9110, section 14)."""

import re

_ONE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*")


class Unsatisfiable(Exception):
    """What is asked for lies behind the end of the file."""


def asked(header: str, size: int) -> tuple[int, int] | None:
    """Where the part begins, and where it has ended; None for the whole file.

    ``header``: the request's ``Range``, '' for none. What is not understood, and several parts at once, mean the whole
    file, as the standard allows. Raises Unsatisfiable.
    """
    found = _ONE.fullmatch(header.strip())
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        start, end = max(0, size - int(found[2])), size
    else:
        start, end = int(found[1]), min(size, int(found[2]) + 1) if found[2] else size
        if found[2] and int(found[2]) < start:
            return None
    if start >= size:
        raise Unsatisfiable
    return start, end
