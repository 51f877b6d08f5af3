"""Puts limits on this process, then becomes the program: ``python -I launcher.py LIMITS PROGRAM ARGUMENTS…``."""

import json
import resource
import runpy
import signal
import sys


def impose(memory: int, cpu: int, wall: int, output: int) -> None:
    """Let the system kill or refuse this process where it takes more; see `suite.confined.Limits`."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(wall)


if __name__ == "__main__":
    impose(**json.loads(sys.argv[1]))
    sys.argv = sys.argv[2:]
    runpy.run_path(sys.argv[0], run_name="__main__")
