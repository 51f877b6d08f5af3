"""Checks and visits a site in the configuration of the environment; prints {address: status} as JSON.

A program of its own: which plugins there are is fixed when Django starts. Arguments: ``prepare`` first migrates the
database, then asks for checks and for migrations that nobody made; without it the site is visited as it is.
"""

import json
import os
import sys
from collections import defaultdict

import django

# Pages of one type are served by the same code.
OF_EACH_TYPE = 3


def prepare() -> None:
    """Migrate, check. Raises CommandError or SystemExit where something is wrong."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("check", fail_level="WARNING", stdout=sys.stderr)
    call_command("makemigrations", check_changes=True, dry_run=True, stdout=sys.stderr)


def visit() -> dict[str, int]:
    """Address -> status, for anybody and for a superuser."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from wagtail.models import Page

    from printing.models import PaperVersion

    # An error is a status here, as it is for a visitor, not an exception.
    client = Client(raise_request_exception=False)
    papers = [f"/z/{code}" for code in PaperVersion.objects.values_list("code", flat=True)]
    paths = ["/", "/admin/login/", "/search/?q=通知", "/z/", *papers]
    seen = {path: client.get(path, follow=True).status_code for path in paths}
    user = get_user_model().objects.filter(is_superuser=True).first()
    user = user or get_user_model().objects.create_superuser("visitor", "visitor@example.com")
    client.force_login(user)
    kinds = defaultdict(list)
    for number, kind in Page.objects.filter(depth__gt=1).values_list("pk", "content_type"):
        kinds[kind].append(number)
    numbers = [number for kind in kinds.values() for number in kind[:OF_EACH_TYPE]]
    places = [f"/admin/pages/{number}/{view}" for number in numbers for view in ("", "edit/")]
    paths = ["/desk/", "/admin/", "/admin/pages/", *places]
    return seen | {path: client.get(path, follow=True).status_code for path in paths}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    if sys.argv[1:] == ["prepare"]:
        prepare()
    sys.stdout.write(json.dumps(visit()))
