"""Reading the text of PDF and Word files: pages for each CPU second, peers beside it, memory of reader and worker.

    FONTCONFIG_FILE=… PYTHONPATH=.:site python benchmarks/search_attachments.py LAWS.jsonl.gz [--number N] [--rounds N]

FONTCONFIG_FILE: the one that bootstrap wrote beside the fonts. FONT=sans-serif tries another font than the site's.

Makes a PDF by WeasyPrint and a DOCX by python-docx of the first laws. A page of the DOCX is 800 characters, as many as
a full one in 16 pt. Programs are asked in turn, each in a process of its own; only ours counts its start.
"""

import argparse
import gzip
import html
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
import django

django.setup()

from search.attachments import child  # noqa: E402
from suite import confined  # noqa: E402

CHARACTERS_OF_A_PAGE = 800
# FandolSong is what the site prints with; "sans-serif" whatever the machine has.
FONT = os.environ.get("FONT", "FandolSong")
STYLE = "@page { size: A4; margin: 34mm 26mm } body { font: 16pt/28pt %s } p { margin: 0; text-indent: 2em }"

# Each prints CPU seconds without its imports, its peak memory in kilobytes, and how many characters came out.
PEERS = {
    "pdf": {
        "pypdfium2": "import pypdfium2 as m\nt=''.join(x.get_textpage().get_text_range() for x in m.PdfDocument(p))",
        "pypdf": "import pypdf\nd=pypdf.PdfReader(p)\nt=''.join(x.extract_text() for x in d.pages)",
        "pdfminer.six": "import pdfminer.high_level as m\nt=m.extract_text(p)",
    },
    "docx": {
        "python-docx": "import docx\nt='\\n'.join(x.text for x in docx.Document(p).paragraphs)",
        "mammoth": "import mammoth\nt=mammoth.extract_raw_text(open(p,'rb')).value",
    },
}
FRAME = """
import sys, time
p = sys.argv[1]
{imports}
started = time.process_time()
{work}
spent = time.process_time() - started
held = sum(word in t for word in ("条例", "规定", "本市", "应当"))
print(spent, len(t), held)
"""
# The system tells a process the peak of its children, and a child begins with its parent's: so a small one between.
BETWEEN = """
import resource, subprocess, sys
told = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, check=True).stdout.decode()
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, told)
"""


def between(*command: str) -> list[str]:
    """The peak memory of a program in kilobytes, and the words that it printed."""
    whole = [sys.executable, "-c", BETWEEN, *command]
    return subprocess.run(whole, capture_output=True, text=True, check=True).stdout.split()


def rows(path: str, number: int) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in islice(lines, number)]


def make_pdf(laws: list[dict[str, Any]], path: Path) -> None:
    import weasyprint

    parts = (
        f"<h2>{html.escape(law['title'])}</h2>" + "".join(f"<p>{html.escape(p)}</p>" for p in law["text"].split("\n"))
        for law in laws
    )
    weasyprint.HTML(string=f"<meta charset=utf-8><style>{STYLE % FONT}</style>{''.join(parts)}").write_pdf(path)


def make_docx(laws: list[dict[str, Any]], path: Path) -> None:
    import docx

    paper = docx.Document()
    for law in laws:
        for text in (law["title"], *law["text"].split("\n")):
            paper.add_paragraph(text)
    paper.save(path)


def peer(code: str, path: Path) -> list[float]:
    imports, _, work = code.partition("\n")
    program = FRAME.format(imports=imports, work=work)
    memory, spent, characters, held = map(float, between(sys.executable, "-c", program, str(path)))
    return [spent, memory, characters, held]


def ours(kind: str, path: Path) -> list[float]:
    """The whole of it: a process started, the file read, the text taken over."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN), time.process_time()
    reading = child.read(str(path), kind)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before[0].ru_utime - before[0].ru_stime + time.process_time() - before[1]
    held = sum(word in reading.text for word in ("条例", "规定", "本市", "应当"))
    return [spent, reader_memory(kind, path), len(reading.text), held]


def reader_memory(kind: str, path: Path) -> float:
    process, limits = json.dumps(asdict(child.PROCESS)), json.dumps(asdict(child.LIMITS))
    reader = [str(confined.LAUNCHER), process, str(child.READER), str(path), kind, limits]
    return float(between(sys.executable, "-I", *reader)[0])


def compared(kind: str, path: Path, pages: int, rounds: int) -> None:
    ways: dict[str, Callable[[], list[float]]] = {"the site's reader, start included": lambda: ours(kind, path)}
    ways |= {name: (lambda code=code: peer(code, path)) for name, code in PEERS[kind].items()}
    found: dict[str, list[list[float]]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            found[name].append(way())
    print(f"{kind}: {pages} pages, {path.stat().st_size / 1e6:.1f} MB, {rounds} rounds in turn")
    for name, figures in found.items():
        spent, memory, characters, held = (median(column) for column in zip(*figures, strict=True))
        print(
            f"  {name:34} {pages / spent:7.0f} pages/CPU s  {spent:6.2f} s  peak {memory / 1e3:6.1f} MB"
            f"  {characters:8.0f} characters, {held:.0f} of 4 words of law in them"
        )


def worker(paths: dict[str, Path]) -> None:
    """What reading costs the worker itself: its own peak before and after."""
    peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3  # noqa: E731
    before = peak()
    for kind, path in paths.items():
        with path.open("rb") as file, tempfile.NamedTemporaryFile() as copy:
            child.copied(file, copy)
            child.read(copy.name, kind)
    print(f"worker: peak {before:.0f} MB before, {peak():.0f} MB after reading these files")


def start() -> None:
    """What one short file costs: mostly the start of Python."""
    import docx

    out = io.BytesIO()
    paper = docx.Document()
    paper.add_paragraph("低保须知")
    paper.save(out)
    with tempfile.NamedTemporaryFile() as file:
        file.write(out.getvalue())
        file.flush()
        times = [ours("docx", Path(file.name))[0] for _ in range(5)]
    print(f"one short file: {median(times) * 1000:.0f} ms CPU")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("laws")
    parser.add_argument("--number", type=int, default=40, help="how many laws the files hold")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--make", nargs=2, metavar=("KIND", "PATH"), help="only make one file")
    options = parser.parse_args()
    laws, makers = rows(options.laws, options.number), {"pdf": make_pdf, "docx": make_docx}
    if options.make:
        makers[options.make[0]](laws, Path(options.make[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = {kind: Path(folder) / f"laws.{kind}" for kind in PEERS}
        program = [sys.executable, __file__, options.laws, "--number", str(options.number), "--make"]
        pages = {}
        for kind, path in paths.items():
            # In a process of its own: setting hundreds of pages would be the peak of this one.
            subprocess.run([*program, kind, str(path)], check=True)
            pages[kind] = _pages(kind, path, laws)
        worker(paths)
        for kind, path in paths.items():
            compared(kind, path, pages[kind], options.rounds)
        start()


def _pages(kind: str, path: Path, laws: list[dict[str, Any]]) -> int:
    if kind == "pdf":
        import pypdf

        return len(pypdf.PdfReader(path).pages)
    return round(sum(len(law["title"]) + len(law["text"]) for law in laws) / CHARACTERS_OF_A_PAGE)


if __name__ == "__main__":
    main()
