"""What the pages look like on paper."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.domain.queries import public_notices
from pages.models import NoticePage, OpenAffairsPage, SectionPage
from printing import Printable, Sheet
from printing.domain.booklets import Part, booklet_sheet, why_not_at_once
from printing.domain.gongwen import gongwen_sheet
from printing.domain.posters import SIZES, poster_sheet
from suite.publishing.permissions import anyone_may_read
from suite.theme.dates import in_full
from suite.theme.office import current_office, public_address

_EMPTY = gettext_lazy("A notice is printed here as soon as one is published in this section.")


def notice_sheet(page: NoticePage) -> Sheet:
    """A notice in the shape of an official document (GB/T 9704).

    With a number it has the full head (…文件), without one the head of a letter. The files attached to it are
    listed by name where the standard wants them, not where they stand in the text.
    """
    office = current_office()
    issuer = page.issuing_body or office.issuer
    published = page.first_published_at
    phone = page.contact_phone or office.hall_phone
    return gongwen_sheet(
        kind="notice",
        title=page.title,
        body_html=_text(page),
        issuer=f"{issuer}文件" if page.document_number else issuer,
        number=page.document_number,
        recipients=page.recipients,
        signatory=issuer,
        day=timezone.localtime(published).date() if published else None,
        attachments=_files(page),
        note=_("Phone for questions: %(phone)s") % {"phone": phone} if phone else "",
        **_standing(page),
    )


def notice_poster(page: NoticePage, size: str) -> Sheet:
    """A notice to be read standing in front of a board."""
    office = current_office()
    issuer = page.issuing_body or office.issuer
    published = page.first_published_at
    return poster_sheet(
        kind="notice-poster",
        size=size,
        label=_("notice"),
        title=page.title,
        body_html=_text(page),
        issuer=issuer,
        number=page.document_number,
        recipients=page.recipients,
        signatory=issuer,
        day=timezone.localdate(published) if published else None,
        attachments=_files(page),
        unit=page.responsible_name,
        phone=page.contact_phone or office.hall_phone,
        supervision_phone=office.supervision_phone,
        **_standing(page),
    )


def section_booklet(section: SectionPage | OpenAffairsPage) -> Sheet:
    """Every notice of a section and of the sections in it, newest first."""
    notices = public_notices(section)
    days = [page.last_published_at for page in notices if page.last_published_at]
    return booklet_sheet(
        kind="section-booklet" if isinstance(section, SectionPage) else "column-booklet",
        title=_("Booklet: %(section)s") % {"section": section.title},
        parts=[Part(page.title, _text(page), _origin(page)) for page in notices],
        issuer=current_office().township_name,
        day=timezone.localdate(max(days)) if days else None,
        empty=str(_EMPTY),
        draft=not section.live,
        address=public_address(section),
    )


def _origin(page: NoticePage) -> str:
    """Where a notice comes from: number or issuer, date, and its last day."""
    published = page.first_published_at
    known = [
        page.document_number or page.issuing_body or page.responsible_name,
        in_full(published) if published else "",
        _("Valid until %(day)s") % {"day": in_full(page.valid_until)} if page.valid_until else "",
    ]
    return "　".join(filter(None, known))


def _no_booklet(section: SectionPage | OpenAffairsPage) -> str:
    return why_not_at_once(section.title, public_notices(section), str(_EMPTY))


def _text(page: NoticePage) -> str:
    """The running text without the files attached to it."""
    return "".join(str(block.render()) for block in page.body if block.block_type != "attachment")


def _files(page: NoticePage) -> list[str]:
    """The names of the files attached to it."""
    files = [block.value for block in page.body if block.block_type == "attachment"]
    return [file["title"] or file["document"].title for file in files if file["document"]]


def _standing(page: NoticePage) -> dict[str, Any]:
    """What every paper of a notice says of whether it still counts."""
    updated = page.last_published_at
    return {
        "changed": timezone.localdate(updated) if updated else None,
        "status": _("Valid until %(day)s") % {"day": in_full(page.valid_until)} if page.valid_until else "",
        "ended": _("It counted until %(day)s.") % {"day": in_full(page.valid_until)} if page.has_ended else "",
        "draft": not page.live,
        "address": public_address(page),
    }


def _find(key: str) -> NoticePage | None:
    return NoticePage.objects.filter(pk=key).first() if key.isascii() and key.isdigit() else None


def _keys() -> Iterator[str]:
    for key in NoticePage.objects.live().order_by("pk").values_list("pk", flat=True):
        yield str(key)


NOTICE = Printable(
    kind="notice",
    label=gettext_lazy("notice"),
    model=NoticePage,
    document=notice_sheet,
    find=_find,
    keys=_keys,
    user_can_print=anyone_may_read,
    docx=True,
)
NOTICE_POSTER = Printable(
    kind="notice-poster",
    label=gettext_lazy("poster"),
    model=NoticePage,
    document=notice_poster,
    find=_find,
    keys=_keys,
    user_can_print=anyone_may_read,
    sizes=SIZES,
)


def _booklet_of(model: type[SectionPage] | type[OpenAffairsPage], kind: str) -> Printable:
    return Printable(
        kind=kind,
        label=gettext_lazy("booklet of all notices"),
        model=model,
        document=section_booklet,
        find=lambda key: model.objects.filter(pk=key).first() if key.isascii() and key.isdigit() else None,
        keys=lambda: map(str, model.objects.live().order_by("pk").values_list("pk", flat=True)),
        user_can_print=anyone_may_read,
        refusal=_no_booklet,
    )


SECTION_BOOKLETS = [_booklet_of(SectionPage, "section-booklet"), _booklet_of(OpenAffairsPage, "column-booklet")]
