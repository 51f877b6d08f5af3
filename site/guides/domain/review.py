"""Everything the editor is told about a guide while writing it: what publishing still asks for, and advice."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from suite.publishing.domain.content_checks import problems

from .advice import Advice, advice
from .paths import LongestPath, longest_paths
from .renumbered import renumbered

if TYPE_CHECKING:
    from guides.models import GuidePage


@dataclass(frozen=True)
class Missing:
    """What keeps the guide from being handed on. ``field``: of the form, '' for the whole page."""

    field: str
    place: str
    message: str


@dataclass(frozen=True)
class Review:
    paths: list[LongestPath]
    missing: list[Missing]
    advice: list[Advice]


def review(guide: "GuidePage") -> Review:
    """The guide as it stands in memory; nothing is written."""
    missing = [
        Missing(problem.field or "", _name(guide, problem.field), str(problem.message))
        for problem in problems(guide, submitting=True)
    ]
    return Review(longest_paths(guide), missing, [*renumbered(guide), *advice(guide)])


def _name(guide: "GuidePage", field: str | None) -> str:
    """A field as the form names it."""
    if not field:
        return ""
    found = guide._meta.get_field(field)
    return str(getattr(found, "verbose_name", "") or found.related_model._meta.verbose_name_plural)
