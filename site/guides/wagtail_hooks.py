"""What guides give to the suite: checks at publish, ways in, kinds to search, paper, admin screens."""

from collections.abc import Iterator
from typing import Any

from wagtail import hooks

from suite.publishing import PublishProblem

from .domain.checks import problems
from .models import GuidePage


@hooks.register("publish_checks")
def guide_is_complete(page: Any) -> Iterator[PublishProblem]:
    """Requirement E: every element is there, and none contradicts another."""
    if isinstance(page, GuidePage):
        yield from problems(page)
