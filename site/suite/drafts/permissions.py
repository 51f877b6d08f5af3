"""Who may make pages of Word drafts, and of which types."""

from typing import Any

from django.db.models import Field
from wagtail.fields import StreamField
from wagtail.models import Page

from suite.body.blocks import BodyBlock
from suite.publishing.models import PublishedPage
from suite.publishing.permissions import user_can_edit


def body_field(model: type[Page]) -> str:
    """The name of a page type's field for running text; '' for a type that has none."""
    for field in model._meta.get_fields():
        if isinstance(field, StreamField) and isinstance(field.stream_block, BodyBlock):
            return str(field.name)
    return ""


def page_types(parent: Page) -> list[type[PublishedPage]]:
    """The types of which a draft can become a page under ``parent``.

    They have running text, and nothing that must be chosen before the page can be stored at all.
    """
    return [
        model
        for model in (parent.specific_class.creatable_subpage_models() if parent.specific_class else ())
        if issubclass(model, PublishedPage)
        and body_field(model)
        and model.can_create_at(parent)
        and not any(map(_must_be_chosen, model._meta.local_fields))
    ]


def user_can_import(user: Any, parent: Page) -> bool:
    """Whether ``user`` may make a draft page under ``parent`` from a file."""
    return parent.permissions_for_user(user).can_add_subpage() and bool(page_types(parent))


def user_can_replace(user: Any, page: Page) -> bool:
    """Whether ``user`` may put a file's text in place of the page's draft."""
    return isinstance(page, PublishedPage) and bool(body_field(type(page))) and user_can_edit(user, page)


def _must_be_chosen(field: Field[Any, Any]) -> bool:
    parent_link = getattr(field.remote_field, "parent_link", False)
    return field.is_relation and not (field.null or parent_link or field.has_default())
