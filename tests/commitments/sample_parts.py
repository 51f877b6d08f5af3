"""The sample township as far as commitments need it: the other plugins' pages take seconds."""

import pytest
from wagtail import hooks

from demo.domain.build import build

PARTS = ("organisation.", "suite.theme.", "suite.numbering.", "commitments.")


def build_parts():
    with pytest.MonkeyPatch.context() as patch:
        hooks.search_for_hooks()
        builders = [one for one in hooks._hooks["build_demo"] if one[0].__module__.startswith(PARTS)]
        patch.setitem(hooks._hooks, "build_demo", builders)
        return build()
