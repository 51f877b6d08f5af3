"""Is the content of a page fit for the public? Asked at submission, at each stage, and by the gate."""

from collections.abc import Iterator

from wagtail.models import Page

from suite import privacy
from suite.hooks import collect
from suite.publishing import PublicationRefused, PublishProblem


def problems(page: Page, submitting: bool = False) -> Iterator[PublishProblem]:
    """Everything that has to be mended in the content of `page`: personal numbers, then what plugins say.

    ``submitting``: leave out what only those can mend to whom the page is handed on.
    """
    for finding in privacy.find_in_page(page):
        yield PublishProblem(finding.field, finding.message)
    for problem in collect("publish_checks", page):
        if not (submitting and problem.by_checker):
            yield problem


def require_fit(page: Page, submitting: bool = False) -> None:
    """Raise `PublicationRefused` naming every problem of `page`; arguments as `problems` has them."""
    found = list(problems(page, submitting))
    if found:
        raise PublicationRefused.for_problems(found, page)
