"""From an accepted note or article to a page in the editorial workflow, when its author wishes it, and back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.models import WorkflowState

from suite import audit
from suite.privacy import require_public
from suite.publishing.domain import withdraw
from suite.state import locked
from training.domain.writings.people import is_own
from training.domain.writings.texts import as_blocks
from training.enums import WritingState
from training.models import StudyIndexPage, StudyPage, Writing


@transaction.atomic
def wish(writing: Writing, user: Any) -> Writing:
    """Wish that it be published; what was accepted goes to the editors now, the rest when it is accepted.

    Raises ValidationError for somebody else's, and for a text with personal numbers.
    """
    writing = locked(writing)
    _require_own(writing, user)
    require_public({"title": writing.title, "text": writing.text})
    if not writing.publish:
        writing.publish = True
        writing.save(update_fields=["publish"])
        audit.record(writing, "training.wish_publication", user)
    if writing.state == WritingState.ACCEPTED:
        draft_page(writing, user)
    return writing


@transaction.atomic
def withdraw_wish(writing: Writing, user: Any) -> Writing:
    """Take the wish back; a page that nobody has published yet goes with it. Raises ValidationError once it is live."""
    writing = locked(writing)
    _require_own(writing, user)
    if writing.pages.filter(live=True).exists():
        raise ValidationError(_("It is published already: ask an editor to take the page down."))
    writing.publish = False
    writing.save(update_fields=["publish"])
    for page in writing.pages.all():
        state = page.current_workflow_state
        if state and state.status in (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES):
            withdraw(page, user or writing.person.user)
        DeletePageAction(page, user).execute(skip_permission_checks=True)
    audit.record(writing, "training.withdraw_wish", user)
    return writing


@transaction.atomic
def turned_down(writing: Writing) -> None:
    """An editor deleted the page: it is not drafted again, and its author reads that it is not going to be published.

    Nothing where the author took the wish back, which deletes the page too.
    """
    writing = locked(writing)
    if writing.publish:
        writing.publish = False
        writing.save(update_fields=["publish"])
        audit.record(writing, "training.turn_down_publication", None)


def draft_page(writing: Writing, user: Any) -> StudyPage | None:
    """The writing as a draft page, its author the page's author, so that two others have to pass it.

    None while there is no section for such pages: `draft_waiting` makes up for it. Call it in a transaction.
    """
    if page := writing.pages.first():
        return page
    section = StudyIndexPage.objects.order_by("-live", "path").first()
    if section is None:
        return None
    page = StudyPage(
        title=writing.title,
        writing=writing,
        author=writing.person,
        unit=writing.unit,
        kind=writing.kind,
        year=writing.year,
        body=as_blocks(writing.text),
        owner=writing.person.user,
    )
    section.add_child(instance=page)
    page.save_revision(user=writing.person.user, log_action=True)
    audit.record(writing, "training.draft_study_page", user, page=page.title)
    return page


@transaction.atomic
def draft_waiting() -> int:
    """Draft the pages of what was accepted while there was no section; returns how many."""
    waiting = Writing.objects.select_for_update().filter(state=WritingState.ACCEPTED, publish=True, pages=None)
    return sum(draft_page(writing, None) is not None for writing in waiting)


def _require_own(writing: Writing, user: Any) -> None:
    if user is not None and not is_own(user, writing):
        raise ValidationError(
            _("%(person)s wrote this and decides whether it is published.") % {"person": writing.person}
        )
