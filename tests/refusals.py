"""What the product refuses, in its own words, and whether a test has read them."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext


def refusal(act, *arguments, **named):
    """The text with which this is refused; '' where it is not. What it did is undone where it is refused."""
    try:
        with transaction.atomic():
            act(*arguments, **named)
    except ValidationError as refused:
        return " ".join(refused.messages)
    return ""


def messages(sources: Iterable[Path]) -> set[str]:
    """Every msgid that the sources translate while they run."""
    return {
        ast.literal_eval(node.args[0])
        for path in sources
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_" and node.args
    }


def unread(said: Iterable[str], tests: Path) -> list[str]:
    """Those of the msgids whose Chinese (its longest part without a value) stands in no test of the folder or below."""
    read = "\n".join(_strings(tests))
    return sorted(one for one in said if max(re.split(r"%\(\w+\)s", gettext(one)), key=len) not in read)


def _strings(tests: Path) -> Iterator[str]:
    for path in tests.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.sub(r"\{[^}]*\}", "X", node.value)
