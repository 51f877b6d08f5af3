"""Nothing that training refuses, in any of its rooms, is refused in words that no test has read."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from tests.refusals import unread

ROOMS = Path(settings.BASE_DIR) / "site" / "training"
TRANSLATES = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
# The message is the second argument there.
IN_A_CONTEXT = {"pgettext", "pgettext_lazy"}
REFUSES = re.compile(r"ValidationError|Refused$|Unavailable$|PublishProblem|add_error$|require_(state|may|public)$")
# Words of modules that refuse, but of no refusal.
NO_REFUSALS = {"poster of a training session", "poster of a season's training"}


def refusals() -> set[str]:
    """Every msgid of the lifecycles, of other modules of the domain that refuse something, and of each function of the
    screens that does."""
    said: set[str] = set()
    for path in sorted(ROOMS.rglob("*.py")):
        room = path.relative_to(ROOMS).parts[0]
        if room in {"migrations", "sample", "management"}:
            continue
        tree = ast.parse(path.read_text())
        whole = room == "domain" and ("lifecycle" in path.parts or _refuses(tree))
        for part in [tree] if whole else filter(_refuses, _functions(tree)):
            said |= set(_msgids(part))
    return said


def _functions(tree: ast.Module) -> Iterator[ast.AST]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _refuses(tree: ast.AST) -> bool:
    """Whether a ValidationError is made there, or an error is put beside a field."""
    return any(REFUSES.search(_called(node)) for node in ast.walk(tree) if isinstance(node, ast.Call | ast.ClassDef))


def _called(node: ast.AST) -> str:
    """The name of what is called, or of what a class is derived from."""
    if isinstance(node, ast.ClassDef):
        return " ".join(getattr(base, "id", "") for base in node.bases)
    function = getattr(node, "func", None)
    return function.attr if isinstance(function, ast.Attribute) else str(getattr(function, "id", ""))


def _msgids(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := getattr(node.func, "id", "")) in TRANSLATES:
            at = 1 if name in IN_A_CONTEXT else 0
            if len(node.args) > at and isinstance(node.args[at], ast.Constant):
                yield node.args[at].value


def test_every_refusal_of_training_is_read_by_a_test():
    said = refusals() - NO_REFUSALS
    assert len(said) > 200
    assert unread(said, Path(settings.BASE_DIR) / "tests" / "training") == []
