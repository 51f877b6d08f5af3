"""What attendance gives to the suite: its log."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from suite import audit

_NUMBER = _("%(number)s")
audit.declare("training.open_attendance", _("Open the attendance"), _("Codes count until %(until)s"))
audit.declare("training.close_attendance", _("Close the attendance"), _("Codes count no more"))
audit.declare("training.attend", pgettext_lazy("log", "Record who was there"), _("%(how)s"))
audit.declare(
    "training.key_in_attendance", _("Key in a paper list"), _("List of %(day)s: %(new)s new, %(already)s known")
)
audit.declare("training.strike_attendance", _("Strike out"), _("Struck out: %(reason)s"))
audit.declare("training.count_heads", _("Count heads"), _("%(number)s heads, %(recorded)s recorded"))
audit.declare("training.issue_certificate", _("Issue a certificate"), _NUMBER)
audit.declare("training.void_certificate", pgettext_lazy("certificate", "Void"), _NUMBER)
