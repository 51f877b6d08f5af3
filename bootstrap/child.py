"""Becomes another program that the system ends when the one who started us dies.

python3 bootstrap/child.py PROGRAM ARGUMENTS...
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1

if __name__ == "__main__":
    if sys.platform == "linux":
        # Outlives the exec below; a preexec_fn would do the same but may hang where threads run.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 - the program we were asked to become
