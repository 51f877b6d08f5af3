"""Who decides about questions that found nothing."""

DECIDE = "search.change_miss"
KEEP = ["search.view_miss", DECIDE, "search.delete_miss"]
TEACH = [DECIDE, "search.add_synonym", "search.change_synonym"]
