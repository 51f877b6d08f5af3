"""The dry run: what a file would create, change and leave alone, and what stands in the way. Writes nothing."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.admin.models import EditingSession
from wagtail.models import WorkflowState

from guides.models import GuideIndexPage, GuidePage
from suite.publishing.permissions import user_can_edit
from suite.registers.workbook.reading import Problem

from .columns import ITEMS
from .items import Item, differences, drafts, heading, item_of

CREATE, CHANGE, SAME = "create", "change", "same"
# SQLite takes so many values in one question.
_AT_ONCE = 500


@dataclass(frozen=True)
class Step:
    """What becomes of one item. ``names``: columns and parts that change; ``remarks``: what to know before; ``base``:
    the fingerprint of what it was compared with; ``place``: where it stands in the file."""

    key: str
    title: str
    action: str
    place: str
    names: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    page: int | None = None
    base: str = ""

    @property
    def headings(self) -> list[str]:
        """The changed columns and parts as the workbook calls them."""
        return [heading(name) for name in self.names]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Plan:
    """``steps`` in the order in which they are written; ``left_alone``: guides that the file does not name."""

    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_alone: int = 0

    def count(self, action: str) -> int:
        return sum(step.action == action for step in self.steps)


def plan_import(items: list[Item], user: Any, progress: Callable[[int], object] = lambda items: None) -> Plan:
    """What importing these items would do. ``user``: who imports, None for the administrator at the command line;
    ``progress``: called with the number of items compared."""
    found = Plan()
    ordered, circle = in_order(items)
    for item in circle:
        found.problems.append(
            Problem(_place(item), _("the items replace one another in a circle: leave “由哪个事项代替” empty in one"))
        )
    slugs = dict(GuidePage.objects.values_list("pk", "slug"))
    known = {*slugs.values(), *(item.key for item in items)}
    for item in items:
        target = item.values["replaced_by"]
        if target and target not in known:
            found.problems.append(
                Problem(_place(item), _("“由哪个事项代替”: there is no item “%(key)s”") % {"key": target})
            )
    for start in range(0, len(ordered), _AT_ONCE):
        _compare(ordered[start : start + _AT_ONCE], slugs, user, found, progress)
    if found.count(CREATE):
        found.problems += _no_room(user)
    found.left_alone = len(slugs) - sum(step.action != CREATE for step in found.steps)
    return found


def in_order(items: Iterable[Item]) -> tuple[list[Item], list[Item]]:
    """The items so that each comes after the one that replaces it; and those that replace one another in a circle."""
    waiting = {item.key: item for item in items}
    ordered: list[Item] = []
    while waiting:
        free = [item for item in waiting.values() if item.values["replaced_by"] not in waiting]
        if not free:
            return ordered, list(waiting.values())
        ordered += free
        for item in free:
            del waiting[item.key]
    return ordered, []


def home() -> GuideIndexPage | None:
    """Where new guides go: the first index of guides."""
    return GuideIndexPage.objects.order_by("path").first()


def _no_room(user: Any) -> list[Problem]:
    index = home()
    if index is not None and user is not None and not index.permissions_for_user(user).can_add_subpage():
        return [Problem("", _("You may not write new guides: ask an editor to import the file."))]
    if index is None:
        return [
            Problem("", _("There is no page “Service guides” yet: create one below the home page, then import again."))
        ]
    return []


def _compare(
    items: list[Item], slugs: dict[int, str], user: Any, found: Plan, progress: Callable[[int], object]
) -> None:
    guides = GuidePage.objects.filter(slug__in=[item.key for item in items])
    there = {guide.slug: (guide, draft) for guide, draft in drafts(guides)}
    pages = [str(guide.pk) for guide, _draft in there.values()]
    busy = _being_edited(pages, user)
    waiting = {
        int(state.object_id): state.current_task_state.task.name
        for state in WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
        .filter(object_id__in=pages, content_type=ContentType.objects.get_for_model(GuidePage))
        .select_related("current_task_state__task")
        if state.current_task_state
    }
    for item in items:
        progress(1)
        if item.key not in there:
            found.steps.append(Step(item.key, item.values["title"], CREATE, _place(item)))
            continue
        guide, draft = there[item.key]
        now = item_of(draft, slugs)
        names = differences(now, item)
        remarks: list[str] = []
        if names:
            remarks, hindrance = _remarks(guide, user, waiting.get(guide.pk, ""), busy.get(guide.pk, []))
            if hindrance:
                found.problems.append(Problem(_place(item), hindrance))
        found.steps.append(
            Step(
                item.key,
                item.values["title"],
                CHANGE if names else SAME,
                _place(item),
                names,
                remarks,
                guide.pk,
                now.fingerprint(),
            )
        )


def _remarks(guide: GuidePage, user: Any, stage: str, editors: list[str]) -> tuple[list[str], str]:
    """What to know before this guide is changed, and why it may not be, '' where it may. ``stage``: of the workflow,
    at which it waits."""
    remarks = []
    if user is not None and not user_can_edit(user, guide):
        if stage:
            return [], _(
                "“%(title)s” is waiting for “%(task)s” and locked meanwhile: withdraw it first, or take its rows out"
            ) % {"title": guide.title, "task": stage}
        return [], _("“%(title)s” is locked, or not yours to edit: ask whoever locked it, or take its rows out") % {
            "title": guide.title
        }
    if stage:
        remarks.append(_("It is waiting for “%(task)s”: after the import it is checked again.") % {"task": stage})
    if editors:
        remarks.append(
            _("%(people)s has it open in the editor: what is typed there now would be written over this.")
            % {"people": "、".join(editors)}
        )
    if guide.live:
        remarks.append(_("It is public: the public version stays until the new one is checked and approved."))
    return remarks, ""


def _being_edited(pages: list[str], user: Any) -> dict[int, list[str]]:
    """Names of those who have a page open in the editor now, by page."""
    sessions = EditingSession.objects.available().filter(
        Q(content_type__model="guidepage") | Q(content_type__model="page"), object_id__in=pages
    )
    if user is not None:
        sessions = sessions.exclude(user=user)
    found: dict[int, list[str]] = {}
    for session in sessions.select_related("user"):
        found.setdefault(int(session.object_id), []).append(session.user.get_full_name() or session.user.username)
    return found


def _place(item: Item) -> str:
    return f"{ITEMS.title}!A{item.row}"
