"""One tick: every job that plugins offer happens once."""

import logging
import traceback
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from suite.hooks import collect_each
from suite.periodic import PeriodicJob
from suite.periodic.models import JobRun

logger = logging.getLogger(__name__)

# Asking a plugin what is due can fail too; that is kept under this and the function's name.
ASKED = "periodic_jobs of "


@dataclass
class Report:
    """Keys of what this tick did and of what it could not do."""

    done: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def tick(now: datetime) -> Report:
    """Run every job offered for `now` (aware) that is not done yet; one that fails holds up no other.

    Run twice, days late or by several processes at once, each key is still done once. A job runs in the transaction
    that marks it done: a crash undoes both, so jobs are short and leave long work to a background task.
    """
    report = Report()
    jobs: list[PeriodicJob] = []
    # Read first: a tick that has nothing to do takes no write lock.
    unwell = set(JobRun.objects.filter(key__startswith=ASKED, done_at=None).values_list("key", flat=True))
    for function, offered, raised in collect_each("periodic_jobs", now):
        asked = f"{ASKED}{function.__module__}.{function.__qualname__}"
        wrong = next((job for job in offered if not isinstance(job, PeriodicJob)), None)
        error = TypeError(f"not a PeriodicJob: {wrong!r}") if wrong is not None else raised
        if error:
            # Asking is no job that is done once: it may fail again after it went well.
            JobRun.objects.filter(key=asked).update(done_at=None)
            _record_failure(PeriodicJob(asked, lambda: None), error)
            report.failed.append(asked)
            continue
        if asked in unwell:
            JobRun.objects.filter(key=asked).update(done_at=timezone.now())
        jobs += offered
    done = set(
        JobRun.objects.filter(key__in=[job.key for job in jobs]).exclude(done_at=None).values_list("key", flat=True)
    )
    for job in jobs:
        if job.key not in done:
            _run(job, report)
    return report


def _run(job: PeriodicJob, report: Report) -> None:
    mine = False
    try:
        mine, afterwards = _run_once(job)
        if callable(afterwards):
            afterwards()
    except Exception as error:
        logger.exception("The periodic job %s failed", job.key)
        _record_failure(job, error, undo=mine)
        report.failed.append(job.key)
    else:
        if mine:
            report.done.append(job.key)


@transaction.atomic
def _run_once(job: PeriodicJob) -> tuple[bool, object]:
    """Run `job` and mark it done in one transaction: True and what it returned; False if another process was first."""
    row, _ = JobRun.objects.select_for_update().get_or_create(key=job.key)
    if row.done_at:
        return False, None
    returned = job.run()
    row.description, row.done_at, row.traceback = str(job.description), timezone.now(), ""
    row.save()
    return True, returned


@transaction.atomic
def _record_failure(job: PeriodicJob, error: Exception, undo: bool = False) -> None:
    """``undo``: it was marked as done by this process, before its last part failed."""
    row, _ = JobRun.objects.select_for_update().get_or_create(key=job.key)
    if row.done_at and not undo:
        # Another process has done it meanwhile.
        return
    row.description, row.failed_at, row.done_at = str(job.description), timezone.now(), None
    row.failures += 1
    row.traceback = "".join(traceback.format_exception(error))
    row.save()
