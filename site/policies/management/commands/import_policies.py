"""manage.py import_policies FILE [--checked-by USER --approved-by USER]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from policies.domain.importing.importer import import_policies
from policies.domain.importing.rows import count_rows


class Command(BaseCommand):
    help = "Imports policy documents from JSON Lines (.jsonl, .jsonl.gz) or a folder of .md, .docx and .pdf files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, metavar="FILE", help="JSON Lines {id, title, text}, or a folder")
        parser.add_argument("--checked-by", metavar="USER", help="who checked the collection; with --approved-by")
        parser.add_argument("--approved-by", metavar="USER", help="who approved it; the rows are then published")

    def handle(self, *args: Any, **options: Any) -> None:
        source: Path = options["source"]
        try:
            with tqdm(total=self._count(source), unit="", file=self.stderr, dynamic_ncols=True) as bar:
                report = import_policies(
                    source,
                    checked_by=_user(options["checked_by"]),
                    approved_by=_user(options["approved_by"]),
                    progress=bar.update,
                )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except KeyboardInterrupt:
            raise CommandError(
                _("Interrupted. What was imported stays; run the same command again to go on."), returncode=130
            ) from None
        for row in report.refused:
            self.stdout.write(_("Refused: %(place)s %(title)s: %(reason)s") % vars(row))
        self.stdout.write(
            _("Published %(published)d, drafts %(drafts)d, there already %(there)d, refused %(refused)d.")
            % {
                "published": report.published,
                "drafts": report.drafts,
                "there": report.there_already,
                "refused": len(report.refused),
            }
        )

    def _count(self, source: Path) -> int:
        try:
            return count_rows(source)
        except (OSError, EOFError, UnicodeDecodeError):
            return 0  # read_rows says what is wrong, with the mend


def _user(username: str | None) -> Any:
    if not username:
        return None
    try:
        return get_user_model().objects.get_by_natural_key(username)
    except get_user_model().DoesNotExist:
        raise CommandError(_("There is no user %(username)s.") % {"username": username}) from None
