"""Drafts that name what was deleted since: only what is saved in the tables keeps a row from being deleted."""

from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations


def without_dangling(model: type[models.Model], data: dict[str, Any]) -> dict[str, Any]:
    """A draft's data without keys of rows that are gone: emptied, or the row that cannot be without it left out.

    Concerns keys with PROTECT and RESTRICT, at which modelcluster gives up; it sees to the others itself.
    """
    kept = {**data, **_gone(model, data)}
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        child = relation.related_model
        rows = [(row, _gone(child, row)) for row in kept.get(name) or []]
        required = {field.name for field in child._meta.fields if not field.null}
        if name in kept:
            kept[name] = [{**row, **gone} for row, gone in rows if not required & set(gone)]
    return kept


def _gone(model: type[models.Model], row: dict[str, Any]) -> dict[str, None]:
    """The protected keys of ``row`` that lead nowhere, emptied."""
    return {
        field.name: None
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete in (models.PROTECT, models.RESTRICT)
        and row.get(field.name) is not None
        and not field.related_model._default_manager.filter(**{field.target_field.name: row[field.name]}).exists()
    }
