"""A note or an article on paper: as it was handed in, for those who may read it; as it was published, for everybody."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from printing import Printable, Sheet
from printing.domain.gongwen import gongwen_sheet
from suite.publishing.permissions import anyone_may_read
from suite.theme.office import public_address
from training.enums import HANDED_IN_ONCE, WritingState
from training.models import StudyPage, Writing

from .people import may_read
from .texts import as_html


def writing_sheet(writing: Writing) -> Sheet:
    """Title, text, and who wrote it when. Accepted, it is no draft any more."""
    day = writing.handed_in_at
    return gongwen_sheet(
        kind="writing",
        title=writing.shown_title,
        body_html=as_html(writing.text),
        signatory=_signature(writing),
        day=timezone.localdate(day) if day else None,
        sealed=False,
        draft=writing.state != WritingState.ACCEPTED,
        status=str(writing.get_state_display()),
    )


def study_page_sheet(page: StudyPage) -> Sheet:
    """The same of a published one."""
    return gongwen_sheet(
        kind="study-page",
        title=page.title,
        body_html="".join(str(block.render()) for block in page.body if block.block_type != "attachment"),
        signatory=_signature(page),
        day=timezone.localdate(page.first_published_at) if page.first_published_at else None,
        sealed=False,
        changed=timezone.localdate(page.last_published_at) if page.last_published_at else None,
        draft=not page.live,
        address=public_address(page),
    )


def _signature(one: Writing | StudyPage) -> str:
    """Unit and name, as under a document."""
    author = one.person if isinstance(one, Writing) else one.author
    return "　".join(filter(None, (one.unit.name if one.unit else "", author.name if author else "")))


def _find_writing(key: str) -> Writing | None:
    found = Writing.objects.select_related("person__user", "unit")
    return found.filter(pk=key).first() if key.isascii() and key.isdigit() else None


def _find_page(key: str) -> StudyPage | None:
    return StudyPage.objects.filter(pk=key).first() if key.isascii() and key.isdigit() else None


def _writing_keys() -> Iterator[str]:
    return map(str, Writing.objects.filter(state__in=HANDED_IN_ONCE).order_by("pk").values_list("pk", flat=True))


def _page_keys() -> Iterator[str]:
    return map(str, StudyPage.objects.live().order_by("pk").values_list("pk", flat=True))


WRITING = Printable(
    kind="writing",
    label=_("study note or article"),
    model=Writing,
    document=writing_sheet,
    find=_find_writing,
    keys=_writing_keys,
    user_can_print=may_read,
    traced=False,
)
STUDY_PAGE = Printable(
    kind="study-page",
    label=_("note or article on paper"),
    model=StudyPage,
    document=study_page_sheet,
    find=_find_page,
    keys=_page_keys,
    user_can_print=anyone_may_read,
    docx=True,
)
