"""What the sheets of a PDF cost: seconds, memory of the process that draws, and megabytes on the disk.

    PYTHONPATH=.:site .venv/bin/python benchmarks/training_sheets.py [PAGES]

The PDF is set by the site's own printing: a heading and some 500 characters a page, A4 across as slides are.
"""

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
import django

django.setup()

import weasyprint  # noqa: E402

from training.domain.materials.files import drawn  # noqa: E402

TEXT = "汛期每天早晚各看一次水位尺，超过警戒线立即报镇防汛办，同时通知下游两村准备转移。"
STYLE = "@page { size: A4 landscape; margin: 20mm } body { font: 16pt/1.6 FandolSong } section { break-after: page }"


def made(pages: int) -> bytes:
    """A PDF of so many pages."""
    body = "".join(f"<section><h1>第{number}页</h1><p>{TEXT * 12}</p></section>" for number in range(1, pages + 1))
    return bytes(weasyprint.HTML(string=f"<meta charset=utf-8><style>{STYLE}</style>{body}").write_pdf())


def main(pages: int) -> None:
    """Draw them as the worker does, in several processes one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "slides.pdf"
        path.write_bytes(made(pages))
        begun, first, processes = time.perf_counter(), 1, 0
        while first <= pages:
            row = drawn(path, path.name, first, Path(folder))
            if row["outcome"] != "read":
                sys.exit(f"page {first}: {row['outcome']}")
            first += len(row["sheets"])
            processes += 1
        wall = time.perf_counter() - begun
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        sizes = [one.stat().st_size for one in Path(folder).glob("*.webp")]
        print(f"PDF: {pages} pages, {path.stat().st_size / 1e6:.2f} MB")
        print(
            f"sheets: {len(sizes)}, {sum(sizes) / 1e6:.1f} MB together, {sum(sizes) / len(sizes) / 1e3:.0f} kB each, "
            f"{max(sizes) / 1e3:.0f} kB the largest"
        )
        print(
            f"{wall:.1f} s by the clock, {used.ru_utime + used.ru_stime:.1f} s CPU, {processes} processes, "
            f"at most {used.ru_maxrss / 1e3:.0f} MB each"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
