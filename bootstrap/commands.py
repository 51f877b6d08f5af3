"""Calls other programs: their output goes to the log, their failure becomes a sentence."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from . import places
from .problem import Problem, disk_full

_DISK_FULL = re.compile(
    r"No space left on device|os error 28\b|Errno 28\b|database or disk is full|Disk quota exceeded"
)


_NOTHING_LEFT = 4 * 1024 * 1024


class CommandFailed(Exception):
    """A program ended with a code other than 0. ``output`` is everything it printed."""

    def __init__(self, command: Sequence[str], code: int, output: str) -> None:
        super().__init__(f"{' '.join(command)} -> {code}")
        self.code, self.output = code, output


def run(
    *command: str | Path,
    env: Mapping[str, str] | None = None,
    timeout: int | None = None,
    quotes_code: bool = False,
    heard: Callable[[str], None] | None = None,
) -> str:
    """Run a program and return what it printed.

    Arguments: the program and its arguments; ``env``, variables added to ours; ``timeout`` in seconds;
    ``quotes_code``, for a program that prints lines of source, in which "disk full" means nothing; ``heard``, called
    with each line when it is printed (there is no timeout then).
    Raises CommandFailed; Problem where the disk is full.
    """
    words = [str(word) for word in command]
    try:
        code, printed = _run(words, {**os.environ, **(env or {})}, timeout, heard)
    except FileNotFoundError as error:
        raise CommandFailed(words, 127, str(error)) from error
    except subprocess.TimeoutExpired as error:
        raise CommandFailed(words, 124, f"no end after {timeout} s") from error
    _keep(words, code, printed)
    if code:
        full = _full_disk()
        if full or (not quotes_code and _DISK_FULL.search(printed)):
            raise disk_full(full or places.ROOT)
        raise CommandFailed(words, code, printed)
    return printed


def start(words: Sequence[str], env: Mapping[str, str]) -> subprocess.Popen[str]:
    """A program with that environment, in the product's folder; what it prints, errors as well, comes as its stdout."""
    return subprocess.Popen(  # noqa: S603 - fixed programs, no shell
        words,
        env=env,
        cwd=places.ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


def _run(
    words: list[str], env: Mapping[str, str], timeout: int | None, heard: Callable[[str], None] | None
) -> tuple[int, str]:
    with start(words, env) as process:
        try:
            if heard is None:
                printed = process.communicate(timeout=timeout)[0]
            else:
                printed = ""
                for line in process.stdout or ():
                    printed += line
                    heard(line)
            return process.wait(), printed
        except BaseException:
            process.kill()
            raise


def manage(*arguments: str, heard: Callable[[str], None] | None = None) -> str:
    """Run one of Django's commands in .venv. Raises Problem with the end of what it printed. ``heard`` as for run()."""
    try:
        return run(places.PYTHON, places.ROOT / "manage.py", *arguments, heard=heard)
    except CommandFailed as failed:
        said = "\n".join(failed.output.strip().splitlines()[-8:])
        raise Problem(
            f"manage.py {arguments[0]} 没有成功(全文见 {places.log()}):\n{said}",
            f"manage.py {arguments[0]} failed; its last lines are above, all of them in the log.",
        ) from failed


def _full_disk() -> Path | None:
    """The folder of ours whose disk is full: not every program says that this is why it failed."""
    there = (path for path in (places.ROOT, places.var(), Path(tempfile.gettempdir())) if path.exists())
    return next((path for path in there if shutil.disk_usage(path).free < _NOTHING_LEFT), None)


def _keep(words: list[str], code: int, output: str) -> None:
    try:
        places.log().parent.mkdir(parents=True, exist_ok=True)
        with places.log().open("a", encoding="utf-8") as file:
            file.write(f"\n$ {' '.join(words)}\n{output}\n-> {code}, {time.strftime('%Y-%m-%d %H:%M:%S')}\n")
    except OSError:
        pass  # a full disk must not hide what the program said
