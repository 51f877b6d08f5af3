#!/usr/bin/env python3
"""Bianmin's command line.

``up`` and ``test`` start from a bare checkout and are answered by bootstrap/, with nothing but the standard library.
Every other command is Django's and runs in .venv, whichever Python it was called with.

An old Python must be able to read this file, so that it can say what is missing: no syntax younger than 3.5 here.
"""

import importlib.util
import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
OLDEST = (3, 11)


def age_problem(version):
    """The sentence for a Python that is too old, or None. Argument: ``version``, as sys.version_info."""
    if tuple(version[:2]) >= OLDEST:
        return None
    wanted = "{}.{}".format(*OLDEST)
    found = "{}.{}".format(*version[:2])
    return (
        "Python 太旧:需要 {0} 或更新,现在是 {1}。请安装(sudo apt-get install python{0} python{0}-venv),再运行 python{0} manage.py up\n"
        "Python is too old: {0} or newer is needed, this is {1}. Install it (sudo apt-get install python{0} python{0}-venv), then run python{0} manage.py up"
    ).format(wanted, found)


def inside_venv():
    """Is this the Python of .venv, or of another environment that holds what the product needs?"""
    if os.path.realpath(sys.prefix) == os.path.realpath(VENV):
        return True
    return not os.path.exists(VENV) and importlib.util.find_spec("wagtail") is not None


def run_django():
    """Hand over to Django's command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    sys.path[:0] = [ROOT, os.path.join(ROOT, "site")]
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def main():
    problem = age_problem(sys.version_info)
    if problem:
        sys.exit(problem)
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command in ("up", "test"):
        sys.path.insert(0, ROOT)
        from bootstrap import command_line

        sys.exit(command_line.main(command, sys.argv[2:]))
    if inside_venv():
        run_django()
        return
    python = os.path.join(VENV, "bin", "python")
    if not os.path.exists(python) or os.path.exists(os.path.join(VENV, "unfinished")):
        sys.exit(
            "这里还没有装好。请先运行 python3 manage.py up(只安装、不启动:加 --no-serve)\n"
            "Nothing is installed here yet. Run python3 manage.py up first (add --no-serve to install only)"
        )
    os.execv(python, [python, os.path.join(ROOT, "manage.py")] + sys.argv[1:])


if __name__ == "__main__":
    main()
