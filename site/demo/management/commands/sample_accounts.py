"""manage.py sample_accounts [--json]"""

import json
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from demo.domain.accounts import SampleAccount, sample_accounts


def padded(text: str, width: int) -> str:
    """Left-justified to a number of columns, a Han character being two wide."""
    return text + " " * (width - sum(2 if ord(one) > 0x2E7F else 1 for one in text))  # noqa: PLR2004


class Command(BaseCommand):
    help = "Lists the sample accounts: username, password, role, what to try."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            accounts = sample_accounts()
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from refusal
        if settings.SETTINGS_MODULE.endswith(".production"):
            self.stderr.write(
                self.style.WARNING(
                    _("Anyone who reads this list can log in here. Take the sample away: manage.py demo --delete.")
                )
            )
        if options["json"]:
            self.stdout.write(json.dumps([account.as_dict() for account in accounts], ensure_ascii=False, indent=2))
            return
        for account in accounts:
            self.stdout.write(self.line(account))

    def line(self, account: SampleAccount) -> str:
        password = account.password or _("(changed)")
        return (
            f"{padded(account.username, 20)}{padded(password, 24)}{padded(account.name, 10)}"
            f"{padded(account.role, 24)}{account.try_this}"
        )
