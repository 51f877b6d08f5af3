"""Where a draw stands, and where its seed comes from."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class DrawState(TextChoices):
    """SEEDED: the seed is known, and the result with it to everybody who computes it."""

    PREPARED = "prepared", pgettext_lazy("draw", "being prepared")
    FROZEN = "frozen", pgettext_lazy("draw", "list published")
    COMMITTED = "committed", pgettext_lazy("draw", "hashes recorded")
    SEEDED = "seeded", pgettext_lazy("draw", "seed known")
    DRAWN = "drawn", pgettext_lazy("draw", "drawn")
    VOID = "void", pgettext_lazy("draw", "void")


# While a draw is one of these, its subject gets no other.
OPEN = (DrawState.PREPARED, DrawState.FROZEN, DrawState.COMMITTED, DrawState.SEEDED)
# The list is published and the seed not known.
AWAITING = (DrawState.FROZEN, DrawState.COMMITTED)


class SeedMode(TextChoices):
    """The words are those of the frozen list, see docs/draw.md."""

    RESULT = "result", pgettext_lazy("draw", "a public result")
    STRINGS = "strings", pgettext_lazy("draw", "strings of several people")
