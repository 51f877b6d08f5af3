"""Progress for the person at the keyboard: one line a step, with its seconds."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def line(text: str = "") -> None:
    """Print one line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def warning(text: str) -> None:
    """Print a line about something that is missing but holds nothing up."""
    line(f"! {text}")


@contextmanager
def step(title: str) -> Iterator[Callable[[int, int], None]]:
    """Show ``title`` while the block runs, then ✓ and the seconds it took; ✗ where it raised.

    Gives a function that shows how far it is: (done, of how many).
    """
    start = time.monotonic()
    done = threading.Event()
    terminal = sys.stdout.isatty()
    far = ""

    def tell(number: int, total: int) -> None:
        nonlocal far
        before, far = far, f"{number}/{total}"
        # A file or a pipe keeps every line: five are enough.
        if not terminal and total and number * 5 // total > int(before.partition("/")[0] or 0) * 5 // total:
            sys.stdout.write(f"{far} ")
            sys.stdout.flush()

    def tick() -> None:
        while not done.wait(1 if time.monotonic() - start > 1 else 0.1):
            sys.stdout.write(f"\r… {title} {far and far + ' '}{time.monotonic() - start:.0f} 秒")
            sys.stdout.flush()

    ticking = threading.Thread(target=tick, daemon=True)
    if terminal:
        ticking.start()
    else:
        sys.stdout.write(f"  {title} … ")
        sys.stdout.flush()
    mark = "✗"
    try:
        yield tell
        mark = "✓"
    finally:
        done.set()
        if terminal:
            ticking.join()  # else a last tick might overwrite the next line
        seconds = time.monotonic() - start
        spaces = " " * (3 + len(far))
        line(f"\r{mark} {title} {seconds:.1f} 秒{spaces}" if terminal else f"{mark} {seconds:.1f} 秒")
