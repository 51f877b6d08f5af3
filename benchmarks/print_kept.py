"""A public PDF asked for again and again: CPU and wall time of one request, set anew and from its file.

    BIANMIN_VAR=$(mktemp -d) PYTHONPATH=.:site python benchmarks/print_kept.py

In a folder without a database it builds the sample township first; a second run measures only. Median of TIMES
requests, interleaved; the request is whole: middleware, permission, version, sheet, file.
"""

import os
import shutil
import statistics
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402

from printing.domain.kept import folder  # noqa: E402
from printing.domain.registry import printables  # noqa: E402

TIMES = 9
KINDS = ("notice", "notice-poster", "policy", "section-booklet")


def asked(client: Client, address: str) -> tuple[float, float]:
    """Milliseconds of CPU and of wall time."""
    cpu, wall = time.process_time(), time.perf_counter()
    response = client.get(address)
    assert response.status_code == HttpResponse.status_code, (address, response.status_code)
    return (time.process_time() - cpu) * 1e3, (time.perf_counter() - wall) * 1e3


def measure(client: Client, kind: str) -> str:
    address = f"/print/{kind}/{next(iter(printables()[kind].keys()))}.pdf"
    asked(client, address)
    anew, kept = [], []
    for _ in range(TIMES):
        shutil.rmtree(folder())
        anew.append(asked(client, address))
        kept.append(asked(client, address))
    middle = [statistics.median(values) for pairs in (anew, kept) for values in zip(*pairs, strict=True)]
    return f"{kind:16} {middle[0]:8.1f} {middle[1]:8.1f} {middle[2]:8.1f} {middle[3]:8.1f}"


if __name__ == "__main__":
    settings.ALLOWED_HOSTS = ["*"]
    settings.SESSION_COOKIE_SECURE = settings.SECURE_SSL_REDIRECT = False
    if not (settings.VAR_DIR / "bianmin.sqlite3").exists():
        call_command("migrate", verbosity=0)
        call_command("demo")
    visitor = Client()
    print(f"{'ms a request':16} {'CPU anew':>8} {'wall':>8} {'CPU kept':>8} {'wall':>8}")
    for one in KINDS:
        print(measure(visitor, one))
