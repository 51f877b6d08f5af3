"""Keeps the Chinese catalogues in step with the source."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from suite.translation.catalogues import conflicts, our_apps, po_path, problems, project_folder, update
from suite.translation.compile import compile_catalogues

DOMAINS = ("django", "djangojs")


class Command(BaseCommand):
    """Update, check or compile: ``manage.py catalogues [--check | --compile]``."""

    help = "Updates the Chinese catalogues from the source: keeps translations, adds what is new, drops what is unused."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--check", action="store_true", help="change nothing; list what is wanting and exit 1")
        what.add_argument("--compile", action="store_true", help="write .mo files where they are older than .po")

    def handle(self, *, check: bool, **options: Any) -> None:
        folders = [*(Path(app.path) for app in our_apps()), project_folder()]
        if check:
            lines = [line for folder in folders for domain in DOMAINS for line in problems(folder, domain)]
            lines += conflicts()
            if lines:
                raise CommandError("\n".join([*lines, f"{len(lines)} msgids want better Chinese: see above."]))
            return
        if options["compile"]:
            for written in compile_catalogues(settings.BASE_DIR):
                self.stdout.write(str(written))
            return
        for folder in folders:
            for domain in DOMAINS:
                if update(folder, domain):
                    self.stdout.write(str(po_path(folder, domain)))
