"""What is known of the text in each file."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import CollectionViewRestriction

from search.attachments.outcomes import READABLE, Outcome


class FileTextQuerySet(models.QuerySet["FileText"]):
    def open_to_all(self) -> "FileTextQuerySet":
        """Texts of files as they are now that anyone may fetch."""
        restricted = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
        hidden = Q()
        for path in set(restricted):
            hidden |= Q(document__collection__path__startswith=path)
        found = self.filter(outcome__in=READABLE, stored_as=F("document__file"), file_hash=F("document__file_hash"))
        return found.exclude(hidden) if hidden else found


class FileText(models.Model):
    """The text of one document's file, or why there is none. Gone with the document."""

    document = models.OneToOneField(
        "wagtaildocs.Document", models.CASCADE, primary_key=True, related_name="+", verbose_name=_("file")
    )
    # Which file this is about: a document's file can be replaced.
    stored_as = models.CharField(max_length=255, editable=False)
    file_hash = models.CharField(max_length=40, editable=False, blank=True)
    # SHA-256 of the content, so that the same file under two names is read once.
    digest = models.CharField(max_length=64, editable=False, blank=True, db_index=True)
    outcome = models.CharField(_("state"), max_length=12, choices=Outcome.choices, default=Outcome.WAITING, blank=True)
    pages = models.PositiveIntegerField(default=0)
    pages_read = models.PositiveIntegerField(default=0)
    characters = models.PositiveIntegerField(default=0)
    # U+000C stands between pages.
    text = models.TextField(blank=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(editable=False)
    # Set while a process reads the file.
    begun_at = models.DateTimeField(null=True, editable=False)
    # Whether the index entries of the pages hold the text.
    shown = models.BooleanField(default=False, editable=False)

    objects = FileTextQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")
        # Written by background work alone.
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.document)

    def begin_anew(self, now: Any) -> None:
        """Forget what is known: the file is another one, or is to be read again."""
        self.outcome, self.text, self.digest = Outcome.WAITING, "", ""
        self.pages = self.pages_read = self.characters = self.tries = 0
        self.asked_at, self.begun_at = now, None
