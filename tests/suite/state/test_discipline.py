"""Nobody changes a state but `domain/lifecycle.py`: read from the product's source."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

MAKERS = {"create", "get_or_create", "update_or_create", "acreate"}


def offences(source, transitions=frozenset(), lifecycle=False):
    """Lines of `source` that change a state where they may not."""
    return [
        f"{node.lineno}: {reason}"
        for node in ast.walk(ast.parse(source))
        if (reason := offence(node, transitions, lifecycle))
    ]


def offence(node, transitions, lifecycle):
    if isinstance(node, ast.Subscript) and "__dict__" in ast.dump(node.value) and "'state'" in ast.dump(node.slice):
        return "__dict__['state']"
    if not isinstance(node, ast.Call):
        return None
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name in {"update", "aupdate"} | MAKERS and any(keyword.arg == "state" for keyword in node.keywords):
        return f"{name}(state=…)"
    if name in {"bulk_update", "setattr"} and "'state'" in ast.dump(node):
        return f"{name}(…'state'…)"
    if isinstance(node.func, ast.Attribute) and name in transitions and not lifecycle:
        return f"{name}() outside domain/lifecycle"
    return None


def declared(source):
    """Names of the @transition methods in `source`."""
    return {
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
        and any("transition" in ast.dump(decorator) for decorator in node.decorator_list)
    }


def is_lifecycle(path):
    return (path.parent.name == "domain" and path.name == "lifecycle.py") or path.parent.name == "lifecycle"


def test_no_state_is_changed_outside_domain_lifecycle():
    sources = {
        path: path.read_text()
        for folder in ("site", "search")
        for path in (Path(settings.BASE_DIR) / folder).rglob("*.py")
        if "migrations" not in path.parts
    }
    assert len(sources) > 20
    names = set().union(*map(declared, sources.values()))
    found = {
        str(path.relative_to(settings.BASE_DIR)): bad
        for path, source in sources.items()
        if (bad := offences(source, names, is_lifecycle(path)))
    }
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "Case.objects.filter(pk=1).update(state='held')",
        "Case.objects.create(state='held')",
        "Case.objects.bulk_update(cases, ['state'])",
        "setattr(case, 'state', 'held')",
        "case.__dict__['state'] = 'held'",
        "case.to_held()",
    ],
)
def test_the_reading_finds(source):
    assert len(offences(source, {"to_held"})) == 1


def test_the_reading_lets_pass_what_is_allowed():
    assert offences("Case.objects.filter(state='held').update(place='x'); to_held(case)", {"to_held"}) == []
    assert offences("case.to_held()", {"to_held"}, lifecycle=True) == []
    assert offences("Case.objects.update(state='held')", lifecycle=True) == ["1: update(state=…)"]


def test_the_reading_knows_a_transition_when_it_sees_one():
    assert declared("class C:\n @transition('state')\n def to_held(self): ...\n def place(self): ...") == {"to_held"}
    assert declared("class C:\n @django_fsm.transition('state')\n def to_held(self): ...") == {"to_held"}
