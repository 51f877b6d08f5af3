"""Visits a site in the configuration of the environment and prints {address: status} as JSON.

A program of its own: which plugins there are is fixed when Django starts. Argument: ``anonymous``, the addresses that
anybody opens, or ``staff``, also those of a superuser, with every place of the page explorer.
"""

import json
import os
import sys

import django


def visit(staff: bool) -> dict[str, int]:
    """Address -> status, for anybody; with ``staff`` for a superuser too."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from wagtail.models import Page

    from printing.models import PaperVersion

    # An error is a status here, as it is for a visitor, not an exception.
    client = Client(raise_request_exception=False)
    papers = [f"/z/{code}" for code in PaperVersion.objects.values_list("code", flat=True)]
    paths = ["/", "/admin/login/", "/search/?q=通知", "/z/", *papers]
    seen = {path: client.get(path, follow=True).status_code for path in paths}
    if staff:
        user = get_user_model().objects.filter(is_superuser=True).first()
        user = user or get_user_model().objects.create_superuser("visitor", "visitor@example.com")
        client.force_login(user)
        numbers = Page.objects.filter(depth__gt=1).values_list("pk", flat=True)
        places = [f"/admin/pages/{number}/{view}" for number in numbers for view in ("", "edit/")]
        paths = ["/desk/", "/admin/", "/admin/pages/", *places]
        seen |= {path: client.get(path, follow=True).status_code for path in paths}
    return seen


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    sys.stdout.write(json.dumps(visit(sys.argv[1] == "staff")))
