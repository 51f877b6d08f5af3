"""Signals that plugins hear. Sent in the transaction of what happened; a receiver that raises undoes it."""

from django.dispatch import Signal

# The list of a prepared draw is about to be published: a plugin brings its candidates up to date (`amend`), or refuses.
# Arguments: draw, user, at (when it is published, aware).
draw_freezing = Signal()
# A draw has its result. Arguments: draw (a suite.draw.models.Draw); look at its subject_kind first.
draw_held = Signal()
# A draw came to nothing; its reason is on it. Arguments: draw.
draw_voided = Signal()
