"""CPU and pages of a hearing's papers with 200 problems, and queries of the figures with 6 and with 600.

    BIANMIN_VAR=$(mktemp -d) PYTHONPATH=.:site python benchmarks/hearing_papers.py

Writes a database of its own into that folder, so it takes only an empty one.
"""

import io
import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
import django

django.setup()

import pdfplumber  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from hearings.domain.circulars import circular_html  # noqa: E402
from hearings.domain.figures import figures, half_year_of  # noqa: E402
from hearings.domain.minutes_text import minutes_blocks  # noqa: E402
from hearings.domain.queries import PEOPLE, SESSION, whole_hearing  # noqa: E402
from printing.domain.door import print_sheet, sheet_of  # noqa: E402
from printing.domain.registry import printables  # noqa: E402
from tests.hearings import record  # noqa: E402

PROBLEMS = 200


def measure(kind: str, found: object) -> None:
    """Prints the CPU seconds of a sheet and its setting, the first time left out, and its pages."""
    for _time in range(2):
        begin = time.process_time()
        paper = print_sheet(sheet_of(printables()[kind], found))
        took = time.process_time() - begin
    with pdfplumber.open(io.BytesIO(paper.content)) as file:
        print(f"  {kind:22} {len(file.pages):4} pages  {took:5.2f} s CPU", flush=True)


def main() -> None:
    if (settings.VAR_DIR / "bianmin.sqlite3").exists():
        sys.exit("BIANMIN_VAR must name an empty folder")
    call_command("migrate", verbosity=0)
    few = record.hearing(state="published", held_at=record.BEGINS, begun_at=record.BEGINS)
    record.problems(few, record.seated(few), 6)
    period = half_year_of(record.BEGINS.date())
    with CaptureQueriesContext(connection) as asked:
        figures(period)
    print(f"figures of    6 problems: {len(asked)} queries")
    for _hearing in range(3):
        found = record.hearing(
            state="published", topics=PROBLEMS, held_at=record.BEGINS, begun_at=record.BEGINS, host=few.office
        )
        record.problems(found, record.seated(found), PROBLEMS)
    begin = time.process_time()
    with CaptureQueriesContext(connection) as asked:
        figures(period)
    print(f"figures of {6 + 3 * PROBLEMS:4} problems: {len(asked)} queries, {time.process_time() - begin:.2f} s CPU")
    print(f"a hearing with {PROBLEMS} problems:")
    minutes = record.minutes(found, "")
    minutes.body = minutes_blocks(whole_hearing(found.hearing.pk, (SESSION, PEOPLE)))
    measure("hearing-minutes", minutes)
    measure("hearing-circular", record.circular(found, circular_html(found.hearing)))
    measure("hearing-conclusions", record.notice(found))
    fewer = record.hearing(state="published", topics=50, held_at=record.BEGINS, begun_at=record.BEGINS, host=few.office)
    record.problems(fewer, record.seated(fewer), 50)
    measure("hearing-letters", fewer.hearing)


if __name__ == "__main__":
    main()
