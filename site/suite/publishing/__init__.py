"""The one gate to publication and the editorial workflow 编辑 → 核稿 → 审批 in front of it.

Every published page type inherits `suite.publishing.models.PublishedPage`; code publishes only through
`suite.publishing.domain`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.functional import Promise


@dataclass(frozen=True)
class PublishProblem:
    """Why a page's content may not be published, answered by the hook ``publish_checks(page)``.

    ``field`` is the name of the field to mend, or None for the page as a whole; ``message`` says what to do.
    ``by_checker``: not the authors but those who check can mend it, so it does not hold up a submission.
    """

    field: str | None
    message: str | Promise
    by_checker: bool = False


class PublicationRefused(ValidationError):
    """The gate's no. Its messages are made for the person who tried.

    Arguments: ``reason``, one message or a dict of field names to messages; ``page``, what was to be published.
    It always has a ``message_dict``, which Wagtail's admin API reads.
    """

    def __init__(self, reason: str | Promise | dict[str, Any], page: Any = None):
        super().__init__(reason if isinstance(reason, dict) else {NON_FIELD_ERRORS: [reason]})
        self.page = page

    @classmethod
    def for_problems(cls, problems: Iterable[PublishProblem], page: Any = None) -> "PublicationRefused":
        """A refusal that names every problem at its field."""
        by_field: dict[str, list[str | Promise]] = {}
        for problem in problems:
            by_field.setdefault(problem.field or NON_FIELD_ERRORS, []).append(problem.message)
        return cls(by_field, page)

    @property
    def reason(self) -> str:
        """All messages in one line."""
        return " ".join(self.messages)

    def __str__(self) -> str:
        return self.reason
