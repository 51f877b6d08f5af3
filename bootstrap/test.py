"""`manage.py test`: from a bare checkout to a verdict on every check and every test."""

import argparse
import os
import re
import sys

from . import checks, parts, places, room, say, venv
from .commands import start
from .lock import only_one
from .problem import Problem
from .up import compile_translations

# What a first run writes, in megabytes, measured and rounded up.
_FIRST_MB, _LATER_MB = 1500, 200
_PARTS = {part.key: part for part in (parts.PDF, parts.CHROMIUM)}
_CLOSING = re.compile(r"(passed|failed|error|no tests ran|deselected|skipped).* in [\d.]+s")


def main(arguments: list[str]) -> int:
    """The command. Returns 0 when every check and test passed. Raises Problem where it cannot be done."""
    parser = argparse.ArgumentParser(
        prog="manage.py test",
        description="全部检查与测试 / every check and test; other arguments go to pytest",
        allow_abbrev=False,
    )
    parser.add_argument("--without", default="", metavar="PARTS", help="不测这些部分 / leave out: chromium,pdf")
    options, for_pytest = parser.parse_known_args(arguments)
    without = [key for key in options.without.split(",") if key]
    for key in without:
        if key not in _PARTS:
            parser.error(f"--without {key}: {' / '.join(_PARTS)}")
    with only_one(places.ROOT / "var" / "test.lock", "manage.py test"):
        provide([part for key, part in _PARTS.items() if key not in without])
        failed = checks.failed()
        code, closing = run_pytest(without, for_pytest)
    failed += ["pytest"] if code else []
    say.line()
    for key in without:
        say.warning(f"没有测试 / not tested: {_PARTS[key].title} ({key})")
    say.line(f"✗ 未通过 / failed: {', '.join(failed)}" if failed else "✓ 全部通过 / everything passed")
    say.line(closing)
    return 1 if failed else 0


def provide(wanted: list[parts.Part]) -> None:
    """Install what the tests need. Raises Problem where a part cannot be had."""
    first = not (places.VENV / "installed.json").exists()
    room.check_disk({places.ROOT: _FIRST_MB if first else _LATER_MB} | parts.needs(wanted))
    venv.make(places.ROOT / "requirements.txt", places.ROOT / "requirements-dev.txt")
    for part in wanted:
        missing = parts.provide(part)
        if missing:
            raise Problem(
                f"{missing}\n装好后再运行一次;或不测这一部分:python3 manage.py test --without {part.key}",
                f"Then run this again; or leave that part out: python3 manage.py test --without {part.key}",
            )
    compile_translations()


def run_pytest(without: list[str], arguments: list[str]) -> tuple[int, str]:
    """Run the tests and show what pytest prints, but for its closing line. Returns its exit code and that line."""
    # File by file, so that what a file's tests share is made once; in the order that tests/conftest.py gives them.
    command = [str(places.PYTHON), "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    if without:
        command += ["-m", " and ".join(f"not {key}" for key in without)]
    if sys.stdout.isatty():
        command.append("--color=yes")
    closing = ""
    with start(command + arguments, {**os.environ, "PYTHONUNBUFFERED": "1"}) as process:
        for line in process.stdout or ():
            # The verdict on everything is printed first: who reads only the last line reads pytest's.
            if closing:
                say.line(closing)
                closing = ""
            if _CLOSING.search(line):
                closing = line.rstrip()
            else:
                say.line(line.rstrip())
    return process.returncode, closing
