"""Versions of a material: one for each publication after which there is something else to read (requirement Q)."""

import hashlib
import json
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from suite.publishing.digest import content_of
from training.models import MaterialFile, MaterialPage, MaterialVersion, VersionPart

# What of a material's content is not read: where it stands, when, whom it is for, and the answers about the change.
NOT_READ = frozenset(
    {
        *("slug", "seo_title", "search_description", "show_in_menus", "go_live_at", "expire_at"),
        *("audience", "roles", "units", "matters", "what_changed", "answered_for"),
    }
)


def current(material: MaterialPage) -> MaterialVersion | None:
    """The version that readers see; None where the material was never live."""
    return MaterialVersion.objects.filter(material_id=material.pk).order_by("-number").first()


def sheet_count(version: MaterialVersion) -> int:
    """How many sheets there are to read: pages of the file, then pictures. 0: a material of text alone."""
    return version.sheets


def reading_digest(material: MaterialPage) -> str:
    """SHA-256 of what of `material` is read, in hexadecimal."""
    content = json.dumps(content_of(material, without=NOT_READ), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def differs(material: MaterialPage) -> bool:
    """Whether there is something else to read in `material` (a draft) than in the version before it."""
    last = current(material)
    return last is not None and last.digest != reading_digest(material)


def answered(material: MaterialPage) -> bool:
    """Whether the editor has said, of this draft and not of an earlier one, what changed and whether it matters."""
    last = current(material)
    of_this = material.answered_for == (last.number if last else 0)
    return of_this and material.matters is not None and bool(material.what_changed.strip())


def answer(material: MaterialPage, matters: bool, what_changed: str) -> None:
    """Put the editor's answers about the next version into a draft; the caller saves its revision."""
    last = current(material)
    material.matters, material.what_changed = matters, what_changed
    material.answered_for = last.number if last else 0


def parts_of(material: MaterialPage) -> Iterator[tuple[MaterialFile, str]]:
    """The files of `material` (a draft or live) in the order in which they are read, with their captions."""
    if material.file is not None:
        yield material.file, ""
    for picture in material.pictures.all():
        yield picture.file, picture.caption


def words(material: MaterialPage) -> Iterator[tuple[str, str]]:
    """What stands in the files of `material`, as (name of the file and page, words)."""
    for file, caption in parts_of(material):
        for sheet in file.sheets.exclude(text=""):
            yield _("%(name)s, page %(number)s") % {"name": file, "number": sheet.number}, sheet.text
        yield str(file), caption


def open_to_all(material: MaterialPage) -> Iterator[str]:
    """The names of pictures and files in the text of `material` that are not private, whoever may read the page."""
    documents, images = get_document_model(), get_image_model()
    kinds = ContentType.objects.get_for_models(documents, images)
    for kind, key, *_place in ReferenceIndex._extract_references_from_object(material):
        if kind == kinds[images].pk:
            yield from images.objects.filter(pk=key).values_list("title", flat=True)
        elif kind == kinds[documents].pk:
            for document in documents.objects.filter(pk=key):
                if not document.collection.get_view_restrictions():
                    yield document.title


@transaction.atomic
def record_version(material: MaterialPage) -> MaterialVersion:
    """The version that the live material is: a new one where there is something else to read, else the last.

    The first always matters.
    """
    MaterialPage.objects.select_for_update().get(pk=material.pk)
    last, digest = current(material), reading_digest(material)
    if last is not None and last.digest == digest:
        return last
    parts = list(parts_of(material))
    version = MaterialVersion.objects.create(
        material=material,
        number=last.number + 1 if last else 1,
        digest=digest,
        matters=last is None or material.matters is not False,
        what_changed=material.what_changed if last else "",
        published_at=timezone.now(),
        sheets=sum(file.total for file, caption in parts),
        has_text=bool(material.body),
        video=material.video,
    )
    for place, (file, caption) in enumerate(parts):
        VersionPart.objects.create(version=version, file=file, order=place, caption=caption)
    return version
