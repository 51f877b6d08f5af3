"""Reading files from outside in a process of its own with limits, because such a file may do anything.

::

    limits = Limits(memory=1024 * MB, cpu=30, wall=90, output=16 * MB)
    output = run(Path(__file__).with_name("reader.py"), [path, "pdf"], limits)

The program is a file of ours that imports nothing of the site: it starts in a tenth of a second, its environment is
empty, and what the file does to it ends with it. What it prints to standard output is given back.
"""

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

# Seconds after which we kill what its own alarm did not end.
PATIENCE = 10
LAUNCHER = Path(__file__).with_name("launcher.py")
_TOO_SLOW = {-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL}


@dataclass(frozen=True)
class Limits:
    """What the process may take, kept by the system. Sizes in bytes, times in seconds.

    ``memory``: its address space; ``cpu``: after so much computing it is killed, after ``wall`` by the clock too;
    ``output``: the largest file that it can write, its standard output among them.
    """

    memory: int
    cpu: int
    wall: int
    output: int


class Stopped(Exception):
    """The program came to no end of its own. ``too_slow``: because it took too long."""

    def __init__(self, too_slow: bool) -> None:
        super().__init__("too slow" if too_slow else "stopped")
        self.too_slow = too_slow


def run(program: Path, arguments: Sequence[str], limits: Limits) -> bytes:
    """What the program prints. Raises Stopped where it was killed, or ended with an error."""
    command = [sys.executable, "-I", str(LAUNCHER), json.dumps(asdict(limits)), str(program), *arguments]
    with tempfile.TemporaryFile() as output:
        # A file, not a pipe: however much the child writes, its limit stops it and not our memory.
        child = subprocess.Popen(  # noqa: S603 (our own program)
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL, env={}, cwd="/"
        )
        try:
            code = child.wait(limits.wall + PATIENCE)
        except subprocess.TimeoutExpired:
            code = -signal.SIGKILL
        finally:
            child.kill()
            child.wait()
        if code:
            raise Stopped(code in _TOO_SLOW)
        output.seek(0)
        return output.read()
