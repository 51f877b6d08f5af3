"""What session, minutes, measures and feedback give to the suite."""

from django.utils.translation import gettext_lazy as _

from suite import audit

audit.declare("hearings.add_problem", _("Put on the agenda"), _("Put on the agenda of %(hearing)s"))
audit.declare("hearings.presence", _("Record presence"), _("Present: %(representatives)s; officers: %(officers)s"))
audit.declare("hearings.write", _("Write down"), _("Wrote down: %(after)s"))
audit.declare("hearings.rewrite", _("Change what was written down"), _("Was: %(before)s; now: %(after)s"))
audit.declare("hearings.unwrite", _("Remove what was written down"), _("Removed: %(before)s"))
audit.declare("hearings.assent", _("Record assent"), _("%(name)s agrees"))
audit.declare("hearings.dissent", _("Record dissent"), _("%(name)s does not agree"))
audit.declare("hearings.declare", _("Declare a conclusion"), _("%(agreed)s of %(present)s present agreed"))
audit.declare("hearings.study", _("No conclusion"), _("The township studies it until %(until)s"))
audit.declare("hearings.take_up_again", _("Take up again"), _("It had come to: %(conclusion)s; %(agreed)s had agreed"))
audit.declare("hearings.draft_minutes", _("Draft minutes"), _("Drafted “%(page)s”"))
audit.declare("hearings.send_for_correction", _("Send for correction"), _("Corrections until %(until)s"))
audit.declare("hearings.correct", _("Ask for a correction"), _("%(name)s asked for a correction"))
audit.declare("hearings.settle", _("Settle a correction"), _("Now: %(after)s"))
audit.declare("hearings.issue", _("Issue a measure"), _("To “%(problem)s”: %(unit)s, due %(due)s"))
audit.declare("hearings.move_due", _("Move the day of a measure"), _("Due %(after)s instead of %(before)s"))
audit.declare("hearings.report_done", _("Report as done"), _("Carried out, with %(evidence)s pieces of evidence"))
audit.declare("hearings.explain", _("Explain why not"), _("Publicly explained why it is not done"))
audit.declare("hearings.escalate", _("Hand on an overdue measure"), _("Due %(due)s, overdue: %(level)s %(to)s"))
audit.declare("hearings.feedback", _("Record feedback"), _("%(kind)s: %(to)s"))
audit.declare("hearings.lapse", _("Let an invitation lapse"), _("Not answered until %(until)s"))
