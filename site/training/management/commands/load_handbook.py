"""manage.py load_handbook USER"""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from training.domain.handbook import load_handbook


class Command(BaseCommand):
    help = "Adds the product's own handbook to the training materials, as drafts of USER; run again, what is new in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", metavar="USER", help="the editor whose drafts they become")

    def handle(self, *args: Any, **options: Any) -> None:
        user = get_user_model().objects.filter(username=options["user"], is_active=True).first()
        if user is None:
            raise CommandError(_("There is no account “%(user)s”. Name an editor's.") % {"user": options["user"]})
        done = load_handbook(user)
        self.stdout.write(
            _("%(new)d drafts added, %(there)d pages were there already. Submit the drafts: two others pass them.")
            % {"new": len(done.new), "there": len(done.there)}
        )
