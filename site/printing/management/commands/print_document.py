"""manage.py print_document KIND KEY --out FILE, or --list."""

import itertools
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from printing.domain.door import print_document
from printing.domain.registry import printables
from printing.management.output import write_paper

_EXAMPLES = 5


class Command(BaseCommand):
    help = "Prints one document to a PDF or Word file, or lists what can be printed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", nargs="?", help="what to print; see --list")
        parser.add_argument("key", nargs="?", help="which one")
        parser.add_argument("--size", choices=("a4", "a3"), default="", help="the kind's usual one when left out")
        parser.add_argument("--docx", action="store_true", help="for Word and WPS instead of PDF")
        parser.add_argument("--out", type=Path, help="the file to write")
        parser.add_argument("--list", action="store_true", help="the kinds there are, with some keys of each")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self._list()
            return
        kind, key, out = options["kind"], options["key"], options["out"]
        if not (kind and key and out):
            raise CommandError(_("Say what to print, which one and where to: print_document KIND KEY --out FILE"))
        try:
            paper = print_document(kind, key, options["size"], docx=options["docx"])
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        write_paper(self, paper, out)

    def _list(self) -> None:
        for printable in printables().values():
            keys = [str(key) for key in itertools.islice(printable.keys(), _EXAMPLES + 1)]
            more = " …" if len(keys) > _EXAMPLES else ""
            self.stdout.write(f"{printable.kind}\t{printable.label}\t{' '.join(keys[:_EXAMPLES])}{more}")
