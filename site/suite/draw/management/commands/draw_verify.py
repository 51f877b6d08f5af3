"""``manage.py draw_verify FILE.json``: compute a draw again from its file. Reads no database and no network."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from suite.draw.verification import Check, Step, verify

STEPS = {
    Step.LIST: gettext_lazy("The list is written as the rules say"),
    Step.HASH: gettext_lazy("The list gives the published hash"),
    Step.TIMES: gettext_lazy("The list came before the seed, the seed before the draw"),
    Step.SEED: gettext_lazy("The seed follows from what was published"),
    Step.TICKETS: gettext_lazy("Everybody's ticket"),
    Step.ORDER: gettext_lazy("The order of the tickets"),
    Step.OUTCOME: gettext_lazy("Who is drawn and who waits"),
}


class Command(BaseCommand):
    """Prints each step with what it found; exit code 1 where one does not agree."""

    help = "Compute a draw again from its file and say whether it agrees."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the draw's JSON, downloaded from its page")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            file = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(
                _("%(file)s cannot be read as the file of a draw: download it again from the draw's page. (%(error)s)")
                % {"file": path, "error": error}
            ) from error
        checks = verify(file)
        for check in checks:
            self.stdout.write(f"{mark(check)} {STEPS[check.step]}{_(': ') if check.found else ''}{check.found}")
        if any(check.agrees is False for check in checks):
            raise CommandError(
                _("This file does NOT agree with itself: ask the office which step was changed, and why.")
            )
        if any(check.agrees is None for check in checks):
            self.stdout.write(_("So far everything agrees; the draw is not finished."))
        else:
            self.stdout.write(_("Everything agrees: this result follows from this list and this seed."))


def mark(check: Check) -> str:
    """How a step came out, in front of its line."""
    return {True: _("✔ agrees"), False: _("✘ DIFFERS"), None: _("… not yet")}[check.agrees]
