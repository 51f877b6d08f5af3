"""What numbering gives to the suite."""

from django.utils.translation import gettext_lazy as _

from suite import audit

audit.declare("numbering.issue", _("Issue number"), _("%(number)s issued for “%(title)s”"))
audit.declare("numbering.void", _("Void number"), _("%(number)s voided"))
audit.declare("numbering.keep_series", _("Keep series of numbers"), _("Series %(prefix)s kept"))
