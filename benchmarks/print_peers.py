"""Paper through this product, warm Chromium and LibreOffice: CPU and wall seconds, taken in turns.

    PYTHONPATH=.:site python benchmarks/print_peers.py [--rounds 5] [--without libreoffice]

The product prints through its door, with versions and codes, on a database of its own in a folder that is removed.

The same three jobs for all, made from one source, with the same fonts: a notice of one page, a guide of about twenty
pages, a hundred different notices. The product and Chromium are warm (one process stays open for the whole run, and
each has printed before it is measured); LibreOffice is a process for each job, a hundred notices in one process, as
`soffice --convert-to` works. CPU seconds are those of all processes that a system uses for the job: of Chromium its
own, without the driver that talks to it. They are read from /proc in hundredths of a second, so short jobs are done
several times. Medians.
"""

import argparse
import io
import json
import multiprocessing
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pypdf import PdfReader

ROOT = Path(__file__).resolve().parents[1]
# Job -> how many documents of it, how many times a sample does it.
JOBS = {"notice": (1, 10), "guide": (1, 1), "100 notices": (100, 1)}
SECTIONS = 16
LONG_ROUNDS = 3
ADDRESS = "https://shiqiao.example.com/notices/1"
TICKS = os.sysconf("SC_CLK_TCK")
CSS = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm }
body { font: 16pt/10.449mm "FandolFang", serif; letter-spacing: -.207pt; text-align: justify; margin: 0 }
h1 { font: 22pt/12mm "FandolSong Bold"; margin: 0 0 5mm; text-align: center }
h2 { font: 16pt/10.449mm "FandolHei"; margin: 0 }
p { text-indent: 2em; margin: 0 } table { border-collapse: collapse; width: 100% } td, th { border: .35mm solid }
img { width: 20mm } .sign { text-align: right }
"""


def notice(number: int) -> tuple[str, str]:
    """Title and running text of one page."""
    title = f"关于第{number}次巡回办理城乡居民医保参保登记的公告"
    return title, (
        f"<p>为方便偏远自然村群众，镇受理室定于2026年12月{number % 28 + 1}日上午8:30至11:30在石桥镇第{number}服务点"
        "巡回办理城乡居民基本医疗保险参保登记、信息变更和缴费查询，现将有关事项公告如下。</p>"
        "<h2>一、办理对象</h2><p>具有本镇户籍、尚未参加职工基本医疗保险的城乡居民，以及持有本镇居住证的外来人员。</p>"
        "<h2>二、所需材料</h2><p>居民身份证或者户口簿原件；由他人代办的，代办人应当同时携带本人居民身份证。材料不齐的，"
        "工作人员一次告知需要补正的全部内容。</p>"
        "<h2>三、办理方式</h2><p>现场受理、即时办结，不收取任何费用。行动不便的群众可以拨打电话0575-8123 4567"
        "预约上门办理。</p>"
    )


def guide() -> tuple[str, str]:
    """Title and running text of about twenty pages: headings, paragraphs, lists, tables, digits and Latin."""
    part = "".join(
        f"<h2>{number}、第{number}类事项的办理</h2>"
        + "".join(
            f"<p>申请人应当在{number}月{day}日前向村级服务站提出，由负责人当场登记，编号为SQ-2026-{number:02}{day:02}。"
            "承办人自材料齐全之日起5个工作日内办结；情况复杂、需要现场查看的，经受理室主任同意可以延长3个工作日，"
            "并把理由和新的期限书面告知申请人。申请人对结果有异议的，可以依法申请行政复议或者提起行政诉讼。</p>"
            for day in (5, 12, 19)
        )
        + "<ul><li>居民身份证原件</li><li>户口簿复印件1份</li><li>《申请表》（可在窗口填写）</li></ul>"
        + "<table><thead><tr><th>环节</th><th>责任岗位</th><th>时限</th></tr></thead><tbody>"
        + "".join(f"<tr><td>第{step}步</td><td>岗位{step}</td><td>{step}个工作日</td></tr>" for step in range(1, 6))
        + "</tbody></table>"
        for number in range(1, SECTIONS + 1)
    )
    return "石桥镇便民服务事项办事指南", part


def documents(job: str) -> list[tuple[str, str]]:
    """Titles and texts of one job; no two notices are the same."""
    return [guide()] if job == "guide" else [notice(number) for number in range(1, JOBS[job][0] + 1)]


def as_page(title: str, text: str) -> str:
    """The document as a web page, with the same QR code that the product draws."""
    import segno

    code = segno.make(ADDRESS, error="m", micro=False).svg_data_uri(border=0, omitsize=True)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title><style>{CSS}</style>'
        f'</head><body><h1>{title}</h1>{text}<p class="sign">石桥镇人民政府<br>2026年11月21日</p>'
        f'<img alt="" src="{code}"></body></html>'
    )


class Product:
    """This product's door in a process of its own, as the worker has it."""

    name = "product"

    def __enter__(self) -> "Product":
        context = multiprocessing.get_context("spawn")
        self.line, theirs = context.Pipe()
        self.process = context.Process(target=_product, args=(theirs,))
        self.process.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.line.send(None)
        self.process.join()

    def run(self, job: str, times: int) -> dict[str, float]:
        self.line.send((job, times))
        used, made = self.line.recv()
        return {**used, **measure(made)}


