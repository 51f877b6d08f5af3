"""Nothing is refused in words that no test has read."""

import ast
import re
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext

from hearings.domain import lifecycle

FILES = ("changes", "changing", "hearings", "notices", "representatives", "topics")
OTHERS = ("notice_pages", "notice_period", "people", "planning", "texts")
# Words that refuse nothing: reasons written into the log, titles of draws.
NO_REFUSALS = {
    "The notice page was taken down.", "Taken off the agenda", "Draw of representatives: %(hearing)s",
    "Who of the volunteers speaks for the villages; who is not drawn makes the waiting list.",
    "%(why)s (Now: %(state)s.)",
}  # fmt: skip


def messages():
    folder = Path(lifecycle.__file__).parent
    for path in [*(folder / f"{name}.py" for name in FILES), *(folder.parent / f"{name}.py" for name in OTHERS)]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_" and node.args:
                yield ast.literal_eval(node.args[0])


def words_read():
    """All Chinese in the tests of hearings."""
    folder = Path(settings.BASE_DIR) / "tests" / "hearings"
    return "\n".join(
        re.sub(r"\{[^}]*\}", "X", node.value)
        for path in folder.glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def test_every_refusal_is_read_by_a_test():
    read = words_read()
    parts = {
        message: max(re.split(r"%\(\w+\)s", gettext(message)), key=len) for message in set(messages()) - NO_REFUSALS
    }
    assert len(parts) > 60
    assert sorted(message for message, part in parts.items() if part not in read) == []
