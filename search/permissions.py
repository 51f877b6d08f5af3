"""Who keeps the words of the search."""

KEEP_WORDS = [f"search.{verb}_synonym" for verb in ("add", "change", "delete", "view")]
