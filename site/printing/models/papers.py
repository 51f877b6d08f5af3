"""The versions of what hangs and is handed out on paper."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from printing.codes import LENGTH


class PaperVersion(models.Model):
    """What a paper said from one day on. Written when it is printed or published, never changed afterwards.

    ``kind`` and ``key``: the printable and its object; ``number``: 1, 2, 3 … of that paper, or the version of the
    object where it has versions of its own; ``reprint``: 1, 2 … where such a version came to say something else on
    paper (the office's phone changed). ``digest``: of what it
    says (`printing.domain.wording`). ``title`` and ``text``, its paragraphs, are kept of papers that everybody may
    read (``public``); of others, which may be about persons, nothing but the digest is.
    """

    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(max_length=200)
    number = models.PositiveIntegerField(_("number of the version"))
    reprint = models.PositiveSmallIntegerField(_("changed without a new version"), default=0)
    since = models.DateField(_("day of the version"))
    code = models.CharField(_("code on the paper"), max_length=LENGTH, unique=True)
    digest = models.CharField(max_length=64)
    public = models.BooleanField(_("public"))
    title = models.CharField(_("title"), max_length=500, blank=True)
    text = models.JSONField(_("text"), default=list)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        verbose_name = _("paper version")
        verbose_name_plural = _("paper versions")
        constraints = [models.UniqueConstraint(fields=["kind", "key", "number", "reprint"], name="paper_version_once")]
        ordering = ["-recorded_at", "-pk"]
        # Nobody adds, changes or deletes one by hand.
        default_permissions = ("view",)

    def __str__(self) -> str:
        return _("%(title)s, version %(number)s") % {"title": self.title or self.code, "number": self.edition}

    @property
    def edition(self) -> str:
        """The number as it is printed: 2, or 2.1 where version 2 came to say something else."""
        return f"{self.number}.{self.reprint}" if self.reprint else str(self.number)
