"""Wagtail's command of this name, by our rules: one page that is refused does not stop the others."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from suite.publishing.domain import publish_due
from suite.publishing.domain.schedule import due


class Command(BaseCommand):
    help = "Publish pages whose day has come, and take down those that expired."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dryrun", action="store_true", help="List what is due and change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"]:
            expired, revisions = due(timezone.now())
            self._list(_("To be taken down"), [str(obj) for obj in expired])
            self._list(_("To go live"), [revision.object_str for revision in revisions])
            return
        report = publish_due()
        self._list(_("Taken down"), report.expired)
        self._list(_("Live now"), report.published)
        self._list(_("Refused by the gate"), [f"{title}: {reason}" for title, reason in report.refused])

    def _list(self, heading: str, lines: list[str]) -> None:
        self.stdout.write(f"{heading}: {len(lines)}")
        for line in lines:
            self.stdout.write(f"  {line}")
