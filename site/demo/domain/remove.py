"""Taking the sample township away: everything or, where real data refer to it, nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CASCADE, DO_NOTHING, PROTECT, RESTRICT, Field, ForeignKey, Model
from django.db.models.deletion import ProtectedError, RestrictedError
from django.utils.translation import gettext as _
from treebeard.mp_tree import MP_Node
from wagtail.admin.models import EditingSession
from wagtail.models import BaseLogEntry, Locale, PageSubscription, Site

from demo.models import SampleRow, SampleTownship
from suite.numbering.models import DocumentNumber

Keys = dict[type[Model], set[Any]]
AnyField = Field[Any, Any]
# A row, the field through which it refers to what goes (None: it lies below it in a tree), and what it refers to.
Reference = tuple[Model, AnyField | None, Model]
# Every row may point to these without being anybody's.
INFRASTRUCTURE = (ContentType, Group, Locale)
# Somebody had a sample page open or wants its mails: nothing they made.
TRANSIENT = (EditingSession, PageSubscription)


@dataclass(frozen=True)
class Blocker:
    """A real row that would be lost or damaged, and the sample row it hangs on."""

    row: Model
    field: AnyField | None
    sample: Model

    def __str__(self) -> str:
        return _("%(kind)s “%(row)s” (no. %(key)s) refers to %(sample_kind)s “%(sample)s”") % {
            "kind": self.row._meta.verbose_name,
            "row": self.row,
            "key": self.row.pk,
            "sample_kind": self.sample._meta.verbose_name,
            "sample": self.sample,
        }


class Removal:
    """Finds out what goes with the sample and what stands in the way.

    A row outside the sample goes with it when it only lives through the sample (Django would cascade to it, or all it
    refers to goes too) and no real person made or touched it. Anything else that refers to the sample blocks.
    """

    def __init__(self) -> None:
        self.keys: Keys = defaultdict(set)
        self.attached: list[Model] = []
        self.blockers: dict[tuple[type[Model], Any], Blocker] = {}
        kept_rows = list(SampleRow.objects.order_by("-pk").prefetch_related("content_type"))
        left_out = {kept.content_type.app_label for kept in kept_rows if kept.content_type.model_class() is None}
        if left_out:
            raise ValidationError(
                _(
                    "The plugins %(plugins)s made part of the sample and are left out now: put them back, delete, then "
                    "take them out."
                )
                % {"plugins": "、".join(sorted(left_out))},
                code="left_out",
            )
        rows = [kept.row for kept in kept_rows]
        # A row deleted by hand meanwhile leaves only its entry.
        self.sample = [row for row in rows if row is not None]
        self.user_model = get_user_model()
        self.find()

    def find(self) -> None:
        """Follow every reference to what goes, until nothing more goes along."""
        waiting = [new for row in self.sample for new in self.add(row)]
        while waiting:
            batch: Keys = defaultdict(set)
            for row in waiting:
                batch[type(row)].add(row.pk)
            found = [
                reference
                for model, keys in batch.items()
                for source in (self.referring, self.pointing, self.below)
                for reference in source(model, keys)
            ]
            # What blocked before may only have waited for a row that goes now.
            found += [(blocker.row, blocker.field, blocker.sample) for blocker in self.blockers.values()]
            self.blockers.clear()
            waiting = [new for reference in found for new in self.judge(*reference)]

    def add(self, row: Model) -> list[Model]:
        """Put a row and the other tables of the same object among what goes; returns what is new."""
        new = []
        for model in [type(row), *row._meta.all_parents]:
            if row.pk not in self.keys[model]:
                self.keys[model].add(row.pk)
                new.append(row if model is type(row) else model(pk=row.pk))
        return new

    def judge(self, row: Model, field: AnyField | None, target: Model) -> list[Model]:
        """Decide about one row that refers to `target` through `field` (None: it lies below it in a tree)."""
        if row.pk in self.keys[type(row)] or (type(row), row.pk) in self.blockers or stands_alone(row, field):
            return []
        if field is not None and self.goes_along(row, field):
            self.attached.append(row)
            return self.add(row)
        sample = type(target)._base_manager.get(pk=target.pk)
        self.blockers[type(row), row.pk] = Blocker(row, field, sample)
        return []

    def goes_along(self, row: Model, field: AnyField) -> bool:
        if isinstance(row, TRANSIENT) or (isinstance(row, DocumentNumber) and field.name == "series"):
            # Nobody can delete a number, so it must not block; and the register of a sample office holds no real one.
            return True
        if isinstance(row, Site) or self.real_person_made(row):
            return False
        on_delete = getattr(field.remote_field, "on_delete", CASCADE)
        if row._meta.auto_created:
            # The list on the sample row's own side goes with it; a real row that lists a sample row does not.
            owner: Any = row._meta.auto_created
            return issubclass(owner, related(field))
        if on_delete is CASCADE:
            return True
        return on_delete in (PROTECT, RESTRICT) and all(
            getattr(row, other.attname) is None
            or issubclass(related(other), INFRASTRUCTURE)
            or getattr(row, other.attname) in self.keys[related(other)]
            for other in row._meta.concrete_fields
            if isinstance(other, ForeignKey)
        )

    def real_person_made(self, row: Model) -> bool:
        """Whether somebody with a real account stands in the row or in the log about it."""
        samples = self.keys[self.user_model]
        for field in row._meta.concrete_fields:
            if isinstance(field, ForeignKey) and issubclass(related(field), self.user_model):
                who = getattr(row, field.attname)
                if who is not None and who not in samples:
                    return True
        return any(
            log.objects.filter(**about, user__isnull=False).exclude(user__in=samples).exists()
            for log, about in logs_about(row)
        )

    def referring(self, model: type[Model], keys: set[Any]) -> Iterator[Reference]:
        """Rows with a foreign key to the given rows."""
        relation: Any
        for relation in model._meta.get_fields(include_hidden=True):
            if not (relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)):
                continue
            field, other = relation.field, relation.related_model
            if (
                issubclass(other, BaseLogEntry)
                or other is SampleRow
                or not has_table(other)
                or relation.on_delete is DO_NOTHING
            ):
                continue
            if getattr(field.remote_field, "parent_link", False):
                continue  # the same object's other table: added with it
            for row in other._base_manager.filter(**{f"{field.name}__in": keys}):
                yield row, field, model(pk=getattr(row, field.attname))

    def pointing(self, model: type[Model], keys: set[Any]) -> Iterator[Reference]:
        """Rows with a generic foreign key to the given rows: revisions, workflow states, due dates."""
        if model._meta.auto_created:
            return  # the table of a many-to-many field has no content type, and must not get one
        kind = ContentType.objects.get_for_model(model)
        for other in apps.get_models():
            if other is SampleRow or issubclass(other, BaseLogEntry) or not has_table(other):
                continue
            for generic in other._meta.private_fields:
                if isinstance(generic, GenericForeignKey) and generic.model is other:
                    where = {generic.ct_field: kind, f"{generic.fk_field}__in": held(other, generic.fk_field, keys)}
                    field = other._meta.get_field(generic.ct_field)
                    for row in other._base_manager.filter(**where):
                        yield row, field, model(pk=getattr(row, generic.fk_field))

    def below(self, model: type[Model], keys: set[Any]) -> Iterator[Reference]:
        """Pages and collections below the given ones: deleting a node deletes what is below it."""
        if not issubclass(model, MP_Node):
            return
        node: Any
        for node in model._base_manager.filter(pk__in=keys):
            for child in node.get_children():
                yield child, None, node


def stands_alone(row: Model, field: AnyField | None) -> bool:
    """A number of a real series stays, without the sample page or account it named: nobody could take it away."""
    return isinstance(row, DocumentNumber) and field is not None and field.name != "series"


def has_table(model: type[Model]) -> bool:
    """Whether a model has rows of its own: not a proxy, not a view of other tables."""
    return model._meta.managed and not model._meta.proxy


def related(field: AnyField) -> type[Model]:
    """The model a foreign key points to."""
    model: Any = field.related_model
    return model


def held(model: type[Model], name: str, keys: set[Any]) -> list[Any]:
    """The keys as a model's column holds them; a key of another type (a UUID for a number) it cannot hold."""
    found: list[Any] = []
    column: Any = model._meta.get_field(name)
    for key in keys:
        with suppress(ValidationError):
            found.append(column.to_python(str(key)))
    return found


