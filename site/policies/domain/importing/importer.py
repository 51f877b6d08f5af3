"""Brings the rows of a collection into the reading room, in batches that can be broken off and taken up again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Site

from policies.domain.queries import checked_content
from policies.models import ConfidentialityCheck, PolicyIndexPage, PolicyPage
from policies.permissions import CHECK_CONFIDENTIALITY
from search.batch import PORTION, batched, let_others_write
from suite.publishing.domain.batch import BatchResult, publish_batch
from suite.publishing.models import PublishedPage

from .rows import RefusedRow, Row, file_hash, read_rows

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass
class ImportReport:
    """What became of the rows of one run."""

    published: int = 0
    drafts: int = 0
    there_already: int = 0
    refused: list[RefusedRow] = field(default_factory=list)


@dataclass(frozen=True)
class Deciders:
    """Two people's one decision about all rows of a file; it covers the confidentiality check too."""

    checked_by: "User"
    approved_by: "User"
    name: str
    file_hash: str

    def publish(self, pages: list[PublishedPage]) -> BatchResult:
        return publish_batch(pages, self.checked_by, self.approved_by, self.name, self.file_hash)


def import_policies(
    source: Path,
    *,
    checked_by: "User | None" = None,
    approved_by: "User | None" = None,
    progress: Callable[[int], object] = lambda rows: None,
) -> ImportReport:
    """Imports a collection; a row that is there already (same key) is left alone, so that a second run goes on.

    Arguments: ``source``, see `rows.read_rows`; ``checked_by`` and ``approved_by``, the two people of one named batch
    decision that covers the confidentiality check too: with both, rows are published, without, they become drafts
    (or stay the drafts they are); ``progress``, called with the number of rows dealt with.
    Raises ValidationError where the source or the two names will not do; nothing of the present batch is kept then.
    Rule: requirement G, publishing needs a confidentiality check (who, when).
    """
    deciders = _deciders(source, checked_by, approved_by)
    report = ImportReport()
    rows = read_rows(source)
    room: PolicyIndexPage | None = None
    with batched():
        while chunk := list(islice(rows, PORTION)):
            with transaction.atomic():
                room = room or _reading_room(deciders)
                _import_chunk(chunk, room, deciders, report)
            progress(len(chunk))
            let_others_write()
    return report


def _deciders(source: Path, checked_by: "User | None", approved_by: "User | None") -> Deciders | None:
    if not checked_by and not approved_by:
        return None
    if not checked_by or not approved_by:
        raise ValidationError(_("A batch decision takes two names: give --checked-by and --approved-by, or neither."))
    if not checked_by.has_perm(CHECK_CONFIDENTIALITY):
        raise ValidationError(
            _("%(user)s may not check documents for secrets. Name a checker.") % {"user": checked_by.get_username()}
        )
    return Deciders(checked_by, approved_by, _("Import of %(name)s") % {"name": source.name}, file_hash(source))


def _reading_room(deciders: Deciders | None) -> PolicyIndexPage:
    """The first reading room; where there is none yet, one is made, and goes live with a decision."""
    room = PolicyIndexPage.objects.order_by("path").first()
    if room is None:
        room = PolicyIndexPage(title=_("Policy documents"), slug="policies", show_in_menus=True)
        Site.objects.get(is_default_site=True).root_page.add_child(instance=room)
        room.save_revision()
    if deciders and not room.live:
        deciders.publish([room])
    return room


def _import_chunk(
    chunk: Iterable[Row | RefusedRow], room: PolicyIndexPage, deciders: Deciders | None, report: ImportReport
) -> None:
    rows = [row for row in chunk if isinstance(row, Row)]
    report.refused += [row for row in chunk if isinstance(row, RefusedRow)]
    keys = [row.key for row in rows]
    there = {page.source_key: page for page in PolicyPage.objects.filter(source_key__in=keys)}
    to_publish: list[tuple[Row, PolicyPage]] = []
    for row in rows:
        page = there.get(row.key)
        if page and (page.live or not deciders):
            report.there_already += 1
            continue
        if page is None:
            page = there[row.key] = _draft(row, room)
        to_publish.append((row, page))
    if deciders:
        _publish(to_publish, deciders, report)
    else:
        report.drafts += len(to_publish)


def _draft(row: Row, room: PolicyIndexPage) -> PolicyPage:
    page = PolicyPage(title=row.title, source_key=row.key, body=row.blocks, **row.fields)
    room.add_child(instance=page)
    page.save_revision()
    return page


def _publish(rows: list[tuple[Row, PolicyPage]], deciders: Deciders, report: ImportReport) -> None:
    """What the gate refuses stays a draft and is listed with the reason."""
    pages = [page for row, page in rows]
    checks = ConfidentialityCheck.objects.bulk_create(
        ConfidentialityCheck(
            policy=page,
            digest=checked_content(page.get_latest_revision_as_object()),
            checked_by=deciders.checked_by,
            basis=deciders.name,
        )
        for page in pages
    )
    result = deciders.publish(pages)
    refused = {page.pk: reason for page, reason in result.refused}
    ConfidentialityCheck.objects.filter(pk__in=[check.pk for check in checks]).exclude(policy__in=refused).update(
        batch=result.decision
    )
    ConfidentialityCheck.objects.filter(pk__in=[check.pk for check in checks], policy__in=refused).delete()
    report.published += len(result.published)
    report.refused += [RefusedRow(row.place, row.title, refused[page.pk]) for row, page in rows if page.pk in refused]
