"""Titles offered while someone types, over a collection of laws as pages of the site: CPU of each answer.

    BIANMIN_VAR=… PYTHONPATH=.:site python benchmarks/search_typing.py

Takes the database that benchmarks/search_page.py left in BIANMIN_VAR. Prints for each key pressed on the way to some
questions the CPU milliseconds (median and longest of TIMES), the titles and the bytes; at the end all answers together.
"""

import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
import django

django.setup()

from django.test import Client  # noqa: E402
from wagtail.models import Page  # noqa: E402

QUESTIONS = [
    "低保",
    "中华人民共和国土地",
    "殘疾證",
    "规定",
    "dibao",
    "di bao",
    "zjd",
    "zhonghua",
    "tudi chengbao",
    "2023",
    "a b c",
]
TIMES = 15


def main() -> None:
    client = Client()
    client.get("/search/suggest/", {"q": "公告"})  # index and settings are read once
    print(f"{Page.objects.count()} pages")
    medians = []
    for question in QUESTIONS:
        for end in range(1, len(question) + 1):
            times = []
            for _ in range(TIMES):
                cpu = time.process_time()
                response = client.get("/search/suggest/", {"q": question[:end]})
                times.append((time.process_time() - cpu) * 1000)
            times.sort()
            medians.append(times[TIMES // 2])
            shown = f"{len(response.json()['titles'])} titles\t{len(response.content)} bytes"
            print(f"{question[:end]:20}\tCPU ms p50 {medians[-1]:.1f} max {times[-1]:.1f}\t{shown}")
    medians.sort()
    print(f"all: CPU ms p50 {medians[len(medians) // 2]:.1f} max {medians[-1]:.1f} of {len(medians)} medians")


if __name__ == "__main__":
    sys.exit(main())
