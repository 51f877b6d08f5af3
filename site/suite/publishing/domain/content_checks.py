"""Is the content of a page fit for the public? Asked at submission, at each stage, and by the gate."""

from collections.abc import Iterator
from typing import Any

from wagtail.models import Page

from suite import privacy
from suite.hooks import collect
from suite.publishing import PublicationRefused, PublishProblem


def problems(page: Page, submitting: bool = False) -> Iterator[PublishProblem]:
    """Everything that has to be mended in the content of `page`, in the order of its form; the whole page's last.

    Of one field personal numbers come first, then what plugins say. ``submitting``: leave out what only those can mend
    to whom the page is handed on.
    """
    found = [PublishProblem(finding.field, finding.message) for finding in privacy.find_in_page(page)]
    found += [problem for problem in collect("publish_checks", page) if not (submitting and problem.by_checker)]
    place = {name: number for number, name in enumerate(_form_order(page.get_edit_handler()))}
    yield from sorted(found, key=lambda problem: place.get(problem.field or "", len(place)))


def _form_order(panel: Any) -> Iterator[str]:
    """The fields and rows of a form, from the first to the last."""
    if name := getattr(panel, "field_name", "") or getattr(panel, "relation_name", ""):
        yield name
    for child in getattr(panel, "children", ()):
        yield from _form_order(child)


def require_fit(page: Page, submitting: bool = False) -> None:
    """Raise `PublicationRefused` naming every problem of `page`; arguments as `problems` has them."""
    found = list(problems(page, submitting))
    if found:
        raise PublicationRefused.for_problems(found, page)
