"""The server is gone, or lacks the index: what everything here raises for it."""


class Unavailable(Exception):
    """The server can't be asked now. The log says why."""
