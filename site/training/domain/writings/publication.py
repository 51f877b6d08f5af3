"""Where the publication of a note or an article stands, told to its author (requirement Q: published on wish)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import WorkflowState

from training.enums import WritingState
from training.models import StudyPage, Writing


@dataclass(frozen=True)
class Publication:
    """``said``, where it stands, in a sentence; ``short``, in a word or two; ``page`` once everybody reads it."""

    short: str
    said: str
    page: StudyPage | None = None


def publication(writing: Writing) -> Publication | None:
    """Where it stands; None where the author does not wish it. Asks for the page alone where ``pages`` is fetched."""
    if not writing.publish:
        return None
    if page := next(iter(writing.pages.all()), None):
        return _of_page(page)
    if writing.state == WritingState.ACCEPTED:
        said = _("It waits for the editors to make a section for it.")
        return Publication(pgettext("writing", "with the editors"), said)
    return Publication(pgettext("writing", "to be published"), _("It goes to the editors once it is accepted."))


def _of_page(page: StudyPage) -> Publication:
    if page.live:
        return Publication(pgettext("writing", "published"), _("It is published:"), page)
    if state := page.current_workflow_state:
        stage = state.current_task_state
        if state.status == WorkflowState.STATUS_IN_PROGRESS:
            said = _("It is being checked: %(task)s.") % {"task": stage.task.name}
            return Publication(pgettext("writing", "being checked"), said)
        said = _("The check sent it back to the editors: %(remark)s") % {"remark": stage.comment}
    elif page.first_published_at is not None:
        said = _("An editor took the page down: ask why, or do not publish it.")
        return Publication(pgettext("writing", "taken down"), said)
    else:
        said = _("The editors have it: one of them looks it through and hands it in, then two others check it.")
    return Publication(pgettext("writing", "with the editors"), said)