def _product(line: object) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    with tempfile.TemporaryDirectory(prefix="bianmin-") as folder:
        os.environ["BIANMIN_VAR"] = folder
        import django

        django.setup()
        from datetime import date

        from django.core.management import call_command
        from wagtail import hooks

        from printing import Printable
        from printing.domain.door import print_document
        from printing.domain.gongwen import gongwen_sheet

        call_command("migrate", verbosity=0)
        found = {f"{job}-{place}": one for job in JOBS for place, one in enumerate(documents(job))}

        def sheet(key: str) -> object:
            title, text = found[key]
            return gongwen_sheet(
                kind="bench",
                title=title,
                body_html=text,
                signatory="石桥镇人民政府",
                day=date(2026, 11, 21),
                address=ADDRESS,
            )

        kind = Printable("bench", "", None, document=sheet, find=str, keys=lambda: found)
        hooks.register("register_printables", lambda: [kind])
        while asked := line.recv():
            job, times = asked
            keys = [key for key in found if key.rpartition("-")[0] == job]
            cpu, wall = time.process_time(), time.perf_counter()
            for _ in range(times):
                made = [print_document("bench", key).content for key in keys]
            used = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
            peak = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
            line.send((used | {"rss": int(peak) / 1e3}, made))


class Chromium:
    """Headless Chromium with one tab that stays open."""

    name = "chromium"

    def __enter__(self) -> "Chromium":
        from playwright.sync_api import sync_playwright

        self.playwright = sync_playwright().start()
        self.browser = self.playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        self.tab = self.browser.new_page()
        return self

    def __exit__(self, *exception: object) -> None:
        self.browser.close()
        self.playwright.stop()

    def run(self, job: str, times: int) -> dict[str, float]:
        pages = [as_page(*one) for one in documents(job)]
        cpu, wall = cpu_of("chrom"), time.perf_counter()
        for _ in range(times):
            made = []
            for page in pages:
                self.tab.set_content(page)
                made.append(self.tab.pdf(prefer_css_page_size=True, tagged=True, print_background=True))
        return {"cpu": cpu_of("chrom") - cpu, "wall": time.perf_counter() - wall} | measure(made)


class LibreOffice:
    """`soffice --convert-to pdf`, one process for all documents of a job, on a profile that is made beforehand."""

    name = "libreoffice"

    def __enter__(self) -> "LibreOffice":
        self.profile = tempfile.TemporaryDirectory(prefix="soffice-")
        return self

    def __exit__(self, *exception: object) -> None:
        self.profile.cleanup()

    def run(self, job: str, times: int) -> dict[str, float]:
        with tempfile.TemporaryDirectory() as folder:
            sources = []
            for number, one in enumerate(documents(job)):
                sources.append(Path(folder, f"{number}.html"))
                sources[-1].write_text(as_page(*one), encoding="utf-8")
            command = [
                "soffice", f"-env:UserInstallation=file://{self.profile.name}", "--headless",
                "--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export", "--outdir", folder,
                *map(str, sources),
            ]  # fmt: skip
            before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            for _ in range(times):
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            made = [source.with_suffix(".pdf").read_bytes() for source in sources]
            return {"cpu": cpu, "wall": time.perf_counter() - wall} | measure(made)


