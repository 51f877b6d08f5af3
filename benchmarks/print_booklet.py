"""CPU a page of a booklet, warm: .venv/bin/python benchmarks/print_booklet.py [--documents 25] [--runs 3]

Documents of four to five pages with headings, a table, digits and Latin, as a township's own rules read. Prints CPU
and wall seconds of each run after one that warms up, and milliseconds of CPU a page.
"""

import argparse
import io
import os
import sys
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

RULE = (
    "各村（社区）应当在2026年11月21日前，按照“谁办理、谁负责”的要求，把办理依据、所需材料、承诺时限和收费标准"
    "在便民服务点公开；群众拨打0575-88120301咨询的，由最先接待的工作人员负责到底，不得推诿。"
)
SHORT = "逾期未报的，由镇效能办在5个工作日内书面提醒，并记入当月考评（见石政发〔2026〕17号）。"
TABLE = (
    "<table><thead><tr><th>事项</th><th>承诺时限</th><th>责任岗位</th></tr></thead><tbody>{}</tbody></table>".format(
        "".join(f"<tr><td>第{row}项：{SHORT}</td><td>{row}个工作日</td><td>民政岗</td></tr>" for row in range(1, 7))
    )
)


def document(number: int) -> str:
    """One set of rules of a little more than four pages."""
    html = []
    for chapter, name in enumerate("一二三四五六", 1):
        html.append(f"<h2>{name}、第{number}号办法的第{chapter}部分</h2>")
        html += [f"<p>（{item}）{RULE}{SHORT}ISO 9001认证材料一并附上。</p>" for item in "一二三四"]
    return "".join(html) + TABLE


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--documents", type=int, default=25)
    arguments.add_argument("--runs", type=int, default=3)
    options = arguments.parse_args()

    import django

    django.setup()
    from pypdf import PdfReader

    from printing.domain.booklets import Part, booklet_sheet
    from printing.domain.rendering import render_pdf

    parts = [
        Part(f"石桥镇便民服务工作规则（第{number}号）", document(number), f"石政发〔2026〕{number}号")
        for number in range(1, options.documents + 1)
    ]
    sheet = booklet_sheet(title="石桥镇便民服务制度汇编", parts=parts, issuer="石桥镇人民政府", day=date(2026, 11, 21))

    pages = len(PdfReader(io.BytesIO(render_pdf(sheet))).pages)
    print(f"{options.documents} documents, {pages} pages")
    for run in range(1, options.runs + 1):
        wall, cpu = time.perf_counter(), time.process_time()
        size = len(render_pdf(sheet))
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        print(
            f"run {run}: {cpu:.2f} s CPU, {wall:.2f} s wall, {1000 * cpu / pages:.1f} ms CPU a page, {size // 1000} kB"
        )


if __name__ == "__main__":
    main()
