"""What study notes and articles give to the suite: log, desk, screens, papers, search, pages that follow."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from printing import Printable
from search.kinds import SearchKind
from suite import audit
from suite.desk import DeskItem, DeskLink
from suite.periodic import PeriodicJob
from suite.permissions import PermissionRow
from training.domain.lifecycle.study_pages import draft_waiting
from training.domain.writings import reminders
from training.domain.writings.papers import STUDY_PAGE, WRITING
from training.domain.writings.queries import user_can_decide, wishes_without_page
from training.domain.writings.waiting import editing, reading, running, writing
from training.models import StudyIndexPage, StudyPage
from training.permissions import user_can_learn, user_can_run
from training.urls import writings as addresses

# No texts: the log is read by more people than may read a writing.
_CHANGE = _("%(before)s → %(after)s")
audit.declare("training.begin_writing", _("Begin a note or an article"), _("Begun"))
audit.declare("training.import_writing", _("Take a text from Word"), _("Text taken from the Word file %(file)s"))
audit.declare("training.hand_in_writing", _("Hand in a note or an article"), _("Handed in, %(characters)s characters"))
audit.declare("training.take_back_writing", _("Take a note or an article back"), _CHANGE)
audit.declare("training.discard_writing", _("Delete a note or an article"), _("Deleted before it was handed in"))
audit.declare("training.comment_writing", _("Comment a note or an article"), _("Commented"))
audit.declare("training.return_writing", _("Return a note or an article"), _CHANGE)
audit.declare("training.accept_writing", _("Accept a note or an article"), _CHANGE)
audit.declare("training.wish_publication", _("Wish a publication"), _("The author wishes to see it published"))
audit.declare("training.withdraw_wish", _("Withdraw the wish to publish"), _("Not to be published"))
audit.declare(
    "training.turn_down_publication",
    _("Delete the page of a note or an article"),
    _("The editors deleted the page: not to be published"),
)
audit.declare("training.draft_study_page", _("Draft the page of a note or an article"), _("Drafted: %(page)s"))
audit.declare("training.release_from_writing", _("Let off from writing"), _("Need not write this year"))
audit.declare("training.ask_for_writing_again", _("Ask for notes and articles again"), _("Asked again"))

_OTHERS = {
    "training_writings_waiting": user_can_decide,
    "training_writings_read": user_can_decide,
    "training_writings_owing": user_can_run,
    "training_writings_owing_file": user_can_run,
    "training_writings_release": user_can_run,
}


@hooks.register("register_urls")
def writing_addresses() -> list[URLResolver]:
    return [path("desk/training/writings/", include("training.urls.writings"))]


@hooks.register("permission_rows")
def writing_rows() -> list[PermissionRow]:
    names = [str(one.name) for one in addresses.urlpatterns]
    return [PermissionRow(name, _OTHERS.get(name, user_can_learn)) for name in names]


@hooks.register("desk_items")
def what_waits(user: Any) -> Iterator[DeskItem]:
    """For authors, for who accepts, for editors, for the office."""
    if user_can_learn(user):
        yield from writing(user)
    if user_can_decide(user):
        yield from reading(user)
    if user_can_run(user):
        yield from running()
    yield from editing(user)


@hooks.register("training_ways")
def ways(user: Any) -> Iterator[DeskLink]:
    """To one's notes and articles."""
    if user_can_learn(user):
        yield DeskLink(_("My study notes and articles"), reverse("training_writings_own"), 40)


@hooks.register("register_printables")
def papers() -> list[Printable]:
    return [WRITING, STUDY_PAGE]


@hooks.register("search_kinds")
def search_kinds() -> list[SearchKind]:
    return [SearchKind("study", _("note or article"), StudyPage)]


@hooks.register("periodic_jobs")
def pages_that_were_waited_for(now: datetime.datetime) -> Iterator[PeriodicJob]:
    """What was accepted before there was a section becomes a draft once there is one."""
    if StudyIndexPage.objects.exists() and wishes_without_page().exists():
        key = f"training.study_pages:{timezone.localtime(now):%Y-%m-%d %H:%M}"
        yield PeriodicJob(key, draft_waiting, _("Drafting the pages of accepted notes and articles"))


@hooks.register("periodic_jobs")
def mails(now: datetime.datetime) -> Iterator[PeriodicJob]:
    """Who owes one hears of it twice a year, who lets others wait once for each day's writings."""
    yield from reminders.jobs(now)
