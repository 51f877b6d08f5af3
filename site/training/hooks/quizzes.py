"""What quizzes give to the suite."""

from django.utils.translation import gettext_lazy as _

from suite import audit

audit.declare("training.open_quiz", _("Open a quiz"), _("%(before)s → %(after)s"))
audit.declare("training.close_quiz", _("Close a quiz"), _("%(before)s → %(after)s"))
audit.declare("training.reopen_quiz", _("Open a quiz again"), _("%(before)s → %(after)s"))
audit.declare("training.issue_quiz", _("Ask new questions"), _("Version %(version)s with %(count)s questions"))
audit.declare("training.mark_quiz", _("Mark a quiz"), _("Question %(question)s: %(mark)s"))
