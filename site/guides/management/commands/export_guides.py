"""manage.py export_guides FILE [--template]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from guides.domain.exchange.writing import export_guides, template
from guides.models import GuidePage


class Command(BaseCommand):
    help = "Writes every service guide as its newest draft reads into one XLSX that an office can edit and import."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="where to write it, ending in .xlsx")
        parser.add_argument("--template", action="store_true", help="the same workbook without items, to be filled in")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        # Written beside and moved: a file that is there is whole.
        beside = file.with_name(f".{file.name}.part")
        count = 0
        try:
            with beside.open("wb") as output:
                if options["template"]:
                    template(output)
                else:
                    total = GuidePage.objects.count()
                    with tqdm(total=total, unit="", file=self.stderr, dynamic_ncols=True) as bar:
                        count = export_guides(output, bar.update)
            beside.replace(file)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be written (%(error)s): choose another place.") % {"file": file, "error": error}
            ) from error
        finally:
            beside.unlink(missing_ok=True)
        self.stdout.write(_("Written: %(file)s, %(count)d items.") % {"file": file, "count": count})
