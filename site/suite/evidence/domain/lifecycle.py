"""Adding and removing evidence. Whether somebody may is asked by the plugin that has the record, before it calls."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from suite import audit
from suite.evidence import Link, Reference
from suite.evidence.models import LONGEST_REASON, REMOVAL, Evidence
from suite.evidence.storage import evidence_storage
from suite.evidence.validators import MOST_FILES, cleaned_name, fingerprint

from .disk import delete_when_committed, keep_if_committed
from .doors import doors
from .links import cleaned_link

MOST_LINKS = 20


def attach(reference: Reference, files: Iterable[File[bytes]], links: Iterable[Link], user: Any) -> list[Evidence]:
    """Add files and links to the record ``reference`` (kind, key): all of them or none. Returns the new rows.

    Files are looked at before the transaction begins, unless `FilesField` has done so; if the transaction is rolled
    back, also an outer one, nothing of them stays on the disk. Raises ValidationError by ``evidence_files`` and
    ``evidence_links``, one message for each that is refused; ImproperlyConfigured for a kind that no plugin gives
    readers.
    """
    kind, key = reference[0], str(reference[1])
    if kind not in doors():
        raise ImproperlyConfigured(f"No plugin says who may read the evidence of {kind!r}: register evidence_readers.")
    problems: dict[str, list[ValidationError]] = {"evidence_files": [], "evidence_links": []}
    fit: list[tuple[File[bytes], str]] = []
    kept: list[Link] = []
    for file in files:
        try:
            fit.append((file, fingerprint(file)))
        except ValidationError as refusal:
            problems["evidence_files"].append(refusal)
    for link in links:
        try:
            kept.append(cleaned_link(link))
        except ValidationError as refusal:
            problems["evidence_links"].append(refusal)
    if wrong := {field: texts for field, texts in problems.items() if texts}:
        raise ValidationError(wrong)
    with transaction.atomic():
        _require_room(kind, key, len(fit), len(kept))
        account = user if user is not None and user.is_authenticated else None
        rows = [_stored(Evidence(kind=kind, key=key, added_by=account), file, digest) for file, digest in fit]
        rows += [Evidence(kind=kind, key=key, added_by=account, link=one.url, title=one.title) for one in kept]
        for row in rows:
            row.save()
            audit.record(row, "evidence.attach", user, what=str(row), record=f"{kind} {key}", sha256=row.sha256)
    return rows


@transaction.atomic
def remove(evidence: Evidence, user: Any, reason: str) -> Evidence:
    """Take a file or a link away; its row stays, with who, when and why. Raises ValidationError.

    The file goes when the transaction is committed.
    """
    row = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if row.removed_at:
        raise ValidationError(_("“%(what)s” has been removed already: open the list anew.") % {"what": row})
    if not (reason := reason.strip()):
        raise ValidationError({"reason": _("Say why it is removed: the reason stays in the list.")})
    if len(reason) > LONGEST_REASON:
        raise ValidationError(
            {"reason": _("The reason is longer than %(most)s characters: shorten it.") % {"most": LONGEST_REASON}}
        )
    if row.file:
        delete_when_committed(str(row.file.name))
    row.file = ""
    row.removed_by = user if user is not None and user.is_authenticated else None
    row.removed_at, row.removed_reason = timezone.now(), reason
    row.save(update_fields=REMOVAL)
    audit.record(row, "evidence.remove", user, what=str(row), record=f"{row.kind} {row.key}", reason=reason)
    return row


def _require_room(kind: str, key: str, files: int, links: int) -> None:
    there = Evidence.objects.present().filter(kind=kind, key=key)
    if files and there.exclude(name="").count() + files > MOST_FILES:
        raise ValidationError(
            {
                "evidence_files": _("At most %(most)s files belong to one record: put several pictures into one PDF.")
                % {"most": MOST_FILES}
            }
        )
    if links and there.exclude(link="").count() + links > MOST_LINKS:
        raise ValidationError(
            {
                "evidence_links": _(
                    "At most %(most)s links belong to one record: give the one that leads to the others."
                )
                % {"most": MOST_LINKS}
            }
        )


def _stored(row: Evidence, file: File[bytes], digest: str) -> Evidence:
    """The row, unsaved, with its file on the disk under a name that tells nothing."""
    row.name, row.size, row.sha256 = cleaned_name(str(file.name)), file.size, digest
    name = f"{timezone.localtime(row.added_at):%Y/%m}/{uuid.uuid4().hex}"
    keep_if_committed(name)
    row.file = evidence_storage().save(name, file)
    return row
