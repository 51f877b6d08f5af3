"""manage.py import_guides FILE [--dry-run] [--user NAME]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from guides.domain.exchange.importing import import_items
from guides.domain.exchange.planning import CHANGE, CREATE, SAME, Plan, plan_import
from guides.domain.exchange.reading import Reading, read_workbook
from guides.permissions import EXCHANGE
from suite.registers.workbook.reading import Problem


class Command(BaseCommand):
    help = "Imports service guides from the XLSX of export_guides as drafts, which go through the workflow."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="the filled-in workbook, .xlsx")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument("--user", metavar="NAME", help="whose drafts they are; an editor's account")

    def handle(self, *args: Any, **options: Any) -> None:
        user = _user(options["user"])
        file: Path = options["file"]
        try:
            reading = self._read(file)
            plan = self._plan(reading, user)
            self._tell(reading, plan)
            if reading.problems or plan.problems:
                raise CommandError(_("Nothing was imported: mend what is listed and import again."))
            if not options["dry_run"]:
                self._import(plan, reading, user, file.name)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read (%(error)s): check the path.") % {"file": file, "error": error}
            ) from error
        except KeyboardInterrupt:
            raise CommandError(
                _("Interrupted. What was imported stays; run the same command again to go on."), returncode=130
            ) from None

    def _read(self, file: Path) -> Reading:
        with file.open("rb") as stream, self._bar(_("Reading rows"), None) as bar:
            return read_workbook(stream, bar.update)

    def _plan(self, reading: Reading, user: Any) -> Plan:
        with self._bar(_("Comparing items"), len(reading.items)) as bar:
            return plan_import(reading.items, user, bar.update)

    def _bar(self, label: str, total: int | None) -> tqdm:
        return tqdm(desc=label, total=total, unit="", file=self.stderr, dynamic_ncols=True)

    def _tell(self, reading: Reading, plan: Plan) -> None:
        for note in reading.notes:
            self.stdout.write(note)
        actions = {CREATE: _("new"), CHANGE: _("changed")}
        for step in plan.steps:
            if step.action != SAME:
                what = "、".join(step.headings)
                self.stdout.write(" ".join(filter(None, (step.place, actions[step.action], step.title, what))))
                for remark in step.remarks:
                    self.stdout.write(f"    {remark}")
        for problem in [*reading.problems, *plan.problems]:
            self.stdout.write(self._line(problem))
        if reading.more:
            self.stdout.write(_("And %(count)d more mistakes.") % {"count": reading.more})
        self.stdout.write(
            _("New %(new)d, changed %(changed)d, unchanged %(same)d, not in the file and left alone %(alone)d.")
            % {
                "new": plan.count(CREATE),
                "changed": plan.count(CHANGE),
                "same": plan.count(SAME),
                "alone": plan.left_alone,
            }
        )

    def _line(self, problem: Problem) -> str:
        return f"{problem.place}：{problem.message}" if problem.place else problem.message

    def _import(self, plan: Plan, reading: Reading, user: Any, name: str) -> None:
        total = plan.count(CREATE) + plan.count(CHANGE)
        with self._bar(_("Writing drafts"), total) as bar:
            refused = import_items(plan, reading.items, user, name, bar.update)
        for one in refused:
            self.stdout.write(f"{one.title}：{one.reason}")
        self.stdout.write(
            _("Written %(written)d drafts, left out %(refused)d. They go public through the workflow.")
            % {"written": total - len(refused), "refused": len(refused)}
        )


def _user(name: str | None) -> Any:
    if not name:
        return None
    try:
        user = get_user_model().objects.get_by_natural_key(name)
    except get_user_model().DoesNotExist:
        raise CommandError(_("There is no user %(username)s.") % {"username": name}) from None
    if not user.has_perm(EXCHANGE):
        raise CommandError(_("%(username)s may not import guides: name an editor.") % {"username": name})
    return user
