"""Is the content of a page fit for the public? Asked at submission, at each stage, and by the gate."""

from collections.abc import Iterator

from wagtail.models import Page

from suite import privacy
from suite.hooks import collect
from suite.publishing import PublicationRefused, PublishProblem


def problems(page: Page) -> Iterator[PublishProblem]:
    """Everything that has to be mended in the content of `page`: personal numbers, then what plugins say."""
    for finding in privacy.find_in_page(page):
        yield PublishProblem(finding.field, finding.message)
    yield from collect("publish_checks", page)


def require_fit(page: Page) -> None:
    """Raise `PublicationRefused` naming every problem of `page`."""
    found = list(problems(page))
    if found:
        raise PublicationRefused.for_problems(found, page)