def measure(made: list[bytes]) -> dict[str, float]:
    """Pages of all files, and kB of the first."""
    return {"pages": sum(len(PdfReader(io.BytesIO(pdf)).pages) for pdf in made), "kB": len(made[0]) / 1e3}


def cpu_of(name: str) -> float:
    """CPU seconds so far of our descendants whose name holds `name`, and of their children that have ended."""
    stats = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                text = (folder / "stat").read_text()
            except OSError:  # it ended while we looked
                continue
            command, _, rest = text.partition("(")[2].rpartition(")")
            fields = rest.split()
            stats[int(folder.name)] = (command, int(fields[1]), sum(map(int, fields[11:15])))

    def ours(pid: int) -> bool:
        while pid in stats:
            pid = stats[pid][1]
            if pid == os.getpid():
                return True
        return False

    return sum(used for pid, (command, _, used) in stats.items() if name in command and ours(pid)) / TICKS


@contextmanager
def all_open(systems: list[Callable[[], object]]) -> Iterator[list[object]]:
    opened = []
    try:
        for system in systems:
            opened.append(system().__enter__())
        yield opened
    finally:
        for system in reversed(opened):
            system.__exit__(None, None, None)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--without", default="", help="chromium,libreoffice")
    arguments.add_argument("--json", action="store_true")
    asked = arguments.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    from printing import fonts

    os.environ["FONTCONFIG_FILE"] = str(fonts.write_config())
    programs = {Chromium: "chromium", LibreOffice: "soffice"}
    systems = [Product]
    for system, program in programs.items():
        if system.name in asked.without.split(","):
            continue
        if shutil.which(program):
            systems.append(system)
        else:
            print(f"{program} is not installed: left out")
    samples = {}
    with all_open(systems) as opened:
        for system in opened:
            for job in JOBS if isinstance(system, Product) else ("notice", "guide"):
                system.run(job, 1)
        for turn in range(asked.rounds):
            for job, (_, times) in JOBS.items():
                for system in opened:
                    # A cold process takes seconds: once is enough, and of the long job three samples are.
                    count = 1 if isinstance(system, LibreOffice) else times
                    if job == "100 notices" and turn >= LONG_ROUNDS:
                        continue
                    used = system.run(job, count)
                    used = {**used, "cpu": used["cpu"] / count, "wall": used["wall"] / count}
                    samples.setdefault((job, system.name), []).append(used)
    report(samples, asked.json)


def report(samples: dict[tuple[str, str], list[dict[str, float]]], as_json: bool) -> None:
    medians = {
        key: {name: statistics.median(sample[name] for sample in found) for name in found[0]}
        for key, found in samples.items()
    }
    if as_json:
        print(json.dumps([{"job": job, "system": name, **row} for (job, name), row in medians.items()]))
        return
    print("| job | system | CPU s | wall s | pages | CPU ms/page | kB | CPU against product |")
    print("|---|---|---:|---:|---:|---:|---:|---:|")
    for (job, name), row in medians.items():
        ratio = row["cpu"] / medians[job, "product"]["cpu"]
        print(
            f"| {job} | {name} | {row['cpu']:.3f} | {row['wall']:.3f} | {row['pages']:.0f} | "
            f"{row['cpu'] / row['pages'] * 1000:.0f} | {row['kB']:.0f} | {ratio:.2f} × |"
        )
    peak = max(sample["rss"] for (_, name), found in samples.items() if name == "product" for sample in found)
    print(f"\npeak memory of the product's process: {peak:.0f} MB")


if __name__ == "__main__":
    main()