def logs_about(row: Model) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The log tables, each with the condition that picks the entries about a row."""
    if row._meta.auto_created:
        return
    for log in apps.get_models():
        if not issubclass(log, BaseLogEntry) or not has_table(log):
            continue
        names = {field.name for field in log._meta.concrete_fields}
        if "object_id" in names:
            yield log, {"content_type": ContentType.objects.get_for_model(row), "object_id": str(row.pk)}
        elif "page" in names and hasattr(row, "get_descendants") and "depth" in {f.name for f in row._meta.fields}:
            yield log, {"page": row.pk}


def delete_all(rows: Iterable[Model], progress: Callable[[int, int], None]) -> None:
    """Delete rows in an order the foreign keys allow; rows that already went with another one are passed over."""
    waiting = list(rows)
    of, done = len(waiting), 0
    while waiting:
        later = []
        for row in waiting:
            fresh = type(row)._base_manager.filter(pk=row.pk).first()
            try:
                if fresh is not None:
                    fresh.delete()
            except (ProtectedError, RestrictedError):
                later.append(row)
                continue
            done += 1
            progress(done, of)
        if len(later) == len(waiting):
            raise ValidationError(
                _("These rows hold each other and cannot be deleted: %(rows)s.") % {"rows": "、".join(map(str, later))}
            )
        waiting = later


@transaction.atomic
def remove(progress: Callable[[int, int], None] = lambda done, of: None) -> int:
    """Take the sample township away and return how many rows went; the log stays.

    Raises ValidationError (nothing is deleted then) that lists the real rows that refer to the sample.
    """
    if not SampleTownship.objects.exists():
        raise ValidationError(_("There is no sample township here."), code="missing")
    removal = Removal()
    if removal.blockers:
        raise ValidationError(
            [
                ValidationError(
                    _(
                        "Nothing was deleted: %(count)s real rows refer to the sample. Delete or change them first; "
                        "with a page go its versions and its way through the workflow:"
                    )
                    % {"count": len(removal.blockers)}
                ),
                *(ValidationError(str(blocker)) for blocker in removal.blockers.values()),
            ]
        )
    rows = [*reversed(removal.attached), *removal.sample]
    delete_all(rows, progress)
    SampleRow.objects.all().delete()
    SampleTownship.objects.all().delete()
    return len(rows)
