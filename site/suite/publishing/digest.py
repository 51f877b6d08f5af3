"""What of a page counts as its content, and the fingerprint of that content.

A clearance is given to content, not to a revision's number: Wagtail's autosave overwrites a revision in place.
"""

import hashlib
import json
import re
from collections.abc import Collection
from functools import cache
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page

# The fields of Wagtail's own page that readers get to see, or that decide when they see it.
PAGE_CONTENT = {"title", "slug", "seo_title", "search_description", "show_in_menus", "go_live_at", "expire_at"}


def bookkeeping(model: type[Model]) -> frozenset[str]:
    """Names (and column names) of the fields of `model` that are no content: tree, state, locks, comments."""
    return _bookkeeping(model._meta.label)


@cache
def _bookkeeping(label: str) -> frozenset[str]:
    model = apps.get_model(label)
    names = {"pk", COMMENTS_RELATION_NAME}
    page_fields = {field.name for field in Page._meta.get_fields()} - PAGE_CONTENT
    for field in model._meta.get_fields():
        is_link = getattr(field.remote_field, "parent_link", False)
        if field.name in page_fields or is_link or _sets_itself(field):
            names |= {field.name, getattr(field, "attname", field.name)}
    return frozenset(names)


def _sets_itself(field: Any) -> bool:
    return bool(getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False))


def content_of(page: Page, without: Collection[str] = ()) -> dict[str, Any]:
    """The content of `page` as plain JSON values; ``without`` names further fields to leave out."""
    for field in page._meta.fields:
        if isinstance(field, StreamField):
            # Blocks complete their values when they are first looked at: look at them all, so that it is always done.
            list(getattr(page, field.name))
    plain = json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder))
    left_out = bookkeeping(type(page)) | set(without)
    return _canonical(type(page), plain, left_out)


def digest(page: Page, without: Collection[str] = ()) -> str:
    """SHA-256 of the content of `page`, in hexadecimal; the same before and after saving and publishing."""
    text = json.dumps(content_of(page, without), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(model: type[Model], data: dict[str, Any], drop: Collection[str]) -> dict[str, Any]:
    relations = {relation.get_accessor_name(): relation for relation in get_all_child_relations(model)}
    streams = {field.name for field in model._meta.fields if isinstance(field, StreamField)}
    content: dict[str, Any] = {}
    for name, value in data.items():
        if name in drop:
            continue
        if name in relations:
            content[name] = _rows(relations[name], value)
        elif name in streams and isinstance(value, str):
            content[name] = _without_random_keys(json.loads(value or "[]"))
        else:
            content[name] = _without_random_keys(value)
    return content


def _rows(relation: Any, rows: list[dict[str, Any]]) -> list[Any]:
    """Child rows in the readers' order: the rows get their keys only when the page goes live, and their numbers only
    when the editor has shown them."""
    model = relation.related_model
    order = getattr(model, "sort_order_field", None)
    ties = {"pk", relation.field.name, "translation_key", "locale", order}
    ties |= {field.name for field in model._meta.fields if _sets_itself(field)}
    plain = [_canonical(model, row, ties) for row in rows]
    if order is None:
        return sorted(plain, key=_text)
    numbers = [row[order] if row[order] is not None else len(rows) for row in rows]
    return [plain[place] for place in sorted(range(len(rows)), key=numbers.__getitem__)]


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _without_random_keys(value: Any) -> Any:
    """What opening a page in the editor and saving it adds by itself is no content: a random id for each block, a key
    for each paragraph, an empty paragraph where there was nothing."""
    if isinstance(value, list):
        return [_without_random_keys(item) for item in value]
    if isinstance(value, dict):
        is_block = value.keys() <= {"type", "value", "id"} and "value" in value and "type" in value
        return {name: _without_random_keys(item) for name, item in value.items() if not (is_block and name == "id")}
    if isinstance(value, str):
        value = re.sub(r' data-block-key="\w*"', "", value)
        return "" if value == "<p></p>" else value
    return value
