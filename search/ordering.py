"""Hits in an order that the index does not know: what counts now before what it replaced."""

from collections.abc import Mapping
from typing import Any, overload

from django.db.models import Model, QuerySet


class InOrder:
    """Objects of a queryset in the order of ``keys``; only the part that is asked for is read."""

    def __init__(self, queryset: QuerySet[Any], keys: list[Any]) -> None:
        self.queryset, self.keys = queryset, keys

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, part: int) -> Model: ...
    @overload
    def __getitem__(self, part: slice) -> list[Model]: ...
    def __getitem__(self, part: int | slice) -> Model | list[Model]:
        wanted = self.keys[part] if isinstance(part, slice) else [self.keys[part]]
        found = {obj.pk: obj for obj in self.queryset.order_by().filter(pk__in=wanted)}
        objects = [found[key] for key in wanted if key in found]
        return objects if isinstance(part, slice) else objects[0]


def successors_first(keys: list[Any], after: Mapping[Any, Any]) -> list[Any]:
    """The keys with each key's successor before it, if it is among them; all others keep their order."""
    among, seen, ordered = set(keys), set(), []

    def put(key: Any) -> None:
        seen.add(key)
        successor = after.get(key)
        if successor in among and successor not in seen:
            put(successor)
        ordered.append(key)

    for key in keys:
        if key not in seen:
            put(key)
    return ordered
