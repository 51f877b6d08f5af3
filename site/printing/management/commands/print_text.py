"""manage.py print_text FILE.json --out FILE."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from printing.domain.door import print_sheet
from printing.domain.plaintext import sheet_from_json
from printing.management.output import write_paper


class Command(BaseCommand):
    help = "Sets a plain document (JSON, see docs/printing.md) as an official document in a PDF or Word file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the document, JSON in UTF-8")
        parser.add_argument("--out", type=Path, required=True, help="the file to write")
        parser.add_argument("--docx", action="store_true", help="for Word and WPS instead of PDF")

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"]
        try:
            paper = print_sheet(sheet_from_json(_read(file)), docx=options["docx"])
        except ValidationError as error:
            raise CommandError(
                "\n".join(_("%(file)s: %(reason)s") % {"file": file, "reason": one} for one in error.messages)
            ) from error
        write_paper(self, paper, options["out"])


def _read(file: Path) -> Any:
    """What the file holds. Raises ValidationError with the place of the mistake."""
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ValidationError(_("it cannot be read: %(reason)s") % {"reason": error.strerror}) from error
    except UnicodeDecodeError as error:
        raise ValidationError(_("it is not UTF-8; save it as UTF-8")) from error
    except json.JSONDecodeError as error:
        raise ValidationError(
            _("it is not JSON: line %(line)s, column %(column)s") % {"line": error.lineno, "column": error.colno}
        ) from error
