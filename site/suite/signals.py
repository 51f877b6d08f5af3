"""Signals that plugins hear. Sent in the transaction of what happened; a receiver that raises undoes it."""

from django.dispatch import Signal

# A draw has its result. Arguments: draw (a suite.draw.models.Draw); look at its subject_kind first.
draw_held = Signal()
# A draw came to nothing; its reason is on it. Arguments: draw.
draw_voided = Signal()
