"""What other rooms and plugins may listen to."""

from django.dispatch import Signal

# Sent in the transaction that moves it. Arguments: due_date (a DueDate), before and after (dates or None).
due_moved = Signal()
