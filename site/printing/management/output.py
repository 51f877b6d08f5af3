"""Where the printing commands put a paper."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from printing.domain.door import Paper
from printing.domain.files import write_whole


def write_paper(command: BaseCommand, paper: Paper, out: Path) -> None:
    """Write the file whole, say where it is, and say what could not be put into it. Raises CommandError."""
    try:
        write_whole(out, paper.content)
    except OSError as error:
        raise CommandError(
            _("%(file)s cannot be written: %(reason)s") % {"file": out, "reason": error.strerror}
        ) from error
    for warning in paper.warnings:
        command.stderr.write(warning)
    command.stdout.write(str(out))
