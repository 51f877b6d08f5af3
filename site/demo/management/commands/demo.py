"""manage.py demo [--delete]"""

import time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from demo.domain.build import build
from demo.domain.remove import remove
from search.batch import batched


class Command(BaseCommand):
    help = "Builds the sample township; --delete takes it away again (the audit log stays)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--delete", action="store_true", help="take the sample township away again")

    def handle(self, *args: Any, delete: bool, **options: Any) -> None:
        try:
            self.delete() if delete else self.build()
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from refusal

    def build(self) -> None:
        started = time.monotonic()
        try:
            with batched():
                sample = build(lambda name, number, of: self.stdout.write(f"[{number}/{of}] {name}"))
        except ValidationError as refusal:
            if getattr(refusal, "code", "") != "exists":
                raise
            self.stdout.write(str(refusal.message))
            return
        self.stdout.write(
            _("Sample township %(name)s built in %(seconds)d s. Accounts: manage.py sample_accounts")
            % {"name": sample.name, "seconds": round(time.monotonic() - started)}
        )

    def delete(self) -> None:
        with tqdm(unit="行", delay=2, disable=None) as bar:

            def progress(done: int, of: int) -> None:
                bar.total = of
                bar.update(done - bar.n)

            count = remove(progress)
        self.stdout.write(_("Sample township taken away: %(count)d rows. The audit log stays.") % {"count": count})
