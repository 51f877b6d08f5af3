"""A file becomes a draft page, or a draft's new text: all of it or nothing, pictures included."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import Page, PageLogEntry
from wagtail.permissions import policy_registry

from suite import audit
from suite.body.from_docx import Draft, Loss, OfficialParts, Picture, read_docx
from suite.body.from_text import Blocks
from suite.drafts.permissions import body_field, page_types, user_can_import, user_can_replace
from suite.publishing.models import PublishedPage

ACTION = "drafts.import"


@dataclass(frozen=True)
class Report:
    """What became of a file: its name, what went into fields (label, text), what was not kept (what, where)."""

    file_name: str
    taken: list[tuple[str, str]] = field(default_factory=list)
    losses: list[tuple[str, str]] = field(default_factory=list)


def import_draft(parent: Page, model: type[PublishedPage], content: bytes, file_name: str, user: Any) -> PublishedPage:
    """A draft page of type ``model`` under ``parent`` with the file's title, text and pictures.

    Raises PermissionDenied for who may not add such a page there, and ValidationError for a file that cannot be read.
    """
    if not user_can_import(user, parent) or model not in page_types(parent):
        raise PermissionDenied
    draft = read_docx(content, file_name)
    with _pictures_taken_back() as kept, transaction.atomic():
        losses = list(draft.losses)
        page = model(title=draft.title, owner=user)
        setattr(page, body_field(model), _stored(draft, user, kept, losses))
        taken = _take_over(page, draft.parts, losses)
        parent.add_child(instance=page)
        page.save_revision(
            user=user, log_action="wagtail.create", clean=False
        )  # a draft may lack what it needs to go live
        _record(page, user, file_name, taken, losses)
    return page


def replace_text(page: PublishedPage, content: bytes, file_name: str, user: Any) -> PublishedPage:
    """A new revision of ``page`` with the file's text; title and other fields stay.

    Raises PermissionDenied for who may not edit the page now, and ValidationError for a file that cannot be read.
    """
    if not user_can_replace(user, page):
        raise PermissionDenied
    draft = read_docx(content, file_name)
    with _pictures_taken_back() as kept, transaction.atomic():
        losses = list(draft.losses)
        newest: PublishedPage = page.get_latest_revision_as_object()
        setattr(newest, body_field(type(newest)), _stored(draft, user, kept, losses))
        if draft.title != newest.title:
            losses.append(Loss(_("The page keeps its title; the file's is: %(title)s") % {"title": draft.title}))
        _list_parts(draft.parts, set(), losses)
        newest.save_revision(user=user, log_action=True, clean=False)
        _record(newest, user, file_name, [], losses)
    return newest


def last_report(page: Page) -> Report | None:
    """What became of the file that this page's text came from last; None where it came from none."""
    entry = PageLogEntry.objects.filter(page_id=page.pk, action=ACTION).order_by("-timestamp", "-pk").first()
    if entry is None:
        return None
    data = entry.data
    return Report(
        data["file"],
        [(label, text) for label, text in data["taken"]],
        [(what, where) for what, where in data["losses"]],
    )


def _record(page: Page, user: Any, file_name: str, taken: list[tuple[str, str]], losses: list[Loss]) -> None:
    audit.record(page, ACTION, user, file=file_name, taken=taken, losses=[(one.what, one.where) for one in losses])


@contextmanager
def _pictures_taken_back() -> Iterator[list[Any]]:
    """The files of pictures saved meanwhile are deleted when something goes wrong: a transaction knows only rows."""
    kept: list[Any] = []
    try:
        yield kept
    except BaseException:
        for image in kept:
            image.file.storage.delete(image.file.name)
        raise


def _stored(draft: Draft, user: Any, kept: list[Any], losses: list[Loss]) -> Any:
    """The blocks with the pictures saved and their keys replaced. Without the right to add pictures, without them."""
    policy = policy_registry.get_by_type(get_image_model())
    collection = policy.collections_user_has_permission_for(user, "add").first()
    if draft.pictures and collection is None:
        losses.append(Loss(_("You may not add pictures: they were left out. Ask an editor to put them in.")))
    saved: dict[str, int] = {}
    blocks: Blocks = []
    for block in draft.blocks:
        value: Any = block["value"]
        if block["type"] != "figure":
            blocks.append(block)
        elif collection is not None:
            key = value["image"]
            if key not in saved:
                saved[key] = _saved(draft.pictures[key], value["alt"], collection, user, kept)
            blocks.append({"type": "figure", "value": {**value, "image": saved[key]}})
    return blocks


def _saved(picture: Picture, alt: str, collection: Any, user: Any, kept: list[Any]) -> int:
    image = get_image_model()(title=picture.title, description=alt[:255], collection=collection, uploaded_by_user=user)
    image.file.save(picture.file_name, ContentFile(picture.content), save=False)
    kept.append(image)
    image.width, image.height = image.file.width, image.file.height
    image._set_image_file_metadata()
    image.save()
    return int(image.pk)


def _take_over(page: PublishedPage, parts: OfficialParts, losses: list[Loss]) -> list[tuple[str, str]]:
    """Let the page type take what it has fields for; the rest is named."""
    taken: set[str] = page.take_over(parts) if hasattr(page, "take_over") else set()
    return _list_parts(parts, taken, losses)


def _list_parts(parts: OfficialParts, taken: set[str], losses: list[Loss]) -> list[tuple[str, str]]:
    """What was taken, as (label, text); what was not is added to the losses, with what to do."""
    found = {name: value for name, value in _texts(parts).items() if value}
    labels = _labels()
    for name, text in found.items():
        if name not in taken:
            losses.append(Loss(labels[name][1] % {"text": text}))
    return [(labels[name][0], text) for name, text in found.items() if name in taken]


def _texts(parts: OfficialParts) -> dict[str, str]:
    names = ("issuer", "number", "recipients", "signatory", "date", "note", "copies", "printed_by")
    texts: dict[str, str] = {name: getattr(parts, name) for name in names}
    return texts | {"attachments": "；".join(parts.attachments)}


def _labels() -> dict[str, tuple[str, str]]:
    """Each part's name, and what is said where the page has no field for it."""
    return {
        "issuer": (_("name at the head"), _("The head was not kept, paper gets it by itself: %(text)s")),
        "number": (
            _("number in the file"),
            _("The document number was not kept, because numbers come from the register: %(text)s"),
        ),
        "recipients": (_("addressed to"), _("Whom it is addressed to was not kept: %(text)s")),
        "signatory": (_("signature"), _("The signature was not kept: %(text)s")),
        "date": (_("date in the file"), _("The date was not kept, the day of publication counts: %(text)s")),
        "note": (_("note below the date"), _("The note below the date was not kept: %(text)s")),
        "copies": (_("copies to"), _("Whom copies go to was not kept: %(text)s")),
        "printed_by": (_("printing office"), _("The printing office was not kept: %(text)s")),
        "attachments": (_("attachments"), _("Attach these files to the page: %(text)s")),
    }
