"""Which files a page links, which pages link a file, and the texts that go into a page's index entry."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.models import Page, ReferenceIndex

from search.attachments.models import FileText

# Characters of files in one page's entry: a page that lists a hundred reports is not found by all that they say, and
# nobody's memory is filled by it.
MOST_FOR_A_PAGE = 1_000_000


def linked(page: Page) -> list[int]:
    """The keys of the documents in a page's published content, in the order in which they stand there.

    Wagtail's own walk over fields, blocks, rich text and child rows of the page as it is given; what it has recorded
    may be a task behind. A page that is not live shows nothing.
    """
    if not page.live:
        return []
    kind = ContentType.objects.get_for_model(get_document_model()).pk
    found = ReferenceIndex._extract_references_from_object(page)
    return list(dict.fromkeys(int(key) for type_of, key, *_ in found if type_of == kind))


def texts_of(obj: Model) -> Iterator[str]:
    """The texts of files that a page's index entry holds; of other objects none."""
    documents = linked(obj) if isinstance(obj, Page) else []
    if not documents:
        return
    rows = FileText.objects.filter(document__in=documents).open_to_all()
    sizes = dict(rows.values_list("pk", "characters"))
    left = MOST_FOR_A_PAGE
    for key in filter(sizes.__contains__, documents):
        if sizes[key] <= left:
            left -= sizes[key]
            yield from rows.filter(pk=key).values_list("text", flat=True)


def _recorded(**which: Any) -> Iterator[tuple[int, int]]:
    """Pages and the documents they link, each pair once, in the order in which Wagtail recorded them."""
    types = ContentType.objects.get_for_models(Page, get_document_model())
    rows = ReferenceIndex.objects.filter(
        base_content_type=types[Page], to_content_type=types[get_document_model()], **which
    )
    pairs = rows.order_by("pk").values_list("object_id", "to_object_id")
    return ((int(page), int(document)) for page, document in dict.fromkeys(pairs))


def pages_linking(documents: Iterable[Any]) -> list[int]:
    """The keys of the pages whose content links one of the documents, as Wagtail has recorded it."""
    return sorted({page for page, _ in _recorded(to_object_id__in=list(map(str, documents)))})


def pages_by_document(documents: Iterable[Any]) -> dict[int, list[int]]:
    """The keys of the pages that link each of some documents, as Wagtail has recorded it."""
    found: dict[int, list[int]] = {}
    for page, document in _recorded(to_object_id__in=list(map(str, documents))):
        found.setdefault(document, []).append(page)
    return found


def documents_of(pages: Iterable[Any]) -> dict[int, list[int]]:
    """The keys of the documents that each of some pages links, as Wagtail has recorded it."""
    found: dict[int, list[int]] = {}
    for page, document in _recorded(object_id__in=list(map(str, pages))):
        found.setdefault(page, []).append(document)
    return found
