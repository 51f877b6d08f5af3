"""What became of reading a file, and what an editor can do about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """The values are those that `reader` writes, and those of its caller."""

    WAITING = "", _("not read yet")
    READ = "read", _("can be searched")
    PARTLY = "partly", _("only the beginning is searched")
    PERSONAL = "personal", _("holds personal numbers")
    PASSWORD = "password", _("protected by a password")
    SCAN = "scan", _("pictures without text")
    GARBLED = "garbled", _("letters cannot be made out")
    BROKEN = "broken", _("damaged")
    WRONG_KIND = "wrong_kind", _("not the kind its name says")
    OLD_WORD = "old_word", _("a file of an old Word")
    SUSPICIOUS = "suspicious", _("holds what no document needs")
    TOO_BIG = "too_big", _("too big")
    UNPACKS = "unpacks", _("unpacks to too much")
    MEMORY = "memory", _("needs too much memory")
    TOO_SLOW = "too_slow", _("took too long")
    STOPPED = "stopped", _("reading broke off")
    MISSING = "missing", _("the file is gone")


READABLE = (Outcome.READ, Outcome.PARTLY, Outcome.PERSONAL)
# Trying again would come to the same.
SEARCHED_ALL_THE_SAME = (Outcome.PARTLY, Outcome.PERSONAL)

ADVICE = {
    Outcome.PARTLY: _(
        "The file is so long that only its beginning is searched. Divide it into several files if the rest matters."
    ),
    Outcome.PERSONAL: _(
        "ID, mobile or bank account numbers of people stand in the file, and whoever fetches it can read them. The"
        " search shows them masked. Black them out in the original, make the file anew and upload it."
    ),
    Outcome.PASSWORD: _("Take the password away, save the file and upload it anew."),
    Outcome.SCAN: _(
        "The pages are pictures, as a scanner makes them. Upload the file from which it was printed, or one from a"
        " scanner that recognises text (OCR)."
    ),
    Outcome.GARBLED: _(
        "The fonts in the file do not say which characters they draw. Make the PDF anew from Word or WPS, with fonts"
        " embedded, and upload that."
    ),
    Outcome.BROKEN: _("Open the file, save it anew (or print it to PDF) and upload that."),
    Outcome.WRONG_KIND: _(
        "The content is no PDF or no Word document although the name says so. Save it as PDF or DOCX from the program"
        " that made it; changing the name is not enough."
    ),
    Outcome.OLD_WORD: _("Open it in Word or WPS, save it as .docx and upload that."),
    Outcome.SUSPICIOUS: _(
        "The file holds definitions that no Word document has; it was not read. Ask where it comes from, or save its"
        " text as a new document."
    ),
    Outcome.TOO_BIG: _("The file is larger than can be read. Shrink its pictures or divide it, and upload it anew."),
    Outcome.UNPACKS: _(
        "Unpacked, the file is far larger than a document can be; it was not read. Ask where it comes from."
    ),
    Outcome.MEMORY: _("Save the file anew (or print it to PDF), or divide it, and upload that."),
    Outcome.TOO_SLOW: _("Save the file anew (or print it to PDF), or divide it, and upload that."),
    Outcome.STOPPED: _("Try again; if it breaks off again, save the file anew (or print it to PDF) and upload that."),
    Outcome.MISSING: _("The file is not in the store of files any more. Upload it anew."),
}
