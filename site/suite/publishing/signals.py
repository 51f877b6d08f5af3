"""What other apps may listen to."""

from django.dispatch import Signal

# sender ScheduleRefusal, instance: a scheduled page was refused on its day.
schedule_refused = Signal()
