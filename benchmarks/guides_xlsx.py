"""Three hundred guides out into a workbook and in again: CPU seconds of each part.

    BIANMIN_VAR=$(mktemp -d) PYTHONPATH=.:site python benchmarks/guides_xlsx.py

Writes a database of its own into that folder, so it takes only an empty one. Each item has eight materials, six steps
with branches, a question, three legal bases, four questions and answers and two places. The items are written into an
empty index, read back as unchanged, then each is changed.
"""

import io
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from tqdm import tqdm  # noqa: E402
from wagtail.models import Site  # noqa: E402

from guides.domain.exchange.importing import import_items  # noqa: E402
from guides.domain.exchange.planning import plan_import  # noqa: E402
from guides.domain.exchange.reading import read_workbook  # noqa: E402
from guides.domain.exchange.writing import export_guides  # noqa: E402
from guides.models import GuideIndexPage, GuidePage  # noqa: E402
from organisation.models import Unit  # noqa: E402

COUNT = 300


def fields(number: int) -> dict:
    """A long but ordinary item."""
    materials = [
        {"type": "material", "value": {"name": f"材料{one}", "copies": 1, "note": "原件核对后退回", "only_for": "1A"}}
        for one in range(8)
    ]
    steps = [
        {
            "type": "step",
            "value": {
                "name": f"环节{one}",
                "post": "民政窗口",
                "action": "核对材料，当场告知还缺什么，一次说清。",
                "limit": 2,
                "ways": [{"label": "齐全", "to": str((one + 1) % 7)}, {"label": "不齐", "to": "1"}],
            },
        }
        for one in range(1, 7)
    ]
    basis = [{"type": "basis", "value": {"title": f"社会救助暂行办法之{one}", "article": "第十条"}} for one in range(3)]
    answers = [{"type": "answer", "value": {"question": f"问题{one}？", "answer": "可以。" * 40}} for one in range(4)]
    return {
        "title": f"事项{number}的办理",
        "slug": f"shi-xiang-{number}",
        "summary": "家里收入低于低保标准的，可以按月领生活补助。",
        "item_kind": "benefit",
        "case_kind": "promised",
        "level": "township",
        "audience": "person",
        "conditions": "<p>共同生活的家庭成员人均收入低于当地低保标准。</p>" * 5,
        "materials": materials,
        "steps": steps,
        "questions": [{"type": "question", "value": {"text": "谁来申请？", "answers": ["本人", "家人"]}}],
        "basis": basis,
        "answers": answers,
        "statutory_limit": 30,
        "promised_limit": 20,
        "visits": 0,
        "scope": "本镇",
        "contact_phone": "8812 0311",
        "complaint_phone": "8812 0105",
        "result_name": "通知书",
        "no_sample_reason": "按月打卡发放，不发证件",
        "remedies": "对结果不服的，可以在六十日内向县人民政府申请行政复议。",
    }


@contextmanager
def measured(name: str, total: int | None = COUNT) -> Iterator[tqdm]:
    """Prints CPU and wall seconds of what is done inside, with a progress bar meanwhile."""
    with tqdm(desc=name, total=total, unit="", file=sys.stderr, dynamic_ncols=True) as bar:
        cpu, wall = time.process_time(), time.perf_counter()
        yield bar
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(f"{name:28} CPU {cpu:6.2f} s   wall {wall:6.2f} s", flush=True)


def read(book: io.BytesIO, name: str) -> list:
    with measured(name, None) as bar:
        found = read_workbook(book, bar.update)
    assert not found.problems, found.problems[:3]
    return found.items


def main() -> None:
    if (settings.VAR_DIR / "bianmin.sqlite3").exists():
        sys.exit("BIANMIN_VAR names a folder with a database: name an empty one.")
    call_command("migrate", verbosity=0)
    root = Site.objects.get(is_default_site=True).root_page
    index = root.add_child(instance=GuideIndexPage(title="办事指南"))
    unit = Unit.objects.create(kind="team", name="民政社保服务队")
    for number in range(COUNT):
        index.add_child(instance=GuidePage(responsible_unit=unit, **fields(number)))
    book = io.BytesIO()
    with measured("export") as bar:
        export_guides(book, bar.update)
    print(f"{'':28} {len(book.getvalue()) / 1024:.0f} KiB")
    for guide in GuidePage.objects.all():
        guide.delete()

    items = read(book, "read")
    with measured("dry run, all new") as bar:
        plan = plan_import(items, None, bar.update)
    with measured("import, all new") as bar:
        assert import_items(plan, items, None, "benchmark.xlsx", bar.update) == []
    with measured("dry run, all unchanged") as bar:
        plan = plan_import(items, None, bar.update)
    assert plan.count("same") == COUNT
    for item in items:
        item.values["fee"], item.values["fee_basis"] = "10元", "国家发展改革委文件"
    with measured("dry run, all changed") as bar:
        plan = plan_import(items, None, bar.update)
    with measured("import, all changed") as bar:
        assert import_items(plan, items, None, "benchmark.xlsx", bar.update) == []


if __name__ == "__main__":
    main()
