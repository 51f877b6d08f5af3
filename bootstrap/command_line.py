"""Where manage.py hands over: every problem becomes a sentence and an exit code."""

import sys

from . import say
from .problem import Problem, from_oserror


def main(command: str, arguments: list[str]) -> int:
    """Run `up` or `test`. Returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows a question mark rather than stopping the work.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # both are text streams here
    try:
        if command == "up":
            from . import up

            up.main(arguments)
            return 0
        from . import test

        return test.main(arguments)
    except Problem as problem:
        sys.stderr.write(f"\n{problem}\n")
        return 1
    except KeyboardInterrupt:
        say.line("\n已中断;再运行一次会接着做完。/ Interrupted; run it again and it carries on.")
        return 130
    except OSError as error:
        known = from_oserror(error)
        if known is None:
            raise
        sys.stderr.write(f"\n{known}\n")
        return 1
