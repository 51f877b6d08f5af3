"""Writes the items of a dry run as drafts; nothing goes live here.

The whole file is read and compared before the first item is written. It is then written in portions, not in one
transaction: three hundred pages take some ten seconds, and SQLite has one writer, so everybody else's forms would fail
meanwhile. Each item is written whole or not at all, and the same file imported again goes on where the first run
stopped: what is there already is “unchanged”.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from guides.models import GuidePage
from search.batch import PORTION, batched, let_others_write
from suite import audit
from suite.publishing.permissions import user_can_edit

from .items import FIELDS, Item, apply, item_of
from .planning import CHANGE, CREATE, Plan, Step, home

Pair = tuple[Step, Item]
# Written, then found by the search and by reports of use, before the next ones: so progress tells the truth.
BATCH = 40


@dataclass(frozen=True)
class Refused:
    """An item that was not written, and why."""

    key: str
    title: str
    reason: str


def to_write(plan: Plan, items: Iterable[Item]) -> list[Pair]:
    """What has to be written, in order. Raises ValidationError while there are problems."""
    if plan.problems:
        raise ValidationError([f"{one.place} {one.message}".strip() for one in plan.problems])
    by_key = {item.key: item for item in items}
    return [(step, by_key[step.key]) for step in plan.steps if step.action in (CREATE, CHANGE)]


def import_items(
    plan: Plan, items: list[Item], user: Any, file_name: str, progress: Callable[[int], object] = lambda items: None
) -> list[Refused]:
    """Write all of a plan, in portions; returns the items that were changed by somebody since the dry run.

    Arguments: ``user``, who imports, None at the command line; ``progress``, called with the number of items written.
    Raises ValidationError, before anything is written, for a plan with problems.
    """
    pairs = iter(to_write(plan, items))
    refused: list[Refused] = []
    while batch := list(islice(pairs, BATCH)):
        with batched():
            for portion in portions(batch):
                with transaction.atomic():
                    refused += write(portion, user)
                progress(len(portion))
                let_others_write()
    record(file_name, plan.count(CREATE), plan.count(CHANGE), len(refused), user)
    return refused


def portions(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    """So many items as one transaction may hold others up for."""
    rest = iter(pairs)
    while portion := list(islice(rest, PORTION)):
        yield portion


def write(portion: Iterable[Pair], user: Any) -> Iterator[Refused]:
    """Write some items, each whole or not at all, inside the caller's transaction; gives those that were not."""
    for step, item in portion:
        try:
            with transaction.atomic():
                _write_one(step, item, user)
        except ValidationError as error:
            yield Refused(step.key, step.title, " ".join(error.messages))


def record(file_name: str, created: int, changed: int, refused: int, user: Any) -> None:
    """Write into the log that a file was imported."""
    index = home()
    if index is not None:
        audit.record(index, "guides.import", user, file=file_name, created=created, changed=changed, refused=refused)


def _write_one(step: Step, item: Item, user: Any) -> None:
    if step.action == CREATE:
        _create(item, user)
        return
    guide = GuidePage.objects.select_for_update().filter(pk=step.page).first()
    if guide is None:
        raise ValidationError(_("It was deleted since the dry run: read the file again."))
    slugs = dict(GuidePage.objects.values_list("pk", "slug"))
    draft = guide.get_latest_revision_as_object()
    if item_of(draft, slugs).fingerprint() != step.base:
        raise ValidationError(_("Somebody changed it since the dry run: read the file again."))
    if user is not None and not user_can_edit(user, guide):
        raise ValidationError(_("It was locked since the dry run: read the file again when it is free."))
    apply(item, draft, step.names, _replacing(item))
    draft.save_revision(user=user, log_action=True)


def _create(item: Item, user: Any) -> None:
    index = home()
    if index is None or GuidePage.objects.filter(slug=item.key).exists():
        raise ValidationError(_("Somebody wrote it since the dry run: read the file again."))
    guide = GuidePage(slug=item.key, title=item.values["title"], owner=user)
    names = [column.name for column in FIELDS] + list(item.parts)
    apply(item, guide, names, _replacing(item))
    index.add_child(instance=guide)
    guide.save_revision(user=user, log_action=True)


def _replacing(item: Item) -> int | None:
    key = item.values["replaced_by"]
    if not key:
        return None
    found = GuidePage.objects.filter(slug=key).values_list("pk", flat=True).first()
    if found is None:
        raise ValidationError(
            _("The item “%(key)s”, which is to replace it, was not written: mend that first.") % {"key": key}
        )
    return found
