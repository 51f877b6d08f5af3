"""Progress for the person at the keyboard: one line a step, with its seconds."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


def line(text: str = "") -> None:
    """Print one line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def warning(text: str) -> None:
    """Print a line about something that is missing but holds nothing up."""
    line(f"! {text}")


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show ``title`` while the block runs, then ✓ and the seconds it took; ✗ where it raised."""
    start = time.monotonic()
    done = threading.Event()
    terminal = sys.stdout.isatty()
    if terminal:
        threading.Thread(target=_tick, args=(title, start, done), daemon=True).start()
    else:
        sys.stdout.write(f"  {title} … ")
        sys.stdout.flush()
    mark = "✗"
    try:
        yield
        mark = "✓"
    finally:
        done.set()
        seconds = time.monotonic() - start
        line(f"\r{mark} {title} {seconds:.1f} 秒   " if terminal else f"{mark} {seconds:.1f} 秒")


def _tick(title: str, start: float, done: threading.Event) -> None:
    while not done.wait(1 if time.monotonic() - start > 1 else 0.1):
        sys.stdout.write(f"\r… {title} {time.monotonic() - start:.0f} 秒")
        sys.stdout.flush()
