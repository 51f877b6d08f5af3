"""Periodic work: one idempotent ``manage.py tick`` in which each thing happens once."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class PeriodicJob:
    """Something that is to happen once, answered by the hook ``periodic_jobs(now)``.

    ``key`` makes it happen once and names day or subject (e.g. "clock.warn:2026-11-21"); ``run`` does it and may raise,
    then the next tick tries again; ``description`` tells the system administrator what did not happen. A function that
    ``run`` returns is called when all the rest is in the database: for what takes long and holds up nobody's writing,
    as mails. Where it raises the next tick tries again too; a process that dies in it has done the job.
    """

    key: str
    run: Callable[[], object]
    description: str | Promise = ""
