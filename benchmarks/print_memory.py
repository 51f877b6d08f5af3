"""What a process that prints takes: `PYTHONPATH=.:site python benchmarks/print_memory.py [--notices N]`.

Prints resident memory and its peak in MB: after start, after the first notice, after N different ones, after booklets.
"""

import argparse
import os
from datetime import date

TEXT = "为进一步改进机关作风，方便群众办事，现将有关事项通知如下，请各村各单位认真抓好落实，不得推诿扯皮。"


def told(moment: str) -> None:
    with open("/proc/self/status", encoding="ascii") as status:
        values = dict(line.split(":", 1) for line in status)
    resident, peak = (int(values[name].split()[0]) // 1024 for name in ("VmRSS", "VmHWM"))
    print(f"{moment:<28}{resident:>8}{peak:>8}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=int, default=100)
    wanted = parser.parse_args().notices
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    print(f"{'':<28}{'MB now':>8}{'peak':>8}")
    import django

    django.setup()
    told("started")
    from printing.domain.booklets import Part, booklet_sheet
    from printing.domain.gongwen import gongwen_sheet
    from printing.domain.rendering import render_pdf
    from printing.domain.richtext import paragraphs

    for number in range(wanted):
        body = paragraphs("\n".join(["一、时间地点", TEXT, "二、报名办法", TEXT * (1 + number % 3), TEXT]))
        title = f"关于召开石桥镇第{number}次农村人居环境整治效能听证会的通知"
        render_pdf(gongwen_sheet(title=title, body_html=body, signatory="石桥镇人民政府", day=date(2026, 11, 21)))
        if not number:
            told("first notice")
    told(f"{wanted} notices")
    for pages in (20, 100):
        parts = [Part(f"第{number}号文件", f"<p>{TEXT * 8}</p>" * 2) for number in range(pages)]
        render_pdf(booklet_sheet(kind="booklet", title="文件汇编", parts=parts, issuer="石桥镇人民政府"))
        told(f"booklet of {pages} documents")


if __name__ == "__main__":
    main()
